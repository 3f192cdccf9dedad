import type { Bump, Change } from "../../src/core/bump.js";
import type { FrontMatter, Prompt } from "../../src/core/prompt.js";
import { comparePrompts, type CompareOptions } from "../../src/compare/index.js";

/** A version of the prompt that the tests tell their stories about. */
export function qualifyLead(frontMatter: FrontMatter = {}, body = "Qualify the lead."): Prompt {
  return { name: "qualify-lead", version: "1.0.0", frontMatter, body };
}

/** The changes between two versions, as `kind bump at`. */
export function changesOf(before: Prompt, after: Prompt, options: CompareOptions = {}): string[] {
  return comparePrompts(before, after, options).changes.map(({ kind, bump, at }) => `${kind} ${bump} ${at}`);
}

/** The one change of a kind; fails when there is none. */
export function changeOf(kind: string, before: Prompt, after: Prompt, options: CompareOptions = {}): Change {
  const found = comparePrompts(before, after, options).changes.find((change) => change.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} in ${changesOf(before, after, options).join(", ")}`);
  return found;
}

/** The step that two front-matters ask for. */
export function stepOf(before: FrontMatter, after: FrontMatter, options: CompareOptions = {}): Bump {
  return comparePrompts(qualifyLead(before), qualifyLead(after), options).requiredBump;
}
