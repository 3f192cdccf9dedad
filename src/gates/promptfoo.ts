import { addTo } from "../core/add-to.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";

/**
 * The metrics of a promptfoo results file (`promptfoo eval -o results.json`), or undefined for another document: the
 * means of score, latency_ms, cost_usd and every named score over all results, latency_p95_ms and cost_total_usd,
 * and how many succeeded.
 * Shape: `OutputFile` in promptfoo's `src/types`; its summary stands under `results`, or is the document itself.
 */
export function promptfooMetrics(document: JsonObject): Record<string, number> | undefined {
  const summary = isJsonObject(document.results) ? document.results : document;
  const { results, stats } = summary;
  if (!Array.isArray(results) || !isJsonObject(stats)) return undefined;
  const rows = (results as readonly JsonValue[]).filter(isJsonObject);
  const columns = new Map<string, number[]>();
  const add = (name: string, value: JsonValue | undefined): void => {
    if (typeof value === "number") addTo(columns, name, value);
  };
  for (const { namedScores, score, latencyMs, cost } of rows) {
    for (const [name, value] of Object.entries(isJsonObject(namedScores) ? namedScores : {}))
      add(name, value);
    add("score", score);
    add("latency_ms", latencyMs);
    add("cost_usd", cost);
  }
  const metrics = Object.fromEntries(
    [...columns].map(([name, values]) => [name, sum(values) / values.length]),
  );
  return { ...metrics, ...extremes(columns), ...shares(stats) };
}

function extremes(columns: ReadonlyMap<string, readonly number[]>): Record<string, number> {
  const latencies = [...(columns.get("latency_ms") ?? [])].sort((a, b) => a - b);
  const slow = latencies[Math.ceil(latencies.length * 0.95) - 1];
  const costs = columns.get("cost_usd");
  return {
    ...(slow === undefined ? {} : { latency_p95_ms: slow }),
    ...(costs === undefined ? {} : { cost_total_usd: sum(costs) }),
  };
}

function shares({ successes, failures, errors = 0 }: JsonObject): Record<string, number> {
  if (typeof successes !== "number" || typeof failures !== "number" || typeof errors !== "number") return {};
  const all = successes + failures + errors;
  return { successes, failures, errors, ...(all === 0 ? {} : { pass_rate: successes / all }) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
