import { AsyncLocalStorage } from "node:async_hooks";
import {
  context,
  ROOT_CONTEXT,
  trace,
  type Context,
  type ContextManager,
  type Meter,
} from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { markSpan, otelSink, promptAttributes } from "../../src/sdk/otel/index.js";
import { createReporter } from "../../src/sdk/telemetry/reporter.js";
import { measured, served } from "./telemetry/story.js";

/** What `@opentelemetry/context-async-hooks` does, as far as spans need it. */
class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = () => this.#storage.getStore() ?? ROOT_CONTEXT;
  with = ((active: Context, run: (...args: unknown[]) => unknown, self: unknown, ...args: unknown[]) =>
    this.#storage.run(active, () => run.apply(self, args))) as ContextManager["with"];
  bind = <T>(_active: Context, target: T): T => target;
  enable = () => this;
  disable = () => this;
}

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer("test");

beforeAll(() => context.setGlobalContextManager(new Contexts()));
afterAll(async () => {
  context.disable();
  await provider.shutdown();
});
beforeEach(() => {
  exporter.reset();
});

function inSpan(run: () => void) {
  tracer.startActiveSpan("chat", (span) => {
    run();
    span.end();
  });
  const [span] = exporter.getFinishedSpans();
  return { attributes: span?.attributes, events: span?.events };
}

/** A meter that keeps what it is told, in the shape of the API. */
function recordingMeter() {
  const told: unknown[] = [];
  const instrument = (name: string) => ({
    add: (value: number, attributes: unknown) => told.push([name, value, attributes]),
    record: (value: number, attributes: unknown) => told.push([name, value, attributes]),
  });
  const meter = { createCounter: instrument, createHistogram: instrument } as unknown as Meter;
  return { meter, told };
}

const now = () => Date.UTC(2026, 10, 2, 10);

test("a served prompt is said on the active span, and the decision is an event of it", () => {
  const reporter = createReporter({ now, sinks: [otelSink()] });
  const { attributes, events } = inSpan(() => {
    const catalog = { commit: "c0ffee", tree: null };
    reporter.report(
      served({ reason: "SPLIT", rule: "canary.candidate", arm: "candidate", bucket: 7, catalog }),
    );
  });
  expect(attributes).toEqual({ "gen_ai.prompt.name": "welcome", "gen_ai.prompt.version": "1.0.0" });
  expect(events).toMatchObject([
    {
      name: "feature_flag.evaluation",
      attributes: {
        "feature_flag.key": "welcome",
        "feature_flag.provider.name": "promptsync",
        "feature_flag.result.reason": "split",
        "feature_flag.result.variant": "1.0.0",
        "feature_flag.set.id": "sales-bot",
        "feature_flag.version": "c0ffee",
        "promptsync.rule": "canary.candidate",
        "promptsync.arm": "candidate",
        "promptsync.source": "live",
      },
    },
  ]);
  expect(reporter.failed).toBe(0);
});

test("a fallback text has a name and no version", () => {
  const reporter = createReporter({ now, sinks: [otelSink()] });
  const fallback = { version: null, reason: "ERROR", source: "fallback", project: null } as const;
  const { attributes, events } = inSpan(() => {
    reporter.report(served(fallback));
  });
  expect(attributes).toEqual({ "gen_ai.prompt.name": "welcome" });
  expect(Object.keys(events?.[0]?.attributes ?? {})).toEqual([
    "feature_flag.key",
    "feature_flag.provider.name",
    "feature_flag.result.reason",
    "promptsync.rule",
    "promptsync.source",
  ]);
});

test("without an active span nothing is said and nothing fails", () => {
  const reporter = createReporter({ now, sinks: [otelSink()] });
  reporter.report(served());
  reporter.report(measured({ latency_ms: 250 }));
  expect([exporter.getFinishedSpans(), reporter.failed]).toEqual([[], 0]);
});

test("the span of a model call is marked with its prompt", () => {
  expect(promptAttributes({ id: "welcome@1.0.0" })).toEqual({
    "gen_ai.prompt.name": "welcome",
    "gen_ai.prompt.version": "1.0.0",
  });
  const { attributes } = inSpan(() => {
    markSpan({ id: "welcome@1.1.0" });
  });
  expect(attributes).toEqual({ "gen_ai.prompt.name": "welcome", "gen_ai.prompt.version": "1.1.0" });
  expect(trace.getActiveSpan()).toBeUndefined();
  markSpan({ id: "welcome@1.1.0" });
});

test("counts, durations in seconds and cost go to instruments", () => {
  const { meter, told } = recordingMeter();
  const reporter = createReporter({ now, sinks: [otelSink({ meter })] });
  reporter.report(served({ arm: "baseline" }));
  reporter.report(measured({ latency_ms: 250, cost_usd: 0.02, success: true }));
  reporter.report(measured({ latency_ms: -1, cost_usd: -1 }));
  const attributes = { "gen_ai.prompt.name": "welcome", "gen_ai.prompt.version": "1.0.0" };
  expect(told).toEqual([
    ["promptsync.prompt.served", 1, { ...attributes, "promptsync.arm": "baseline" }],
    ["promptsync.prompt.duration", 0.25, attributes],
    ["promptsync.prompt.cost", 0.02, attributes],
  ]);
});
