import type { JsonObject } from "./json.js";

/** How bad a finding is; only errors block by default. */
export type Severity = "error" | "warning" | "info";

/** Where something stands in a text; 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Something wrong in one text, before it is known whose text it is and how bad the rule is. */
export interface Problem extends Place {
  /** The rule's id, such as `schema-field-missing`. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** What the rule's page calls "extra": plain values for machines. */
  readonly data?: JsonObject;
}

/**
 * Something wrong with the user's prompts: data, never thrown. `file` is relative to the repository root with
 * forward slashes.
 */
export interface Finding extends Problem {
  readonly severity: Severity;
  readonly prompt: string | null;
  readonly version: string | null;
  readonly file: string;
}
