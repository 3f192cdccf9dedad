import type { Untimed } from "../../../src/sdk/telemetry/reporter.js";

/** A version of welcome that production served, but for what a test changes. */
export function served(change: Partial<Extract<Untimed, { event: "served" }>> = {}): Untimed {
  return {
    event: "served",
    project: "sales-bot",
    prompt: "welcome",
    version: "1.0.0",
    digest: null,
    alias: "production",
    reason: "STATIC",
    rule: "alias",
    arm: null,
    bucket: null,
    variant: null,
    tenant: null,
    catalog: { commit: null, tree: null },
    source: "live",
    ...change,
  };
}

/** Measurements of welcome 1.0.0. */
export function measured(metrics: unknown): Untimed {
  return {
    event: "metrics",
    project: "sales-bot",
    id: "welcome@1.0.0",
    prompt: "welcome",
    version: "1.0.0",
    arm: null,
    alias: "production",
    metrics,
  };
}
