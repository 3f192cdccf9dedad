import { entryOf, idsOf, type ById } from "../core/state/state.js";
import type { Threshold } from "./gate.js";
import type { Metrics } from "./read-metrics.js";

/** What a check is held against: what it has to reach, and what the version served today reaches. */
export interface Measure {
  readonly thresholds: ById<Threshold>;
  /** Null when nothing is served today: then nothing can have got worse. Undefined when it could not be measured. */
  readonly baseline: Metrics | null | undefined;
}

/** Floating-point sums must not fail a metric that stands exactly on its limit. */
const tolerance = 1e-9;

/** Says what is wrong with the metrics of a check, one sentence each; empty when they hold. */
export function judgeMetrics(metrics: Metrics, { thresholds, baseline }: Measure): string[] {
  return idsOf(thresholds).flatMap((name) => {
    const { min, max, max_increase_pct: limit } = entryOf(thresholds, name) ?? {};
    const value = entryOf(metrics, name);
    if (value === undefined) return [`${name} was not reported`];
    const wrong: string[] = [];
    if (min !== undefined && value < min)
      wrong.push(`${name} ${show(value)} is below the minimum ${show(min)}`);
    if (max !== undefined && value > max)
      wrong.push(`${name} ${show(value)} is above the maximum ${show(max)}`);
    if (limit !== undefined && baseline !== null) {
      const before = baseline === undefined ? undefined : entryOf(baseline, name);
      const grown =
        before === undefined
          ? `${name} of the version served today was not reported`
          : increase(before, value, limit);
      if (grown !== undefined) wrong.push(before === undefined ? grown : `${name} ${grown}`);
    }
    return wrong;
  });
}

/** Whether a measurement of the version served today is needed. */
export function needsBaseline(thresholds: ById<Threshold>): boolean {
  return Object.values(thresholds).some(({ max_increase_pct: limit }) => limit !== undefined);
}

function increase(before: number, value: number, limit: number): string | undefined {
  const allowed = before + (Math.abs(before) * limit) / 100;
  if (value <= allowed + Math.abs(allowed) * tolerance) return undefined;
  const pct = before === 0 ? "" : `${show(((value - before) / Math.abs(before)) * 100)} % `;
  return `${show(value)} is ${pct}more than ${show(before)} today, and ${show(limit)} % more is allowed`;
}

/** A number with at most four digits that matter. */
export function show(value: number): string {
  return String(Number(value.toPrecision(4)));
}
