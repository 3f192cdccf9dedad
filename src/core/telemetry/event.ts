import type { Reason } from "../resolve/resolution.js";
import type { Metrics } from "./metrics.js";

/** Where a version came from. */
export type ServedFrom = "live" | "stale" | "bundle" | "fallback";

/**
 * A version was served. The caller's targeting key is not part of it: `bucket`, one of 10,000, is enough to check the
 * split of a canary, and is shared by many keys, so it names nobody.
 */
export interface ServedEvent {
  readonly event: "served";
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly project: string | null;
  readonly prompt: string;
  /** Null when the caller's own fallback text was served. */
  readonly version: string | null;
  readonly digest: string | null;
  readonly alias: string | null;
  readonly reason: Reason | "ERROR";
  readonly rule: string;
  readonly arm: "baseline" | "candidate" | null;
  /** 0 to 9999; null when nothing was split. */
  readonly bucket: number | null;
  /** The tags of the chosen variant; null for the body. */
  readonly variant: Readonly<Record<string, string>> | null;
  readonly tenant: string | null;
  /** The picture of the registry that decided: ids of git objects, null where nothing is committed. */
  readonly catalog: { readonly commit: string | null; readonly tree: string | null };
  readonly source: ServedFrom;
}

/** How a served version did, as the application measured it. */
export interface MetricsEvent {
  readonly event: "metrics";
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly project: string | null;
  /** `name@version`. */
  readonly id: string;
  readonly prompt: string;
  readonly version: string;
  readonly arm: "baseline" | "candidate" | null;
  readonly alias: string | null;
  readonly metrics: Metrics;
}

/** What is reported to sinks, and what one line of the usage log holds. */
export type TelemetryEvent = ServedEvent | MetricsEvent;
