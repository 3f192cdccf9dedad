import type { Bump } from "../core/bump.js";
import { describeSides, isDifferent, type Hunk, type Line, type VersionDiff, worstFirst } from "./model.js";
import { noDifferences, type Colours, type Printer } from "./print.js";
import { visible, visibleSpaces } from "./visible.js";

/** Writes diffs for people at a terminal: the meaning first, then the text with its words marked. */
export const text: Printer = (diffs, { style }) => {
  if (!diffs.some(isDifferent)) return noDifferences;
  return diffs.map((diff) => sectionOf(diff, style)).join("\n\n");
};

function sectionOf(diff: VersionDiff, style: Colours): string {
  const heading = `${style.bold(style.cyan(visible(diff.name)))} ${visible(describeSides(diff))}`;
  if (!isDifferent(diff)) return `${heading}  ${style.dim(noDifferences)}`;
  const bump =
    diff.requiredBump === "none" ? "" : `  ${colourOf(diff.requiredBump, style)(diff.requiredBump)}`;
  return [heading + bump, changesOf(diff, style), hunksOf(diff, style)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The colour of a bump: red asks to stop, yellow to look. */
function colourOf(bump: Bump, style: Colours): (text: string) => string {
  return { major: style.red, minor: style.yellow, patch: style.green, none: style.dim }[bump];
}

function changesOf({ changes }: VersionDiff, style: Colours): string {
  const width = Math.max(0, ...changes.map((change) => change.kind.length));
  return worstFirst(changes)
    .map(({ bump, kind, message }) =>
      [`  ${colourOf(bump, style)(bump.padEnd(5))}`, visible(kind.padEnd(width)), visible(message)].join(
        "  ",
      ),
    )
    .join("\n");
}

function hunksOf({ hunks }: VersionDiff, style: Colours): string {
  const last = hunks.at(-1);
  const width = last
    ? String(Math.max(last.beforeStart + last.beforeLines, last.afterStart + last.afterLines)).length
    : 0;
  const gap = `\n${style.dim(`  ${"⋮".padStart(width)}`)}\n`;
  return hunks.map((hunk) => linesOf(hunk, width, style)).join(gap);
}

function linesOf({ lines }: Hunk, width: number, style: Colours): string {
  return lines
    .flatMap((line) => {
      const number = style.dim(`  ${String(line.after ?? line.before).padStart(width)}`);
      const written = `${number} ${lineOf(line, style)}`.trimEnd();
      return line.endsOpen
        ? [written, style.dim(`  ${" ".repeat(width)}   (no line break at the end)`)]
        : [written];
    })
    .join("\n");
}

function lineOf(line: Line, style: Colours): string {
  if (line.kind === "same") return `  ${visible(line.text)}`;
  const [sign, colour] = line.kind === "removed" ? ["-", style.red] : ["+", style.green];
  const parts = line.segments ?? [{ text: visibleSpaces(line.text), changed: false }];
  const words = parts.map((part) =>
    part.changed ? style.bold(colour(visible(visibleSpaces(part.text)))) : colour(visible(part.text)),
  );
  return `${colour(sign)} ${words.join("")}`;
}
