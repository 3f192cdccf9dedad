import type { ById } from "../core/state/state.js";
import type { Threshold } from "./gate.js";
import type { Metrics } from "./read-metrics.js";

/** A version on its way behind an alias. */
export interface GatedMove {
  readonly prompt: string;
  readonly version: string;
  readonly alias: string;
  /** Set when only this tenant would get it. */
  readonly tenant?: string;
  /** The version that the same callers get today; null when they get none. */
  readonly baseline: string | null;
}

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
