import type { Problem, Place } from "./finding.js";
import type { Selector } from "./reference.js";

/** A source file of the application. */
export interface SourceFile {
  /** Relative to the repository root, forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A place with its end; columns are 1-based and count UTF-16 units, the end is the column behind the last. */
export type Span = Required<Place>;

/** One prompt that a call may ask for. */
export interface CallTarget {
  readonly name: string;
  /** Undefined when the source does not say which version or alias. */
  readonly selector: Selector | undefined;
}

/** How calls ask for a prompt: through an alias, for its default, or in any way that pins no version. */
export type Way = { readonly alias: string } | "default" | "any";

/** A variable that a call passes, and where. */
export interface PassedVariable extends Span {
  readonly name: string;
}

/** One rendering of a prompt: `prompt.format({ company })`. */
export interface Rendering extends Span {
  /** The file it stands in; another one than the call's when the prompt comes from a function elsewhere. */
  readonly file: string;
  /** `format`, `messages`, or how the source calls it. */
  readonly method: string;
  readonly variables: readonly PassedVariable[];
  /**
   * Whether `variables` are all. `some` means that a spread or a later assignment may add more; `unknown` that the
   * source does not say which variables there are.
   */
  readonly completeness: "all" | "some" | "unknown";
}

/** A place in source code that asks for a prompt. */
export interface CallSite extends Span {
  readonly file: string;
  readonly found: "method" | "wrapper" | "comment";
  /** How the source calls it: `getPrompt`, `get_prompt`, the wrapper's name, `promptsync-uses`. */
  readonly callee: string;
  /** What it may ask for: several for `isVip ? "a" : "b"`, none when the source does not say. */
  readonly targets: readonly CallTarget[];
  /** Where the name is written. */
  readonly nameAt: Span;
  readonly renderings: readonly Rendering[];
  /** Whether the prompt leaves the reader's sight before anything renders it. */
  readonly isPassedOn: boolean;
}

/** What a source file holds, or why it cannot be read. */
export interface Scan {
  /** By file, then by place. */
  readonly calls: readonly CallSite[];
  readonly problems: readonly SourceProblem[];
  /** How many files were parsed. */
  readonly parsed: number;
}

/** Why a source file could not be scanned. */
export interface SourceProblem extends Omit<Problem, "rule"> {
  readonly file: string;
}
