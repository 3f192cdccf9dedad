import fc from "fast-check";
import { expect, test } from "vitest";
import { Sketch } from "../../src/analytics/sketch.js";
import { Usage } from "../../src/analytics/usage.js";
import type { ReadEvent } from "../../src/core/telemetry/read-event.js";
import { measured, served } from "./story.js";

function rowsOf(events: readonly ReadEvent[]) {
  const usage = new Usage();
  for (const event of events) usage.add(event);
  return usage.rows();
}

test("versions are counted with their share of the prompt", () => {
  const candidate = served({ version: "1.1.0", arm: "candidate" });
  const baseline = served({ arm: "baseline" });
  const rows = rowsOf([candidate, baseline, baseline, baseline, served({ prompt: "refund" })]);
  expect(
    rows.map(({ prompt, version, arm, served: count, share }) => [prompt, version, arm, count, share]),
  ).toEqual([
    ["refund", "1.0.0", null, 1, 1],
    ["welcome", "1.0.0", "baseline", 3, 0.75],
    ["welcome", "1.1.0", "candidate", 1, 0.25],
  ]);
});

test("versions are in the order of versions, and fallback texts come last", () => {
  const rows = rowsOf([null, "1.10.0", "1.9.0"].map((version) => served({ version })));
  expect(rows.map(({ version }) => version)).toEqual(["1.9.0", "1.10.0", null]);
});

test("success, latency and cost are counted each by itself", () => {
  const [row] = rowsOf([
    measured({ success: true, latency_ms: 100, cost_usd: 0.02 }),
    measured({ success: true, latency_ms: 300 }),
    measured({ success: false }),
    measured({ success: "yes", latency_ms: -1, cost_usd: -1 }),
  ]);
  expect(row).toMatchObject({
    served: 0,
    share: 0,
    success: { count: 3, good: 2, rate: 2 / 3 },
    latency: { count: 2, p50: 100, p90: 300, p99: 300 },
    cost: { count: 1, total: 0.02, mean: 0.02 },
  });
});

test("without measurements there is no rate, no percentile and no mean", () => {
  expect(rowsOf([served()])[0]).toMatchObject({
    success: { rate: null },
    latency: { p50: null },
    cost: { mean: null },
  });
});

test("measurements that name no arm belong to the only arm of their version", () => {
  const arm = served({ arm: "baseline" });
  const rows = rowsOf([arm, measured({ latency_ms: 1 }), measured({ latency_ms: 3 }, { arm: "baseline" })]);
  expect(rows.map((row) => [row.arm, row.latency.count])).toEqual([["baseline", 2]]);
});

test("and stand apart when their version was served in several", () => {
  const rows = rowsOf([
    served({ arm: "baseline" }),
    served({ arm: "candidate" }),
    measured({ success: true }),
  ]);
  expect(rows.map((row) => [row.arm, row.success.count])).toEqual([
    [null, 1],
    ["baseline", 0],
    ["candidate", 0],
  ]);
});

test("a log of ten thousand prompts and more does not fill the memory", () => {
  const usage = new Usage();
  for (let index = 0; index < 10_005; index += 1) usage.add(served({ prompt: `p${index}` }));
  expect([usage.rows().length, usage.overflow]).toEqual([10_000, 5]);
});

const latencies = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 });

test("a percentile is exact for a thousand values and within 1 % for more", () => {
  fc.assert(
    fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const sketch = new Sketch();
      for (const value of values) sketch.add(value);
      const rank = Math.max(1, Math.ceil(share * values.length));
      const truth = values.toSorted((a, b) => a - b)[rank - 1] ?? 0;
      const answer = sketch.percentile(share) ?? Number.NaN;
      const error = values.length <= 1000 ? 0 : truth * 0.01000001 + 1e-9;
      expect(Math.abs(answer - truth)).toBeLessThanOrEqual(error);
    }),
    { numRuns: 50 },
  );
});

test("sketches that are merged answer as one", () => {
  fc.assert(
    fc.property(latencies, latencies, (left, right) => {
      const [one, both] = [new Sketch(), new Sketch()];
      const other = new Sketch();
      for (const value of left) one.add(value);
      for (const value of right) other.add(value);
      for (const value of [...left, ...right]) both.add(value);
      one.merge(other);
      expect([one.count, one.percentile(0.5), one.percentile(0.99)]).toEqual([
        both.count,
        both.percentile(0.5),
        both.percentile(0.99),
      ]);
    }),
    { numRuns: 20 },
  );
});
