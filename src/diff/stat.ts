import { countLines, describeSides, isDifferent } from "./model.js";
import { noDifferences, type Printer } from "./print.js";
import { visible } from "./visible.js";

/** Signs of the longest bar. */
const longestBar = 40;

/** Writes one line a prompt with its changed lines as a bar, and a last line with the sums. */
export const stat: Printer = (diffs, { style }) => {
  const rows = diffs.filter(isDifferent).map((diff) => ({ ...countLines(diff), ...headingOf(diff) }));
  if (rows.length === 0) return noDifferences;
  const nameWidth = Math.max(...rows.map((row) => row.name.length));
  const sidesWidth = Math.max(...rows.map((row) => row.sides.length));
  const most = Math.max(...rows.map((row) => row.added + row.removed));
  const countWidth = String(most).length;
  const scale = Math.min(1, longestBar / Math.max(1, most));
  const lines = rows.map(({ name, sides, bump, added, removed }) => {
    const bar = style.green(barOf("+", added * scale)) + style.red(barOf("-", removed * scale));
    const count = String(added + removed).padStart(countWidth);
    return `${style.cyan(name.padEnd(nameWidth))}  ${sides.padEnd(sidesWidth)}  ${bump}  ${count} ${bar}`.trimEnd();
  });
  return [...lines, sumOf(rows)].join("\n");
};

function headingOf(diff: Parameters<typeof describeSides>[0]): { name: string; sides: string; bump: string } {
  const bump = diff.requiredBump === "none" ? "" : diff.requiredBump;
  return { name: visible(diff.name), sides: visible(describeSides(diff)), bump: bump.padEnd(5) };
}

/** A side with any change keeps at least one sign. */
function barOf(sign: string, length: number): string {
  return length > 0 ? sign.repeat(Math.max(1, Math.round(length))) : "";
}

/** Says how many prompts differ and by how many lines: `2 prompts, 5 lines added, 3 removed`. */
export function sumOf(rows: readonly { readonly added: number; readonly removed: number }[]): string {
  const added = rows.reduce((sum, row) => sum + row.added, 0);
  const removed = rows.reduce((sum, row) => sum + row.removed, 0);
  const prompts = `${rows.length} ${rows.length === 1 ? "prompt" : "prompts"}`;
  return `${prompts}, ${added} ${added === 1 ? "line" : "lines"} added, ${removed} removed`;
}
