import { bucket, isWithin } from "../../src/core/resolve/bucket.js";
import type { Arm } from "../../src/core/state/state.js";
import type { ReadEvent } from "../../src/core/telemetry/read-event.js";

export type Served = Extract<ReadEvent, { event: "served" }>;
export type Measured = Extract<ReadEvent, { event: "metrics" }>;

/** A version of welcome that production served, but for what a test changes. */
export function served(change: Partial<Served> = {}): Served {
  return {
    event: "served",
    time: "2026-11-02T10:00:00.000Z",
    prompt: "welcome",
    version: "1.0.0",
    alias: "production",
    rule: "alias",
    arm: null,
    bucket: null,
    tenant: null,
    catalog: { commit: null, tree: null },
    ...change,
  };
}

/** Measurements of welcome 1.0.0. */
export function measured(metrics: Measured["metrics"], change: Partial<Measured> = {}): Measured {
  const { time, prompt, alias, arm } = served();
  return { event: "metrics", time, prompt, version: "1.0.0", alias, arm, metrics, ...change };
}

/** The alias block of production while 1.1.0 is tried. */
export const production = (percent: number): Arm & { canary: NonNullable<Arm["canary"]> } => ({
  serve: "1.0.0",
  canary: { serve: "1.1.0", percent, seed: "welcome/production/2026-11-02", state: "running" },
});

/** What a caller is served under a canary. */
export function split(key: string, { serve, canary }: ReturnType<typeof production>): Served {
  const place = bucket(canary.seed, key);
  const arm = isWithin(place, canary.percent) ? "candidate" : "baseline";
  const version = arm === "candidate" ? canary.serve : serve;
  return served({ bucket: place, arm, version, rule: `canary.${arm}` });
}
