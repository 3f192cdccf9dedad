import { createHash } from "node:crypto";
import type { Bump } from "../core/bump.js";
import { rowsOf } from "./html-rows.js";
import { pageStyle } from "./html-style.js";
import { escapeHtml, sentence, shown } from "./html-text.js";
import {
  countLines,
  describeSides,
  isDifferent,
  type LineCount,
  type VersionDiff,
  worstFirst,
} from "./model.js";
import { noDifferences, type Printer } from "./print.js";
import { sumOf } from "./stat.js";
import { visible } from "./visible.js";

/**
 * Writes one page that needs nothing else: two columns, words marked, long equal parts folded.
 *
 * Nothing on the page can run or load: it has no script, and its policy allows only its own style sheet. Diffs made
 * with `context: Infinity` can be unfolded completely.
 */
export const html: Printer = (diffs) => {
  const different = diffs.filter(isDifferent);
  const [only] = different;
  const title = different.length === 1 && only ? `${only.name} ${describeSides(only)}` : "Prompt changes";
  const body = different.length === 0 ? `<p class="lead">${noDifferences}</p>` : bodyOf(different);
  return pageOf(visible(title), body);
};

function pageOf(title: string, body: string): string {
  const style = createHash("sha256").update(pageStyle).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="PromptSync">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
${body}
</body>
</html>`;
}

function bodyOf(diffs: readonly VersionDiff[]): string {
  const overview = diffs.length === 1 ? "" : `\n${navigationOf(diffs)}`;
  return `<header class="page">
<div><h1>Prompt changes</h1>
<p class="lead">${sumOf(diffs.map(countLines))}</p></div>
<fieldset class="layout"><legend>Layout</legend><label><input type="radio" name="layout" checked>Side by side</label><label><input type="radio" name="layout" id="one-column">One column</label></fieldset>
</header>${overview}
<main>
${diffs.map(sectionOf).join("\n")}
</main>`;
}

function navigationOf(diffs: readonly VersionDiff[]): string {
  const items = diffs.map(
    (diff, index) =>
      `<li><a href="#prompt-${index + 1}">${shown(diff.name)}</a> <span class="sides">${shown(describeSides(diff))}</span> ${badgeOf(diff.requiredBump)} ${countOf(countLines(diff))}</li>`,
  );
  return `<nav aria-label="Prompts"><ul>\n${items.join("\n")}\n</ul></nav>`;
}

function sectionOf(diff: VersionDiff, index: number): string {
  const rows = rowsOf(diff.hunks);
  return `<details class="prompt" open id="prompt-${index + 1}">
<summary><h2>${shown(diff.name)}</h2> <span class="sides">${shown(describeSides(diff))}</span> ${badgeOf(diff.requiredBump)} ${countOf(countLines(diff))}</summary>
${changesOf(diff)}${rows === "" ? "" : `<div class="diff" translate="no">\n${rows}\n</div>`}
</details>`;
}

function changesOf({ changes }: VersionDiff): string {
  if (changes.length === 0) return "";
  const items = worstFirst(changes).map(
    ({ bump, kind, at, message }) =>
      `<li>${badgeOf(bump)}<div>${sentence(message)} <small>${shown(kind)}${at === "" ? "" : ` · ${shown(at)}`}</small></div></li>`,
  );
  return `<ul class="changes">\n${items.join("\n")}\n</ul>\n`;
}

function badgeOf(bump: Bump): string {
  return bump === "none" ? "" : `<span class="badge ${bump}">${bump}</span>`;
}

function countOf({ added, removed }: LineCount): string {
  return `<span class="count"><span class="plus">+${added}</span> <span class="minus">−${removed}</span></span>`;
}
