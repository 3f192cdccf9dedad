import type { Comparison } from "../core/bump.js";
import type { Catalog } from "../core/catalog.js";
import type { Periods } from "../core/config.js";
import type { Finding, Problem, Severity } from "../core/finding.js";
import type { VersionText } from "../core/prompt-file/read-version.js";
import type { DraftText } from "../core/prompt-file/read-draft.js";
import type { Prompt } from "../core/prompt.js";
import type { Limits, ParseOptions } from "../template/index.js";
import type { CodeWorld } from "./code/code-world.js";
import { problemsInSight } from "./in-sight.js";
import type { ReadWaiver } from "./waivers.js";

/** What rules are grouped by; a category can be given one severity in the settings. */
export type Category =
  "layout" | "schema" | "template" | "immutable" | "bump" | "registry" | "draft" | "code" | "waiver";

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
  /**
   * The names of the prompts of which something differs from the base, when only they are judged: what cannot be seen
   * is then no proof of anything. Left out where everything is judged.
   */
  readonly changed?: ReadonlySet<string>;
  /** With {@link World.changed}: the paths that differ from the base, whatever stands there. */
  readonly changedFiles?: ReadonlySet<string>;
  /** Versions that were read because an entry of the state or another version names them. */
  readonly related?: readonly VersionFile[];
  /** How templates are parsed; `load` finds an included version by `tone@1.0.0`. */
  readonly template?: ParseOptions;
  readonly limits?: Partial<Limits>;
  /** Days that the settings allow; the usual ones when left out. */
  readonly periods?: Periods;
  readonly drafts?: readonly DraftToJudge[];
  readonly waivers?: readonly ReadWaiver[];
  /** The code that uses prompts, when it was scanned. */
  readonly code?: CodeWorld;
}

/** A draft as rules see it. */
export interface DraftToJudge extends Pick<DraftText, "draft" | "problems" | "bodyLine"> {
  readonly name: string;
  /** Relative to the repository root. */
  readonly file: string;
  /** Whether lines of the body are lines of the file, column by column. */
  readonly hasOwnColumns: boolean;
}

/** A version file that differs from the base. */
export interface VersionChange {
  /** What people call the commit that has the file before: the base, or `HEAD` on the base itself. */
  readonly label: string;
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
  /** A change is judged, and not the base itself: dates that passed fail only where the change touches them. */
  readonly isDiff: boolean;
  readonly catalog: Catalog;
  /** The base's newest commit: numbers may have been taken there since the branch was made. */
  readonly tip: Catalog;
  readonly changes: readonly VersionChange[];
  /** The newest version below each added one, by the added one's path. */
  readonly predecessors: ReadonlyMap<string, VersionFile>;
  readonly compare: (before: Prompt, after: Prompt) => Comparison;
  /** Paths of base versions that include a changed one, by its `name@version`. */
  readonly users?: ReadonlyMap<string, readonly string[]>;
  /** Whether a commit since the base carries the evidence that the gates of a move passed. */
  readonly hasEvidence?: (move: {
    readonly prompt: string;
    readonly alias: string;
    readonly to: string;
  }) => boolean;
  /** Says whether a text has this blob id; false for no id. */
  readonly isSameBlob: (blob: string | null, text: string) => boolean;
}

/** One thing that breaks a rule. */
export interface Violation extends Omit<Problem, "rule"> {
  readonly file: string;
  readonly prompt?: string;
  readonly version?: string;
  /** When it is worse or less bad than the rule usually is; settings of the user go first. */
  readonly severity?: Severity;
}

/** What a rule says of itself. */
export interface RuleFacts {
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
}

/** A rule is data: what it is called, why it exists, and a pure check. Its page is printed by `explain`. */
export interface Rule extends RuleFacts {
  /**
   * Looks at prompts: the world's versions, and the changes of its base, are those of some prompts or of all. Large
   * registries are judged some prompts at a time.
   */
  readonly checkPrompts?: (world: World) => Iterable<Violation>;
  /**
   * Looks at the registry as a whole, and at no versions but those of `related` and those that differ from the base.
   * `found` is what has been found so far: all about prompts, and what the rules before this one found.
   */
  readonly check?: (world: World, found: readonly Finding[]) => Iterable<Violation>;
}

/** Declares a rule; exists for type inference only. */
export function rule(definition: Rule): Rule {
  return definition;
}

/** The violations that reading the versions has found already, by the id of the rule. */
export function* foundInVersions(id: string, { versions }: World): Iterable<Violation> {
  for (const { problems, path, name, version } of versions) {
    for (const { rule: found, ...problem } of problems) {
      if (found === id) yield { ...problem, file: path, prompt: name, version };
    }
  }
}

/** The violations that listing the files and reading the state have found already, by the id of the rule. */
export function* foundInRegistry(id: string, world: World): Iterable<Violation> {
  for (const { rule: found, ...problem } of problemsInSight(world)) if (found === id) yield problem;
  for (const { rule: found, ...problem } of world.catalog.stateText.problems) if (found === id) yield problem;
}
