import type { TelemetryEvent } from "../../core/telemetry/event.js";
import type { Sink } from "./sink.js";

const batch = 500; // events a write: bounds what a slow sink holds up

interface Limits {
  /** The most events that wait; further ones are dropped. */
  readonly queueSize: number;
  /** How long a write may take, in ms, before its events are given up. */
  readonly writeTimeout: number;
}

/**
 * The events that wait for one sink. A sink that throws loses its batch; one that hangs loses its batch and gets no
 * other until its write settles, so that it neither piles up writes nor holds up other sinks.
 */
export class SinkQueue {
  #waiting: TelemetryEvent[] = [];
  #draining: Promise<void> | undefined;
  #isHanging = false;
  /** Whoever closes waits for the end: only then does the limit of a write keep the process alive. */
  #isClosing = false;
  #timer: NodeJS.Timeout | undefined;
  dropped = 0;
  failed = 0;

  constructor(
    readonly sink: Sink,
    readonly limits: Limits,
  ) {}

  get size(): number {
    return this.#waiting.length;
  }

  /** Queues an event, or counts it as dropped when the queue is full. */
  add(event: TelemetryEvent): void {
    if (this.#waiting.length < this.limits.queueSize) this.#waiting.push(event);
    else this.dropped += 1;
  }

  /** Writes what waits; resolves when that is done or given up, and never rejects. */
  drain(): Promise<void> {
    this.#draining ??= this.#drain().finally(() => (this.#draining = undefined));
    return this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#isHanging) {
      const events = this.#waiting.slice(0, batch);
      this.#waiting = this.#waiting.slice(batch);
      if (!(await this.#isDone(() => this.sink.write(events)))) this.failed += events.length;
    }
  }

  /** Closes the sink after a last write; what still waits then is dropped. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#timer?.ref();
    await this.drain();
    this.dropped += this.#waiting.length;
    this.#waiting = [];
    if (!this.#isHanging) await this.#isDone(() => this.sink.close?.());
  }

  /** Says whether a step of the sink ended well and in time. */
  async #isDone(step: () => unknown): Promise<boolean> {
    const settled = (async () => step())().then(
      () => true,
      () => false,
    );
    this.#isHanging = true;
    void settled.then(() => {
      this.#isHanging = false;
      return this.drain(); // after a hang; else it is draining already
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, this.limits.writeTimeout, false);
      if (!this.#isClosing) timer.unref();
      this.#timer = timer;
    });
    try {
      return await Promise.race([settled, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
