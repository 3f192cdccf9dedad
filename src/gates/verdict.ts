import type { AliasMove } from "../core/state/moves-between.js";
import type { ById } from "../core/state/state.js";
import type { Threshold } from "./gate.js";
import type { Metrics } from "./read-metrics.js";

/** A version on its way behind an alias. */
export type GatedMove = Omit<AliasMove, "path" | "isTrial">;

/** What one check of a gate said about a version. */
export interface CheckVerdict {
  /** The gate, such as `release`. */
  readonly gate: string;
  /** The check, such as `evals`, or `policy/approvals`. */
  readonly check: string;
  readonly ok: boolean;
  readonly metrics: Metrics;
  readonly threshold: ById<Threshold>;
  readonly seconds: number;
  readonly prompt: string;
  readonly version: string;
  readonly alias: string;
  /** Why it is not ok, one sentence each. */
  readonly reasons: readonly string[];
}
