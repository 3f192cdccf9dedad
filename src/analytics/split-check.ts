import { isWithin } from "../core/resolve/bucket.js";
import type { Arm } from "../core/state/state.js";
import type { ReadEvent } from "../core/telemetry/read-event.js";
import { chiSquareTail } from "./chi-square.js";

const buckets = 10_000;
const significance = 0.001; // chance of a false alarm; the experimentation platforms that publish it use 0.0005 to 0.01
const leastExpected = 5; // Cochran's rule for a chi-square test, in each arm
const mostSplits = 1_000; // 40 kB each

/** Whether a canary reached the share of callers that the state of its time gave it. */
export interface SplitCheck {
  readonly prompt: string;
  readonly alias: string | null;
  /** Set when the canary splits the callers of one tenant. */
  readonly tenant: string | null;
  readonly baseline: string;
  readonly candidate: string;
  readonly percent: number;
  /** Events of both arms, and of the candidate; `expected` is what the percentage gives. */
  readonly events: number;
  readonly observed: number;
  readonly expected: number;
  /** How many callers with one request each would say as much: requests of one caller are no new evidence. */
  readonly effective: number;
  /** The chance of a difference this large while the split is right. */
  readonly p: number;
  readonly verdict: "ok" | "mismatch" | "too few";
}

interface Split extends Pick<SplitCheck, "prompt" | "alias" | "tenant"> {
  readonly baseline: string;
  readonly canary: NonNullable<Arm["canary"]>;
  readonly counts: Uint32Array;
}

type ServedEvent = Extract<ReadEvent, { event: "served" }>;

/** Counts the events of canaries, and compares them with the states that decided. */
export class Splits {
  readonly #splits = new Map<string, Split>();
  /** Events whose commit is not known here. */
  unknown = 0;
  /** Events that the state of their commit would have answered otherwise. */
  unexplained = 0;

  /**
   * Counts an event that a canary split; others are passed over.
   * @param arm the alias block of the event's commit; null when that commit has none, undefined when it is not known
   */
  add(event: ServedEvent, arm: Arm | null | undefined): void {
    if (!isSplit(event)) return;
    const split = arm === undefined ? undefined : arm?.canary && this.#split(event, arm, arm.canary);
    if (arm === undefined || (split === undefined && arm?.canary !== undefined)) this.unknown += 1;
    else if (split === undefined || !explains(split, event)) this.unexplained += 1;
    else split.counts[event.bucket] = (split.counts[event.bucket] ?? 0) + 1;
  }

  #split(event: ServedEvent, arm: Arm, canary: NonNullable<Arm["canary"]>): Split | undefined {
    const { prompt, alias } = event;
    const tenant = tenantOf(event);
    const id = JSON.stringify([prompt, alias, tenant, arm.serve, canary.serve, canary.percent, canary.seed]);
    const known = this.#splits.get(id);
    if (known !== undefined || this.#splits.size >= mostSplits) return known;
    const counts = new Uint32Array(buckets);
    const split = { prompt, alias, tenant, baseline: arm.serve, canary, counts };
    this.#splits.set(id, split);
    return split;
  }

  /** By prompt, alias, tenant and percentage. */
  checks(): readonly SplitCheck[] {
    const keyOf = ({ prompt, alias, tenant }: SplitCheck): string =>
      `${prompt} ${alias ?? ""} ${tenant ?? ""}`;
    return [...this.#splits.values()]
      .map(check)
      .sort((a, b) => (keyOf(a) === keyOf(b) ? a.percent - b.percent : keyOf(a) < keyOf(b) ? -1 : 1));
  }
}

/** Says whether a canary split an event: only then it has a bucket. */
export function isSplit(event: ReadEvent): event is ServedEvent & { readonly bucket: number } {
  return event.event === "served" && event.bucket !== null && event.arm !== null;
}

/** The tenant whose own alias block decided, if one did. */
export function tenantOf({ rule, tenant }: Pick<ServedEvent, "rule" | "tenant">): string | null {
  return tenant !== null && rule === `tenant.${tenant}` ? tenant : null;
}

function explains({ canary, baseline }: Split, { arm, bucket, version }: ServedEvent): boolean {
  if (bucket === null || canary.state !== "running") return false;
  const side = isWithin(bucket, canary.percent) ? "candidate" : "baseline";
  return arm === side && version === (side === "candidate" ? canary.serve : baseline);
}

/**
 * Pearson's chi-square test with one degree of freedom for a sample-ratio mismatch (Fabijan et al., KDD 2019), with the
 * variance corrected for callers who come often (Rao and Scott, 1981).
 */
function check({ prompt, alias, tenant, baseline, canary, counts }: Split): SplitCheck {
  const candidates = Math.round(canary.percent * 100); // buckets
  const arms = [counts.subarray(0, candidates), counts.subarray(candidates)].map(spread);
  const [observed, others] = arms.map(({ events }) => events);
  const events = (observed ?? 0) + (others ?? 0);
  const share = candidates / buckets;
  const design =
    arms.reduce((total, { events: some, dispersion }) => total + some * dispersion, 0) / Math.max(1, events);
  const effective = events / Math.max(1, design);
  const expected = events * share;
  const variance = events * share * (1 - share) * Math.max(1, design);
  const p = variance === 0 ? 1 : chiSquareTail(((observed ?? 0) - expected) ** 2 / variance);
  const isFew = effective * Math.min(share, 1 - share) < leastExpected;
  return {
    ...{ prompt, alias, tenant, baseline, candidate: canary.serve, percent: canary.percent },
    ...{ events, observed: observed ?? 0, expected, effective, p },
    verdict: isFew ? "too few" : p < significance ? "mismatch" : "ok",
  };
}

/**
 * The index of dispersion of the events in the buckets of one arm: 1 when each caller came once, since callers fall
 * into buckets like rain, and the mean size of a caller's crowd when they came often. So the key itself need not be known.
 */
function spread(counts: Uint32Array): { readonly events: number; readonly dispersion: number } {
  let events = 0;
  let squares = 0;
  for (const count of counts) {
    events += count;
    squares += count * count;
  }
  if (events === 0) return { events, dispersion: 1 };
  return { events, dispersion: Math.max(1, squares / events - events / counts.length) };
}
