import type { Hunk, Line, VersionDiff } from "./model.js";
import type { PatchPaths, Printer } from "./print.js";

/**
 * Writes a patch that `git apply` and `patch` take, byte for byte what the versions hold. Versions are files of
 * their own, so from one version to the next the patch copies the old file and edits the copy.
 */
export const unified: Printer = (diffs, { paths = versionPaths }) =>
  diffs
    .map((diff) => patchOf(diff, paths(diff)))
    .filter((patch) => patch !== "")
    .join("\n");

function versionPaths({ name, from, to }: VersionDiff): PatchPaths {
  return { before: from === null ? null : `${name}/${from}.md`, after: `${name}/${to}.md` };
}

function patchOf({ hunks }: VersionDiff, { before, after }: PatchPaths): string {
  if (hunks.length === 0 && before === after) return "";
  const files = hunks.length === 0 ? [] : [`--- ${fileOf("a/", before)}`, `+++ ${fileOf("b/", after)}`];
  return [
    `diff --git ${quoted(`a/${before ?? after}`)} ${quoted(`b/${after}`)}`,
    ...(before === null ? ["new file mode 100644"] : []),
    ...(before !== null && before !== after
      ? [`copy from ${quoted(before)}`, `copy to ${quoted(after)}`]
      : []),
    ...files,
    ...hunks.map(hunkOf),
  ].join("\n");
}

function hunkOf(hunk: Hunk): string {
  const before = spanOf(hunk.beforeStart, hunk.beforeLines);
  const after = spanOf(hunk.afterStart, hunk.afterLines);
  return [`@@ -${before} +${after} @@`, ...hunk.lines.flatMap(patchLines)].join("\n");
}

const signs = { same: " ", removed: "-", added: "+" } as const;

/** A line of a patch, and the mark that patches have for a text that ends without a line break. */
export function patchLines(line: Line): string[] {
  const written = signs[line.kind] + line.text;
  return line.endsOpen ? [written, "\\ No newline at end of file"] : [written];
}

/** Writes `start,length` of a hunk's heading; a length of one is left out. */
export function spanOf(start: number, length: number): string {
  return length === 1 ? `${start}` : `${start},${length}`;
}

/** A path after `---` or `+++`; one with spaces ends with a tab, so that no date is read into it. */
function fileOf(prefix: string, path: string | null): string {
  if (path === null) return "/dev/null";
  const written = quoted(prefix + path);
  return written.includes(" ") && !written.startsWith('"') ? `${written}\t` : written;
}

/** Git's C-style quotes around a path that holds a quote, a backslash or a control character. */
function quoted(path: string): string {
  const special = /[\u0000-\u001f"\\\u007f]/g;
  if (!special.test(path)) return path;
  const escape = (character: string): string =>
    character === '"' || character === "\\"
      ? `\\${character}`
      : `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  return `"${path.replace(special, escape)}"`;
}
