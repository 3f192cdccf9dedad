/** One column instead of two: equal lines once, and in each run the removed lines before the added ones. */
const oneColumn = (scope: string): string => `
${scope} .run { display: flex; flex-direction: column; }
${scope} .run .row { display: contents; }
${scope} .row { display: block; }
${scope} .half.before { order: 1; }
${scope} .half.after { order: 2; border-left: 0; }
${scope} .row.same .before, ${scope} .half.none { display: none; }`;

/** The style sheet of the page; its hash stands in the page's policy. */
export const pageStyle = `
:root {
  --paper: #fbfaf7; --card: #ffffff; --ink: #23211e; --quiet: #78736b; --line: #e6e2da; --fold: #f6f4ee;
  --removed: #fdeeec; --removed-mark: #f6c6c0; --removed-ink: #a8332a;
  --added: #eaf6ec; --added-mark: #b5e0bd; --added-ink: #1f7a3a;
  --major: #b3261e; --minor: #8a5a00; --patch: #1f6f43; --accent: #2f5bb7;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", monospace;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --card: #1d1e22; --ink: #e4e2dd; --quiet: #94918a; --line: #313239; --fold: #232429;
    --removed: #34201f; --removed-mark: #74312c; --removed-ink: #f0958c;
    --added: #19291f; --added-mark: #28613a; --added-ink: #86cf98;
    --major: #f28b82; --minor: #e8b45a; --patch: #7fc99a; --accent: #8fb1f5;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 100rem; padding: 2.5rem 2rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); }
h1, h2, p, ul, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.6rem; line-height: 1.2; letter-spacing: -0.015em; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.page { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; justify-content: space-between; margin-bottom: 1.75rem; }
.lead { margin-top: 0.35rem; color: var(--quiet); }
.layout { display: flex; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); padding: 0.2rem; font-size: 0.85rem; }
.layout legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.layout label { padding: 0.25rem 0.7rem; border-radius: 0.35rem; color: var(--quiet); cursor: pointer; }
.layout input { position: absolute; opacity: 0; }
.layout label:has(:checked) { background: var(--fold); color: var(--ink); box-shadow: 0 0 0 1px var(--line); }
.layout label:has(:focus-visible) { outline: 2px solid var(--accent); }

nav ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 0.3rem 2rem; margin-bottom: 2rem; font-size: 0.92rem; }
nav li { display: flex; gap: 0.6rem; align-items: baseline; overflow-wrap: anywhere; }
nav .count { margin-left: auto; }

.prompt { margin-bottom: 2rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); scroll-margin-top: 1rem; }
.prompt > summary { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.2rem 0.8rem; align-items: baseline; padding: 0.8rem 1.1rem; border-radius: 0.75rem; background: var(--card); cursor: pointer; list-style: none; }
.prompt > summary::-webkit-details-marker { display: none; }
.prompt > summary::before { content: "›"; width: 0.6rem; color: var(--quiet); font-weight: 600; }
.prompt[open] > summary::before { rotate: 90deg; translate: 0.1rem 0.1rem; }
.prompt[open] > summary { border-radius: 0.75rem 0.75rem 0 0; border-bottom: 1px solid var(--line); }
h2 { font-size: 1.08rem; letter-spacing: -0.005em; overflow-wrap: anywhere; }
.sides { color: var(--quiet); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.count { font-size: 0.85rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary .count { margin-left: auto; }
.plus { color: var(--added-ink); }
.minus { color: var(--removed-ink); }
.badge { display: inline-block; padding: 0 0.5rem; border: 1px solid; border-radius: 1rem; font-size: 0.74rem; font-weight: 600; line-height: 1.35rem; letter-spacing: 0.02em; }
.major { color: var(--major); }
.minor { color: var(--minor); }
.patch { color: var(--patch); }

.changes { padding: 0.9rem 1.1rem; border-bottom: 1px solid var(--line); font-size: 0.95rem; }
.changes li { display: grid; grid-template-columns: 3.9rem 1fr; gap: 0.6rem; align-items: baseline; padding: 0.15rem 0; overflow-wrap: anywhere; }
.changes .badge { justify-self: start; }
.changes small { margin-left: 0.4rem; color: var(--quiet); font-size: 0.8rem; }
code { padding: 0.08em 0.3em; border-radius: 0.25rem; background: var(--fold); font: 0.9em var(--mono); }

.diff { font: 0.82rem/1.7 var(--mono); overflow: hidden; border-radius: 0 0 0.75rem 0.75rem; }
.row { display: grid; grid-template-columns: 1fr 1fr; }
.half { display: grid; grid-template-columns: 4.2rem 1fr; min-width: 0; }
.half.after { border-left: 1px solid var(--line); }
.number { padding-right: 0.7rem; color: var(--quiet); text-align: right; white-space: pre; user-select: none; opacity: 0.85; }
.number::before { content: attr(data-number); }
.number::after { content: "  "; }
.removed > .number::after { content: " −"; }
.added > .number::after { content: " +"; }
.text { min-width: 0; min-height: 1.7em; padding-right: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; unicode-bidi: plaintext; }
.removed { background: var(--removed); }
.added { background: var(--added); }
.removed > .number { color: var(--removed-ink); }
.added > .number { color: var(--added-ink); }
.none { background: repeating-linear-gradient(-45deg, transparent 0 5px, var(--fold) 5px 10px); }
del, ins { border-radius: 0.2rem; padding: 0.1em 0; text-decoration: none; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
del { background: var(--removed-mark); }
ins { background: var(--added-mark); }
.hidden { margin: 0 0.1em; padding: 0 0.25em; border-radius: 0.2rem; outline: 1px solid var(--minor); color: var(--minor); font-size: 0.9em; }
.end { margin-left: 0.6rem; color: var(--quiet); font-style: italic; user-select: none; }
.gap, .fold > summary { padding: 0.15rem 1.1rem; background: var(--fold); color: var(--quiet); font: 0.8rem/1.8 var(--sans); text-align: center; }
.fold > summary { cursor: pointer; list-style: none; }
.fold > summary::-webkit-details-marker { display: none; }
.fold > summary::before { content: "↕ "; }
.fold > summary:hover { color: var(--ink); }
${oneColumn("body:has(#one-column:checked)")}
@media (max-width: 52rem) {
  ${oneColumn("body")}
  body { padding: 1.25rem 0.75rem 3rem; }
  h1 { font-size: 1.35rem; }
  .layout { display: none; }
  .half { grid-template-columns: 3.2rem 1fr; }
  .number { padding-right: 0.45rem; }
  .text { padding-right: 0.6rem; }
  .prompt > summary, .changes { padding-left: 0.8rem; padding-right: 0.8rem; }
  .changes small { display: block; margin-left: 0; }
  nav ul { grid-template-columns: 1fr; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #555; --line: #ccc; --fold: #f4f4f4; --removed: #fdeeec; --removed-mark: #f6c6c0; --removed-ink: #a8332a; --added: #eaf6ec; --added-mark: #b5e0bd; --added-ink: #1f7a3a; --major: #b3261e; --minor: #8a5a00; --patch: #1f6f43; }
  html { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .layout, nav { display: none; }
  .prompt { border: 0; border-radius: 0; }
  .prompt > summary { position: static; padding: 0 0 0.4rem; break-after: avoid; }
  .prompt > summary::before { content: none; }
  .changes { padding: 0.6rem 0; break-inside: avoid; }
  .diff { font-size: 8pt; }
  .row { break-inside: avoid; }
  .diff, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  del { text-decoration: line-through; }
  ins { text-decoration: underline; }
}
@media (forced-colors: active) {
  del { text-decoration: line-through; }
  ins { text-decoration: underline; }
}
`;
