import type { Reason, Resolution, TrailLine } from "../core/resolve/resolution.js";
import type { ErrorCode } from "../core/errors.js";
import type { ServedFrom } from "../core/telemetry/event.js";
import type { EnrichmentStep } from "../render/enrich/enrich.js";
import type { Held } from "./snapshot/snapshot-cache.js";

/** Why a caller got what they got. Plain data, for a log line. */
export interface Explanation {
  /** Null when the caller's own fallback was served. */
  readonly version: string | null;
  readonly alias: string | null;
  readonly reason: Reason | "ERROR";
  /** Stable: `pinned`, `alias`, `default`, `canary.candidate`, `tenant.acme`, …, `fallback`. */
  readonly rule: string;
  readonly arm: "baseline" | "candidate" | null;
  /** 0 to 9999; null when nothing was split. */
  readonly bucket: number | null;
  readonly trail: readonly TrailLine[];
  /** The picture of the registry that decided; nulls where nothing is committed. */
  readonly catalog: { readonly commit: string | null; readonly tree: string | null };
  /**
   * `live` and `bundle`: confirmed within the time to live. `stale`: older, because a refresh is due or the source cannot
   * be read. `fallback`: the local registry or the caller's own text, because the source has nothing to serve.
   */
  readonly source: ServedFrom;
  /** Time since the source last confirmed it, in ms; 0 for the caller's own text. */
  readonly ageMs: number;
  /** What the enrichers set. */
  readonly enriched: readonly EnrichmentStep[];
  /** Why a fallback was served; null when none was. */
  readonly error: { readonly code: ErrorCode | "INTERNAL"; readonly message: string } | null;
}

/** What was held when a version was chosen. */
export interface Origin extends Held {
  readonly source: ServedFrom;
  readonly error: Explanation["error"];
}

/** Tells a resolution as an explanation. */
export function explain(
  resolution: Resolution,
  { snapshot, source, ageMs, error }: Origin,
  enriched: readonly EnrichmentStep[],
): Explanation {
  return {
    version: resolution.version,
    alias: resolution.alias,
    reason: resolution.reason,
    rule: resolution.rule,
    arm: resolution.arm,
    bucket: resolution.bucket,
    trail: resolution.trail,
    catalog: snapshot.identity,
    source,
    ageMs,
    enriched,
    error,
  };
}
