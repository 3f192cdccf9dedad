import { shown } from "./html-text.js";
import type { Hunk, Line } from "./model.js";

/** Two lines that stand beside each other; a side may be empty. */
export interface Row {
  readonly before: Line | null;
  readonly after: Line | null;
}

/** Equal lines that stay open next to a change; longer stretches are folded. */
const context = 3;

/** Writes the hunks of a diff as two columns; long equal stretches are folded. */
export function rowsOf(hunks: readonly Hunk[]): string {
  let end = 1;
  const parts: string[] = [];
  for (const hunk of hunks) {
    const start = Math.max(1, hunk.afterStart);
    if (start > end) parts.push(`<p class="gap">${unchanged(start - end)}</p>`);
    end = hunk.afterStart + hunk.afterLines + (hunk.afterLines === 0 ? 1 : 0);
    const runs = runsOf(hunk.lines);
    for (const [index, run] of runs.entries()) {
      const isSame = run[0]?.kind === "same";
      parts.push(isSame ? sameRun(run, index === 0, index === runs.length - 1) : changedRun(run));
    }
  }
  return parts.join("\n");
}

function unchanged(count: number): string {
  return `${count} unchanged ${count === 1 ? "line" : "lines"}`;
}

/** Cuts lines into runs of equal and of changed lines. */
function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && (run[0]?.kind === "same") === (line.kind === "same")) run.push(line);
    else runs.push([line]);
  }
  return runs;
}

function sameRun(run: readonly Line[], isFirst: boolean, isLast: boolean): string {
  const rows = run.map((line) => rowOf({ before: line, after: line }));
  const top = isFirst ? 0 : context;
  const bottom = isLast ? rows.length : rows.length - context;
  if (bottom - top <= context) return rows.join("\n");
  const folded = rows.slice(top, bottom).join("\n");
  const fold = `<details class="fold"><summary>${unchanged(bottom - top)}</summary>\n${folded}\n</details>`;
  return [...rows.slice(0, top), fold, ...rows.slice(bottom)].join("\n");
}

function changedRun(run: readonly Line[]): string {
  return `<div class="run">\n${besideEachOther(run).map(rowOf).join("\n")}\n</div>`;
}

/** Puts reworded lines beside each other, and fills up between them. */
export function besideEachOther(run: readonly Line[]): Row[] {
  const removed = run.filter((line) => line.kind === "removed");
  const added = run.filter((line) => line.kind === "added");
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  const fill = (toRemoved: number, toAdded: number): void => {
    while (i < toRemoved || j < toAdded) {
      rows.push({
        before: i < toRemoved ? (removed[i++] ?? null) : null,
        after: j < toAdded ? (added[j++] ?? null) : null,
      });
    }
  };
  const partners = added.flatMap((line, index) => (line.segments ? [index] : []));
  for (const [index, line] of removed.entries()) {
    if (!line.segments) continue;
    const partner = partners.shift();
    if (partner === undefined) break;
    fill(index, partner);
    fill(index + 1, partner + 1);
  }
  fill(removed.length, added.length);
  return rows;
}

function rowOf({ before, after }: Row): string {
  const kind = before !== null && before === after ? "row same" : "row";
  return `<div class="${kind}">${halfOf(before, "before")}${halfOf(after, "after")}</div>`;
}

function halfOf(line: Line | null, side: "before" | "after"): string {
  if (line === null) return `<div class="half ${side} none"></div>`;
  const end = line.endsOpen ? `<span class="end">no line break at the end</span>` : "";
  return (
    `<div class="half ${side} ${line.kind}"><span class="number" data-number="${line[side]}"></span>` +
    `<div class="text">${textOf(line)}${end}</div></div>`
  );
}

function textOf(line: Line): string {
  if (!line.segments) return shown(line.text);
  const tag = line.kind === "removed" ? "del" : "ins";
  return line.segments
    .map(({ text, changed }) => (changed ? `<${tag}>${shown(text, { spaces: true })}</${tag}>` : shown(text)))
    .join("");
}
