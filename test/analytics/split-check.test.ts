import { expect, test } from "vitest";
import { chiSquareTail } from "../../src/analytics/chi-square.js";
import { Splits } from "../../src/analytics/split-check.js";
import { production, served, split } from "./story.js";

const keys = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

test("the tail of chi-square agrees with the published table for one degree of freedom", () => {
  const table: readonly [value: number, chance: number][] = [
    [0, 1],
    [0.455, 0.5],
    [2.706, 0.1],
    [3.841, 0.05],
    [6.635, 0.01],
    [10.828, 0.001],
    [15.137, 0.0001],
  ];
  for (const [value, chance] of table) expect(chiSquareTail(value) / chance).toBeCloseTo(1, 2);
});

test("a thousand callers under a 10 % canary are a right split", () => {
  const splits = new Splits();
  for (const key of keys(1000)) splits.add(split(key, production(10)), production(10));
  const [check] = splits.checks();
  expect(check).toMatchObject({
    prompt: "welcome",
    alias: "production",
    tenant: null,
    baseline: "1.0.0",
    candidate: "1.1.0",
    percent: 10,
    events: 1000,
    expected: 100,
    verdict: "ok",
  });
  expect(check?.effective).toBeGreaterThan(900);
  expect([splits.unknown, splits.unexplained]).toEqual([0, 0]);
});

test("a candidate that loses half of its events is a mismatch", () => {
  const splits = new Splits();
  for (const [index, key] of keys(4000).entries()) {
    const event = split(key, production(10));
    if (event.arm === "baseline" || index % 2 === 0) splits.add(event, production(10));
  }
  expect(splits.checks()[0]?.verdict).toBe("mismatch");
});

test("one caller who comes a thousand times is no evidence", () => {
  const splits = new Splits();
  for (let count = 0; count < 1000; count += 1) splits.add(split("user-1", production(10)), production(10));
  const [check] = splits.checks();
  expect(check).toMatchObject({ events: 1000, verdict: "too few" });
  expect(check?.effective).toBeLessThan(2);
});

test("callers who come fifty times each count about once", () => {
  const splits = new Splits();
  for (const key of keys(500))
    for (let count = 0; count < 50; count += 1) splits.add(split(key, production(10)), production(10));
  const [check] = splits.checks();
  expect(check?.verdict).toBe("ok");
  expect(check?.effective).toBeGreaterThan(350);
  expect(check?.effective).toBeLessThan(650);
});

test("forty callers under a 10 % canary are too few", () => {
  const splits = new Splits();
  for (const key of keys(40)) splits.add(split(key, production(10)), production(10));
  expect(splits.checks()[0]?.verdict).toBe("too few");
});

test("a canary that was raised is checked at each of its percentages", () => {
  const splits = new Splits();
  for (const key of keys(200)) splits.add(split(key, production(50)), production(50));
  for (const key of keys(300)) splits.add(split(key, production(5)), production(5));
  expect(splits.checks().map(({ percent, events }) => [percent, events])).toEqual([
    [5, 300],
    [50, 200],
  ]);
});

test("a tenant's own canary is checked apart", () => {
  const splits = new Splits();
  const event = split("user-1", production(10));
  splits.add(event, production(10));
  splits.add({ ...event, tenant: "acme", rule: "tenant.acme" }, production(10));
  splits.add({ ...event, tenant: "acme" }, production(10));
  expect(splits.checks().map(({ tenant, events }) => [tenant, events])).toEqual([
    [null, 2],
    ["acme", 1],
  ]);
});

test("events of a commit that is not known here are counted and not judged", () => {
  const splits = new Splits();
  splits.add(split("user-1", production(10)), undefined);
  expect([splits.unknown, splits.unexplained, splits.checks()]).toEqual([1, 0, []]);
});

test("events that their state would have answered otherwise are counted", () => {
  const splits = new Splits();
  const event = split("user-1", production(10)); // bucket 6416 of another seed says nothing here: its own bucket does
  const paused = { ...production(10), canary: { ...production(10).canary, state: "paused" } };
  splits.add(event, null);
  splits.add(event, { serve: "1.0.0" });
  splits.add(event, paused);
  splits.add({ ...event, arm: event.arm === "baseline" ? "candidate" : "baseline" }, production(10));
  splits.add({ ...event, version: "3.0.0" }, production(10));
  expect([splits.unexplained, splits.unknown]).toEqual([5, 0]);
});

test("what no canary split is passed over", () => {
  const splits = new Splits();
  splits.add(served(), undefined);
  expect([splits.unknown, splits.unexplained, splits.checks()]).toEqual([0, 0, []]);
});
