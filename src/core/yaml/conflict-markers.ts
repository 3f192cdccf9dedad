import type { Problem } from "../finding.js";

/**
 * The problems of a YAML text; of one that git left unmerged only that, instead of the YAML errors that it causes.
 * `firstLine` is the line of the file on which the text begins.
 */
export function conflictMarkers(text: string, problems: Problem[], rule: string, firstLine = 1): Problem[] {
  if (problems.length === 0) return problems;
  const line = text.split("\n").findIndex((it) => /^(<{7}|={7}|>{7})( |$)/.test(it));
  if (line < 0) return problems;
  const hint = "finish the merge: keep the right lines and remove the markers";
  return [{ rule, message: "the file has conflict markers", hint, line: line + firstLine, column: 1 }];
}
