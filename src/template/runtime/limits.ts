import { PromptSyncError } from "../../core/errors.js";

/** What a render may use. Every one of them ends in a `TEMPLATE_LIMIT` error that names the limit. */
export interface Limits {
  /** Steps: statements, calls, filters, loop rounds, and the size of what they work on. */
  readonly operations: number;
  /** Characters of the result, and of any text on the way to it. */
  readonly output: number;
  /** Macros, blocks, includes and recursive loops inside each other, and values inside values. */
  readonly depth: number;
  /** Includes, imports and parents inside each other. */
  readonly includes: number;
  /** Milliseconds on the caller's clock; not measured without `now`. */
  readonly milliseconds: number;
  /** A clock in milliseconds, such as `performance.now`; only differences are used. */
  readonly now?: (() => number) | undefined;
}

/** Enough for every prompt, little enough that a hostile one ends at once. */
export const defaultLimits: Limits = {
  operations: 1_000_000,
  output: 5_000_000,
  depth: 100,
  includes: 20,
  milliseconds: 1_000,
};

/** The error for a limit that was reached. */
export function exceeded(limit: string, allowed: number, what: string): PromptSyncError {
  return new PromptSyncError("TEMPLATE_LIMIT", `${what}: the limit \`${limit}\` is ${allowed}`, {
    hint: `make the template do less, or raise the limit \`${limit}\``,
    data: { limit, allowed },
  });
}
