import type { ChangeKind } from "./change-kind.js";

/** A step of a semantic version; `none` when nothing changed. Ordered from small to large. */
export const bumps = ["none", "patch", "minor", "major"] as const;

/** How much a version must grow. */
export type Bump = (typeof bumps)[number];

/** The larger of some bumps; `none` for an empty list. */
export function largestBump(list: Iterable<Bump>): Bump {
  let largest = 0;
  for (const bump of list) largest = Math.max(largest, bumps.indexOf(bump));
  return bumps[largest] ?? "none";
}

/** One difference between two versions of a prompt. */
export interface Change {
  /** A stable id, such as `input-removed`. */
  readonly kind: ChangeKind;
  /** A JSON pointer into the front-matter, or `body`, or `variants/<n>`. */
  readonly at: string;
  /** The smallest step that is honest about this change. */
  readonly bump: Bump;
  readonly message: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** A value that one side accepts and the other does not: the proof. */
  readonly witness?: unknown;
}

/** All differences between two versions, and the steps they ask for. */
export interface Comparison {
  readonly changes: readonly Change[];
  /** The largest bump of the changes: anything smaller is refused. */
  readonly requiredBump: Bump;
  /** `requiredBump`, or `minor` when much of the wording changed: what `--bump auto` takes. */
  readonly suggestedBump: Bump;
}
