import type { JsonObject } from "./json.js";

/** How bad a finding is; only errors block by default. */
export type Severity = "error" | "warning" | "info";

/** Where something stands in a text; 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

/**
 * Something wrong with the user's prompts: data, never thrown. `file` is relative to the repository root with
 * forward slashes; line and column are 1-based.
 */
export interface Finding {
  /** The rule's id, such as `layout-path-invalid`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly prompt: string | null;
  readonly version: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** What the rule's page calls "extra": plain values for machines. */
  readonly data?: JsonObject;
}
