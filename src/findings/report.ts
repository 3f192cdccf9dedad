import type { Finding, Severity } from "../core/finding.js";
import type { Touched } from "./blast-radius.js";

/** Somebody's reason to live with a finding. */
export interface Waiver {
  readonly rule: string;
  /** A prompt, a glob of paths or a fingerprint. */
  readonly target: string;
  readonly reason: string;
  readonly owner?: string;
  /** The last day it holds, `yyyy-mm-dd`. */
  readonly expires?: string;
}

/** A finding and what the run knows about it. */
export interface ReportedFinding extends Finding {
  /** The first word of the rule's id. */
  readonly category?: string;
  /** Whether this change brought it, or the base has it already. */
  readonly introduced?: "new" | "existing";
  readonly fingerprint?: string;
  /** What mends it without a decision. */
  readonly fix?: { readonly command: string };
  /** Present when the finding is waived: it is listed but does not count. */
  readonly waiver?: Waiver;
}

/** What `validate` answers; its JSON document. */
export interface Report {
  readonly ok: boolean;
  readonly summary: {
    readonly prompts: number;
    readonly versions: number;
    /** Findings that are not waived. */
    readonly errors: number;
    readonly warnings: number;
    readonly [extra: string]: number;
  };
  /** In the order of file, line, column and rule. */
  readonly findings: readonly ReportedFinding[];
  /** What the tree was compared with, and how it was found: `--base`, `merge-base`, … */
  readonly base?: { readonly ref: string; readonly sha: string; readonly how: string };
  /** Rules that could not run. */
  readonly skipped?: readonly { readonly rule: string; readonly reason: string }[];
  readonly waivers?: readonly Waiver[];
  /** The day of the check, `yyyy-mm-dd`. */
  readonly date?: string;
  /** What the change makes serve something else; left out without a base. */
  readonly touched?: readonly Touched[];
}

/** What a printer tells about a rule. */
export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
}

/** Colours with a meaning; identity functions when colour is off. */
export interface Colours {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** What a printer may ask for beside the report; each takes what it needs. */
export interface PrintOptions {
  readonly style: Colours;
  readonly rules: readonly RuleDescription[];
  /** The version of PromptSync. */
  readonly toolVersion: string;
}

/** Writes a report in one format; the text has no trailing line break. */
export type Printer = (report: Report, options: PrintOptions) => string;
