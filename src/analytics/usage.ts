import type { ReadEvent } from "../core/telemetry/read-event.js";
import { compareVersions } from "../core/version.js";
import { Sketch } from "./sketch.js";

/** How often an answer was good. */
export interface SuccessCount {
  readonly count: number;
  readonly good: number;
}

/** What one version did in one arm. */
export interface UsageRow {
  readonly prompt: string;
  /** Null for the caller's own fallback text. */
  readonly version: string | null;
  readonly arm: "baseline" | "candidate" | null;
  readonly served: number;
  /** Of everything served of the prompt: 0 to 1. */
  readonly share: number;
  readonly success: SuccessCount & { readonly rate: number | null };
  /** Milliseconds. */
  readonly latency: {
    readonly count: number;
    readonly p50: number | null;
    readonly p90: number | null;
    readonly p99: number | null;
  };
  /** US dollars. */
  readonly cost: { readonly count: number; readonly total: number; readonly mean: number | null };
}

interface Tally extends Pick<UsageRow, "prompt" | "version" | "arm"> {
  served: number;
  measured: number;
  success: { count: number; good: number };
  latency: Sketch;
  cost: { count: number; total: number };
}

/** The most rows that are kept apart: a log that is not ours must not fill the memory. */
const mostRows = 10_000;

/** Counts events by prompt, version and arm. */
export class Usage {
  readonly #tallies = new Map<string, Tally>();
  /** Events of rows beyond the most that are kept. */
  overflow = 0;

  add(event: ReadEvent): void {
    const tally = this.#tally(event);
    if (tally === undefined) this.overflow += 1;
    else if (event.event === "served") tally.served += 1;
    else measure(tally, event.metrics);
  }

  #tally({ prompt, version, arm }: ReadEvent): Tally | undefined {
    const id = `${prompt}@${version ?? ""} ${arm ?? ""}`;
    const known = this.#tallies.get(id);
    if (known !== undefined || this.#tallies.size >= mostRows) return known;
    const counts = { served: 0, measured: 0, success: { count: 0, good: 0 }, cost: { count: 0, total: 0 } };
    const tally = { prompt, version, arm, ...counts, latency: new Sketch() };
    this.#tallies.set(id, tally);
    return tally;
  }

  /**
   * By prompt, then version, then arm. Measurements that name no arm belong to the only arm that their version was
   * served in, if there is one.
   */
  rows(): readonly UsageRow[] {
    const tallies = joined([...this.#tallies.values()]);
    const served = new Map<string, number>();
    for (const tally of tallies) served.set(tally.prompt, (served.get(tally.prompt) ?? 0) + tally.served);
    return tallies.sort(inOrder).map(({ prompt, version, arm, served: count, success, latency, cost }) => ({
      prompt,
      version,
      arm,
      served: count,
      share: count === 0 ? 0 : count / (served.get(prompt) ?? count),
      success: { ...success, rate: success.count === 0 ? null : success.good / success.count },
      latency: {
        count: latency.count,
        p50: latency.percentile(0.5),
        p90: latency.percentile(0.9),
        p99: latency.percentile(0.99),
      },
      cost: { ...cost, mean: cost.count === 0 ? null : cost.total / cost.count },
    }));
  }
}

function measure(
  tally: Tally,
  { success, latency_ms: latency, cost_usd: cost }: Record<string, unknown>,
): void {
  tally.measured += 1;
  if (typeof success === "boolean") {
    tally.success.count += 1;
    if (success) tally.success.good += 1;
  }
  if (typeof latency === "number" && latency >= 0) tally.latency.add(latency);
  if (typeof cost === "number" && cost >= 0) {
    tally.cost.count += 1;
    tally.cost.total += cost;
  }
}

function joined(tallies: readonly Tally[]): Tally[] {
  const isLoose = ({ arm, served, measured }: Tally): boolean => arm === null && served === 0 && measured > 0;
  const kept = tallies
    .filter((tally) => !isLoose(tally))
    .map((tally) => ({ ...tally, success: { ...tally.success }, cost: { ...tally.cost } }));
  for (const loose of tallies.filter(isLoose)) {
    const [home, other] = kept.filter(
      ({ prompt, version, served }) => served > 0 && prompt === loose.prompt && version === loose.version,
    );
    if (home === undefined || other !== undefined) {
      kept.push({ ...loose });
      continue;
    }
    const latency = new Sketch();
    latency.merge(home.latency);
    latency.merge(loose.latency);
    home.latency = latency;
    home.success.count += loose.success.count;
    home.success.good += loose.success.good;
    home.cost.count += loose.cost.count;
    home.cost.total += loose.cost.total;
  }
  return kept;
}

function inOrder(a: Tally, b: Tally): number {
  if (a.prompt !== b.prompt) return a.prompt < b.prompt ? -1 : 1;
  if (a.version !== b.version) {
    if (a.version === null) return 1;
    return b.version === null ? -1 : compareVersions(a.version, b.version);
  }
  return (a.arm ?? "") < (b.arm ?? "") ? -1 : 1;
}
