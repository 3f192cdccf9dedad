import type { Comparison } from "../core/bump.js";
import type { Catalog } from "../core/catalog.js";
import type { Problem, Severity } from "../core/finding.js";
import type { VersionText } from "../core/prompt-file/read-version.js";
import type { Prompt } from "../core/prompt.js";

/** What rules are grouped by; a category can be given one severity in the settings. */
export type Category =
  "layout" | "schema" | "template" | "immutable" | "bump" | "registry" | "code" | "waiver";

/** A version file as rules see it. */
export interface VersionFile extends VersionText {
  readonly name: string;
  readonly version: string;
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
}

/** Everything a rule may look at. */
export interface World {
  readonly catalog: Catalog;
  /** The version files that were read: all of them, or those that differ from the base. */
  readonly versions: readonly VersionFile[];
  /** The day of the check, `YYYY-MM-DD`. */
  readonly today: string;
  /** What the tree is compared with; without it the rules of scope `base` find nothing. */
  readonly base?: BasePicture;
}

/** A version file that differs from the base. */
export interface VersionChange {
  readonly status: "added" | "modified" | "deleted" | "retyped";
  readonly name: string;
  readonly version: string;
  /** Relative to the repository root. */
  readonly path: string;
  /** The file at the base; undefined when it was added. */
  readonly before?: VersionFile;
  /** The file now; undefined when it was deleted. */
  readonly after?: VersionFile;
}

/** The base, and everything that differs from it. */
export interface BasePicture {
  /** How people call it, for messages: `origin/main`. */
  readonly label: string;
  readonly catalog: Catalog;
  /** The base's newest commit: numbers may have been taken there since the branch was made. */
  readonly tip: Catalog;
  readonly changes: readonly VersionChange[];
  /** The newest version below each added one, by the added one's path. */
  readonly predecessors: ReadonlyMap<string, VersionFile>;
  readonly compare: (before: Prompt, after: Prompt) => Comparison;
  /** Says whether a text has this blob id; false for no id. */
  readonly isSameBlob: (blob: string | null, text: string) => boolean;
}

/** One thing that breaks a rule. */
export interface Violation extends Omit<Problem, "rule"> {
  readonly file: string;
  readonly prompt?: string;
  readonly version?: string;
}

/** A rule is data: what it is called, why it exists, and a pure check. Its page is printed by `explain`. */
export interface Rule {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** What the check needs: the tree only, a base, the code, or the day. */
  readonly scope: "static" | "base" | "code" | "date";
  /** What it checks, one line without a full stop. */
  readonly checks: string;
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
  /** Whether `promptsync fix` can mend it. */
  readonly fixable?: boolean;
  readonly check: (world: World) => Iterable<Violation>;
}

/** Declares a rule; exists for type inference only. */
export function rule(definition: Rule): Rule {
  return definition;
}

/** The violations that reading the files has found already, by the id of the rule. */
export function* foundWhileReading(id: string, { catalog, versions }: World): Iterable<Violation> {
  for (const { rule: found, ...problem } of catalog.problems) if (found === id) yield problem;
  for (const { rule: found, ...problem } of catalog.stateText.problems) if (found === id) yield problem;
  for (const { problems, path, name, version } of versions) {
    for (const { rule: found, ...problem } of problems) {
      if (found === id) yield { ...problem, file: path, prompt: name, version };
    }
  }
}
