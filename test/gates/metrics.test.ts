import { describe, expect, it, test } from "vitest";
import { judgeMetrics } from "../../src/gates/judge-metrics.js";
import { metricsOfFile, metricsOfOutput } from "../../src/gates/read-metrics.js";

describe("the metrics of an output", () => {
  it.each([
    ['{"a":1}\n', { a: 1 }],
    ['{"a":1}\nfine\n{"a":2}\r\n\nbye', { a: 2 }],
    ['{"a":2}\n{"a":', { a: 2 }],
    ['{"metrics":{"a":1},"b":2}', { a: 1 }],
    ['{"a":1,"b":"2","c":null,"d":true,"e":1e999}', { a: 1 }],
    ["{}", {}],
    ["[1]\n7\nfine", undefined],
    ["", undefined],
  ])("%j", (stdout, metrics) => {
    expect(metricsOfOutput(stdout)).toEqual(metrics);
  });

  it("may have any name", () => {
    const metrics = metricsOfOutput('{"__proto__":1}');
    expect(judgeMetrics(metrics ?? {}, { thresholds: { toString: { min: 1 } }, baseline: null })).toEqual([
      "toString was not reported",
    ]);
  });
});

describe("the metrics of a file", () => {
  it("are numbers of a JSON object", () => {
    expect(metricsOfFile('\ufeff{\n  "a": 1\n}\n')).toEqual({ a: 1 });
    expect(metricsOfFile("a: 1")).toBeUndefined();
  });

  it("are means over promptfoo's results", () => {
    const results = [
      { score: 1, namedScores: { tone: 1 }, latencyMs: 100, cost: 0.01 },
      { score: 0, namedScores: {}, latencyMs: 300 },
      { score: 0.5, namedScores: { tone: 0.5 }, latencyMs: 200, cost: 0.03 },
    ];
    const stats = { successes: 1, failures: 2, errors: 1, tokenUsage: { total: 10 } };
    const summary = { version: 3, timestamp: "2026-11-02T10:00:00Z", results, prompts: [], stats };
    const metrics = {
      score: 0.5,
      tone: 0.75,
      latency_ms: 200,
      latency_p95_ms: 300,
      cost_usd: 0.02,
      cost_total_usd: 0.04,
      successes: 1,
      failures: 2,
      errors: 1,
      pass_rate: 0.25,
    };
    expect(metricsOfFile(JSON.stringify({ evalId: "eval-1", results: summary, config: {} }))).toEqual(
      metrics,
    );
    expect(metricsOfFile(JSON.stringify(summary))).toEqual(metrics);
    const empty = { results: [], stats: { successes: 0, failures: 0, errors: 0 } };
    expect(metricsOfFile(JSON.stringify(empty))).toEqual({ successes: 0, failures: 0, errors: 0 });
  });
});

test("an evaluation of 50,000 cases is read as fast as its file is parsed", () => {
  const results = Array.from({ length: 50_000 }, (_, index) => ({ score: 1, latencyMs: index, cost: 0.001 }));
  const text = JSON.stringify({ results: { results, stats: { successes: 50_000, failures: 0 } } });
  const start = performance.now();
  expect(metricsOfFile(text)).toMatchObject({ score: 1, latency_ms: 24_999.5, pass_rate: 1 });
  expect(performance.now() - start).toBeLessThan(5000); // a minute when each value copies those before it
});

describe("a metric", () => {
  const judge = (value: number, threshold: object, before: number | null | undefined = null) =>
    judgeMetrics(
      { cost: value },
      {
        thresholds: { cost: threshold },
        baseline: before === null ? null : before === undefined ? undefined : { cost: before },
      },
    );

  it.each([
    [1, { min: 1, max: 1 }, null],
    [1.1, { max_increase_pct: 10 }, 1],
    [0.3 * 1.1, { max_increase_pct: 10 }, 0.1 + 0.2],
    [0.5, { max_increase_pct: 0 }, 1],
    [5, { max_increase_pct: 10 }, null],
    [0, { max_increase_pct: 10 }, 0],
    [-1, { max_increase_pct: 10 }, -1],
  ])("holds: %s against %j, %s today", (value, threshold, before) => {
    expect(judge(value, threshold, before)).toEqual([]);
  });

  it.each([
    [0.8, { min: 0.82 }, null, "cost 0.8 is below the minimum 0.82"],
    [4001, { max: 4000 }, null, "cost 4001 is above the maximum 4000"],
    [1.11, { max_increase_pct: 10 }, 1, "cost 1.11 is 11 % more than 1 today, and 10 % more is allowed"],
    [1, { max_increase_pct: 10 }, 0, "cost 1 is more than 0 today, and 10 % more is allowed"],
    [-0.5, { max_increase_pct: 10 }, -1, "cost -0.5 is 50 % more than -1 today, and 10 % more is allowed"],
  ])("does not hold: %s against %j, %s today", (value, threshold, before, reason) => {
    expect(judge(value, threshold, before)).toEqual([reason]);
  });
});

test("a version of today that could not be measured is no reason to let a new one pass", () => {
  const thresholds = { cost: { max_increase_pct: 10 } };
  const reasons = ["cost of the version served today was not reported"];
  expect(judgeMetrics({ cost: 1 }, { thresholds, baseline: undefined })).toEqual(reasons);
  expect(judgeMetrics({ cost: 1 }, { thresholds, baseline: {} })).toEqual(reasons);
});
