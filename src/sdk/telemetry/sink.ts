import type { TelemetryEvent } from "../../core/telemetry/event.js";

/** Takes events somewhere: a file, a function, a tracer. */
export interface Sink {
  /** Takes events, the oldest first. What it throws is counted and goes no further. */
  readonly write: (events: readonly TelemetryEvent[]) => unknown;
  /**
   * True makes `write` run inside the reporting call, one event at a time, instead of later from the queue: for what
   * belongs to the caller's context, such as the active span. It must be quick, and its promises are not awaited.
   */
  readonly immediate?: boolean;
  readonly close?: () => unknown;
}

/** Makes a sink of a function, which gets one event at a time. */
export function callbackSink(callback: (event: TelemetryEvent) => unknown): Sink {
  return {
    write: async (events) => {
      for (const event of events) await callback(event);
    },
  };
}
