import { expect, test } from "vitest";
import type { TelemetryEvent } from "../../../src/core/telemetry/event.js";
import { createReporter, type ReporterOptions } from "../../../src/sdk/telemetry/reporter.js";
import { callbackSink, type Sink } from "../../../src/sdk/telemetry/sink.js";
import { measured, served } from "./story.js";

const now = () => Date.UTC(2026, 10, 2, 10);

function listening(options: Partial<ReporterOptions> = {}) {
  const seen: TelemetryEvent[] = [];
  const sinks: readonly Sink[] = [callbackSink((event) => seen.push(event)), ...(options.sinks ?? [])];
  return { seen, reporter: createReporter({ now, ...options, sinks }) };
}

test("an event reaches the sink with the time of the report", async () => {
  const { seen, reporter } = listening();
  reporter.report(served());
  expect(seen).toEqual([]);
  await reporter.flush();
  expect(seen).toEqual([{ ...served(), time: "2026-11-02T10:00:00.000Z" }]);
});

test("events are written by themselves after the interval", async () => {
  const { seen, reporter } = listening({ flushInterval: 1 });
  reporter.report(served());
  await expect.poll(() => seen.length).toBe(1);
});

test("a queue that is half full is written before the interval", async () => {
  const { seen, reporter } = listening({ queueSize: 4, flushInterval: 1e9 });
  for (let count = 0; count < 3; count += 1) reporter.report(served());
  await expect.poll(() => seen.length).toBe(3);
});

test("events that find a full queue are counted", async () => {
  const { seen, reporter } = listening({ queueSize: 2 });
  for (let count = 0; count < 5; count += 1) reporter.report(served());
  await reporter.flush();
  expect([seen.length, reporter.dropped]).toEqual([2, 3]);
});

test("a sink that throws loses its events, and the others do not", async () => {
  const throws = { write: () => raise("sync") };
  const rejects = { write: () => Promise.reject(new Error("async")) };
  const { seen, reporter } = listening({ sinks: [throws, rejects] });
  reporter.report(served());
  await reporter.flush();
  expect([seen.length, reporter.failed]).toEqual([1, 2]);
});

test("a sink that hangs gets one write, holds up nobody, and fills its own queue only", async () => {
  let writes = 0;
  const hangs = { write: () => new Promise(() => (writes += 1)) };
  const { seen, reporter } = listening({ sinks: [hangs], writeTimeout: 5, queueSize: 1 });
  for (let count = 0; count < 3; count += 1) {
    reporter.report(served());
    await reporter.flush();
  }
  expect({ seen: seen.length, writes, failed: reporter.failed, dropped: reporter.dropped }).toEqual({
    seen: 3,
    writes: 1,
    failed: 1,
    dropped: 1,
  });
  await reporter.close();
});

test("a sink that hung for a while goes on where it stopped", async () => {
  const releases: (() => void)[] = [];
  const slow: Sink = { write: () => new Promise<void>((resolve) => releases.push(resolve)) };
  const reporter = createReporter({ now, sinks: [slow], writeTimeout: 5 });
  reporter.report(served());
  await reporter.flush();
  reporter.report(served());
  await reporter.flush();
  expect(releases).toHaveLength(1);
  releases[0]?.();
  await expect.poll(() => releases.length).toBe(2);
});

test("an immediate sink is called inside the report, and what it throws stays there", () => {
  const seen: string[] = [];
  const sink: Sink = { immediate: true, write: ([event]) => seen.push(event?.prompt ?? "") };
  const broken: Sink = { immediate: true, write: () => raise("no tracer") };
  const reporter = createReporter({ now, sinks: [broken, sink] });
  reporter.report(served());
  expect([seen, reporter.failed]).toEqual([["welcome"], 1]);
});

test("close writes what waits, closes every sink, and drops what comes later", async () => {
  const closed: string[] = [];
  const sinks: readonly Sink[] = [
    { write: () => undefined, close: () => closed.push("queued") },
    { write: () => undefined, close: () => closed.push("immediate"), immediate: true },
    { write: () => undefined, close: () => raise("close") },
  ];
  const { seen, reporter } = listening({ sinks });
  reporter.report(served());
  await reporter.close();
  reporter.report(served());
  expect([seen.length, closed.sort(), reporter.dropped]).toEqual([1, ["immediate", "queued"], 4]);
});

test("measurements that are no finite number, boolean or short text are refused and counted", async () => {
  const { seen, reporter } = listening();
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const hostile = {
    success: true,
    latency_ms: 250,
    outcome: "sent",
    cost_usd: Number.NaN,
    input_tokens: Number.POSITIVE_INFINITY,
    cyclic,
    huge: "x".repeat(10_000),
    count: 10n,
    get secret(): number {
      return raise("a getter ran");
    },
  };
  reporter.report(measured(hostile));
  await reporter.flush();
  expect(seen[0]).toMatchObject({ metrics: { success: true, latency_ms: 250, outcome: "sent" } });
  expect(Object.keys((seen[0] as { metrics: object }).metrics)).toHaveLength(3);
  expect(reporter.refused).toBe(6);
});

test("a record that gives nothing makes no event", async () => {
  const { seen, reporter } = listening();
  const trap = new Proxy({}, { ownKeys: () => raise("trap") });
  for (const metrics of [null, "fast", [1], trap, { latency_ms: Number.NaN }])
    reporter.report(measured(metrics));
  await reporter.flush();
  expect([seen, reporter.refused]).toEqual([[], 5]);
});

test("at most 64 measurements of a record are kept", async () => {
  const { seen, reporter } = listening();
  reporter.report(measured(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`m${index}`, 1]))));
  await reporter.flush();
  expect(Object.keys((seen[0] as { metrics: object }).metrics)).toHaveLength(64);
  expect(reporter.refused).toBe(936);
});

test("what is no event at all, or a clock that is none, is refused", async () => {
  const { seen, reporter } = listening({ now: () => Number.NaN });
  reporter.report(served());
  reporter.report(undefined as never);
  await reporter.flush();
  expect([seen, reporter.refused]).toEqual([[], 2]);
});

function raise(message: string): never {
  throw new Error(message);
}
