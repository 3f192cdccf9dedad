import type { Problem } from "../finding.js";

/** What to do about a text that git left unmerged. */
export const finishMerge = "finish the merge: keep the right lines and remove the markers";

/**
 * The problems of a YAML text; of one that git left unmerged only that, instead of the YAML errors that it causes.
 * `above` counts the lines of the file before the text.
 */
export function unmerged(text: string, found: Problem[], above = 0): Problem[] {
  const [one] = found;
  const at = one && /^(<{7}|={7}|>{7})( |$)/m.exec(text);
  if (!at) return found;
  return [
    {
      rule: one.rule,
      message: "the file has conflict markers",
      hint: finishMerge,
      line: above + text.slice(0, at.index).split("\n").length,
      column: 1,
    },
  ];
}
