import { codeBlock, codeSpan, markdownText } from "./markdown-text.js";
import { countLines, describeSides, isDifferent, type Hunk, type VersionDiff, worstFirst } from "./model.js";
import { noDifferences, type Printer } from "./print.js";
import { sumOf } from "./stat.js";
import { patchLines, spanOf } from "./unified.js";

/** Characters of the diffs together; GitHub takes 65,536 in a comment. */
const longest = 60_000;

/** Writes diffs for the comment of a pull request; the text of a large one is left out, never its meaning. */
export const markdown: Printer = (diffs) => {
  const different = diffs.filter(isDifferent);
  if (different.length === 0) return noDifferences;
  let room = longest - different.reduce((sum, diff) => sum + meaningOf(diff).length + 100, 0);
  const sections = different.map((diff) => {
    const body = bodyOf(diff);
    const fits = body.length <= room;
    if (fits) room -= body.length;
    const rest = fits ? body : `${sumOf([countLines(diff)])}; too long to show here.`;
    return [meaningOf(diff), rest].filter((part) => part !== "").join("\n\n");
  });
  return sections.join("\n\n");
};

function meaningOf(diff: VersionDiff): string {
  const bump = diff.requiredBump === "none" ? "" : ` · **${diff.requiredBump}**`;
  const heading = `### ${codeSpan(diff.name)} ${markdownText(describeSides(diff))}${bump}`;
  const changes = worstFirst(diff.changes).map(
    (change) => `- **${change.bump}** ${codeSpan(change.kind)}: ${markdownText(change.message)}`,
  );
  return changes.length === 0 ? heading : `${heading}\n\n${changes.join("\n")}`;
}

function bodyOf(diff: VersionDiff): string {
  if (diff.hunks.length === 0) return "";
  const { added, removed } = countLines(diff);
  const summary = `<summary>${added} added, ${removed} removed</summary>`;
  const block = codeBlock("diff", diff.hunks.flatMap(linesOf));
  return `<details>${summary}\n\n${block}\n\n</details>`;
}

function linesOf(hunk: Hunk): string[] {
  const before = spanOf(hunk.beforeStart, hunk.beforeLines);
  const after = spanOf(hunk.afterStart, hunk.afterLines);
  return [`@@ -${before} +${after} @@`, ...hunk.lines.flatMap(patchLines)];
}
