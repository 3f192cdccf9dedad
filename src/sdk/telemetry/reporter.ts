import type { MetricsEvent, ServedEvent, TelemetryEvent } from "../../core/telemetry/event.js";
import { readMetrics } from "../../core/telemetry/metrics.js";
import { SinkQueue } from "./sink-queue.js";
import type { Sink } from "./sink.js";

/** An event before the reporter says when it happened. */
export type Untimed =
  Omit<ServedEvent, "time"> | (Omit<MetricsEvent, "metrics" | "time"> & { metrics: unknown });

/** Settings of a reporter; spans of time in ms. */
export interface ReporterOptions {
  readonly sinks: readonly Sink[];
  /** The most events that wait for each sink (10,000); further ones are dropped and counted. */
  readonly queueSize?: number;
  /** How long an event waits at most before it is written (1,000). */
  readonly flushInterval?: number;
  /** How long a sink may take over one write (5,000). */
  readonly writeTimeout?: number;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** What became of events that no sink took. */
export interface ReporterCounts {
  /** Events that found a full queue or a closed reporter; one for each sink. */
  readonly dropped: number;
  /** Measurements that are no finite number, boolean or short text. */
  readonly refused: number;
  /** Events of writes that threw or took too long. */
  readonly failed: number;
}

/** Takes events to sinks, without ever blocking or throwing into the caller. */
export interface Reporter extends ReporterCounts {
  readonly report: (event: Untimed) => void;
  /** Writes what waits; resolves when every sink is done or given up, and never rejects. */
  readonly flush: () => Promise<void>;
  /** Flushes, then closes the sinks; events reported later are dropped. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a reporter. Its only timer runs while events wait, and does not keep the process alive: call `close` at the
 * end of a short script.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const { sinks, queueSize = 10_000, flushInterval = 1_000, writeTimeout = 5_000, now } = options;
  const immediate = sinks.filter((sink) => sink.immediate === true);
  const queues = sinks
    .filter((sink) => sink.immediate !== true)
    .map((sink) => new SinkQueue(sink, { queueSize, writeTimeout }));
  const closing = immediate.map((sink) => new SinkQueue(sink, { queueSize, writeTimeout }));
  let timer: NodeJS.Timeout | undefined;
  let isUrgent = false;
  let isClosed = false;
  let refused = 0;
  let failed = 0;
  let late = 0;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    isUrgent = false;
    await Promise.all(queues.map((queue) => queue.drain()));
  };
  const wakeUp = (): void => {
    const isHalfFull = queues.some(({ size }) => size * 2 > queueSize);
    if (queues.length === 0 || isUrgent || (timer !== undefined && !isHalfFull)) return;
    clearTimeout(timer);
    isUrgent = isHalfFull;
    timer = setTimeout(() => void flush(), isUrgent ? 0 : flushInterval);
    timer.unref();
  };
  const take = (event: TelemetryEvent): void => {
    for (const sink of immediate) {
      try {
        const result: unknown = sink.write([event]);
        if (result instanceof Promise) result.catch(() => (failed += 1));
      } catch {
        failed += 1;
      }
    }
    for (const queue of queues) queue.add(event);
    wakeUp();
  };
  const timed = (event: Untimed): TelemetryEvent | undefined => {
    const time = new Date(now()).toISOString();
    if (event.event === "served") return { ...event, time };
    const read = readMetrics(event.metrics);
    refused += read.refused;
    return Object.keys(read.metrics).length === 0 ? undefined : { ...event, time, metrics: read.metrics };
  };
  const sum = (count: "dropped" | "failed"): number =>
    [...queues, ...closing].reduce((total, queue) => total + queue[count], 0);

  return {
    report: (event) => {
      if (isClosed) {
        late += sinks.length;
        return;
      }
      try {
        const whole = timed(event);
        if (whole !== undefined) take(whole);
      } catch {
        refused += 1; // an event that is none, or a clock that is none
      }
    },
    flush,
    close: async () => {
      isClosed = true;
      await flush();
      await Promise.all([...queues, ...closing].map((queue) => queue.close()));
    },
    get dropped() {
      return late + sum("dropped");
    },
    get refused() {
      return refused;
    },
    get failed() {
      return failed + sum("failed");
    },
  };
}
