import type { Place } from "../../core/finding.js";

/**
 * Where a line and column of a text stand that YAML holds as a block (`content: |`): below its first line, shifted by
 * its indentation. A text in quotes is shown by where it begins.
 */
export function placeInBlock(
  file: string,
  start: Place,
  at: { readonly line?: number | undefined; readonly column?: number | undefined },
): Place {
  const lines = file.split("\n");
  const head = lines[start.line - 1]?.slice(start.column - 1) ?? "";
  if (!/^[|>]/.test(head)) return { line: start.line, column: start.column };
  const block = lines.slice(start.line);
  const first = block.find((line) => line.trim() !== "") ?? "";
  const { line = 1, column = 1 } = at;
  return { line: start.line + line, column: column + first.length - first.trimStart().length };
}
