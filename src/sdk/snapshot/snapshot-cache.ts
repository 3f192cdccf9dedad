import { setMaxListeners } from "node:events";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { within } from "../../store/sources/deadline.js";
import type { Source } from "../../store/sources/source.js";
import type { Clock } from "./clock.js";
import type { KeptSnapshots } from "./kept-snapshots.js";
import { Snapshot } from "./snapshot.js";

/** How long a snapshot is good; spans in ms. */
export interface Freshness {
  /** Until then it is not asked whether there is a newer one. */
  readonly ttl: number;
  /** Until then a kept file is good enough to begin with. */
  readonly fileTtl: number;
  /** After that nothing is served any more. */
  readonly maxStale: number;
  /** `background` answers from what is there and refreshes behind; `blocking` waits for the refresh. */
  readonly strategy: "background" | "blocking";
  /** How long one read of the source may take. */
  readonly timeout: number;
}

/**
 * What the cache tells: another registry is served, the source cannot be read, it can be read again, the last good
 * registry could not be kept on disk.
 */
export type CacheEvent = "change" | "stale" | "live" | "unkept";

interface CacheOptions extends Freshness {
  readonly source: Source;
  readonly clock: Clock;
  readonly defaultAlias?: string | undefined;
  /** Where the last good snapshot is kept between runs. */
  readonly kept?: KeptSnapshots | undefined;
  readonly onEvent: (event: CacheEvent) => void;
}

/** A snapshot to answer from. */
export interface Held {
  readonly snapshot: Snapshot;
  /** Time since the source last confirmed it, in ms. */
  readonly ageMs: number;
  readonly isStale: boolean;
}

const firstRetry = 1_000; // ms; doubles with every failure up to the time to live

/**
 * Holds one snapshot at a time and swaps it whole. Whoever asks while it is fresh gets it without any I/O. However many
 * ask when it is not, the source is read once. No timer runs: time is looked at when somebody asks.
 */
export class SnapshotCache {
  readonly #options: CacheOptions;
  readonly #closing = new AbortController();
  #current: { readonly snapshot: Snapshot; readonly confirmedAt: number } | undefined;
  #flight: Promise<void> | undefined;
  #failures = 0;
  #retryAt = 0;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  /** The snapshot of now without any I/O; undefined before the first read. A refresh that is due begins. */
  get held(): Held | undefined {
    this.#assertOpen();
    const held = this.#look();
    if (held !== undefined && held.ageMs >= this.#options.ttl) this.#refreshBehind();
    return held !== undefined && held.ageMs <= this.#options.maxStale ? held : undefined;
  }

  /**
   * The snapshot to answer from. Waits only when there is none, when it is too old, or when that is the strategy.
   * @throws PromptSyncError `SOURCE_UNREACHABLE` and others of the source, when nothing is left that may be served
   */
  async hold(): Promise<Held> {
    this.#assertOpen();
    if (this.#current === undefined) await this.#begin();
    const held = this.#look();
    const { ttl, maxStale, strategy } = this.#options;
    if (held !== undefined && held.ageMs < ttl) return held;
    const mayWait = held === undefined || held.ageMs > maxStale || strategy === "blocking";
    if (!mayWait) {
      this.#refreshBehind();
      return held;
    }
    if (held === undefined || held.ageMs > maxStale || this.#isDue) await this.#tryRefresh(held);
    const now = this.#look();
    if (now !== undefined && now.ageMs <= maxStale) return now;
    throw new PromptSyncError(
      "SOURCE_UNREACHABLE",
      `what is known of ${this.#options.source.label} is ${String(Math.round((now?.ageMs ?? 0) / 1000))} s old`,
      { hint: "`maxStale` allows no older answers; look why the source cannot be read" },
    );
  }

  /** Reads the source now, whatever the age; joins a read that is under way. Throws what the source throws. */
  async refresh(): Promise<void> {
    this.#assertOpen();
    await (this.#flight ??= this.#read().finally(() => (this.#flight = undefined)));
  }

  /** Ends reads that are under way, and closes the source. */
  close(): void {
    this.#closing.abort();
    this.#options.source.close();
  }

  /** Ends with the cache. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  #look(): Held | undefined {
    if (this.#current === undefined) return undefined;
    const { snapshot, confirmedAt } = this.#current;
    const ageMs = Math.max(0, this.#options.clock.steady() - confirmedAt);
    return { snapshot, ageMs, isStale: this.#failures > 0 || ageMs >= this.#options.ttl };
  }

  /** The first answer: a kept file when it is young enough, so that a restart costs no wait; else the source. */
  async #begin(): Promise<void> {
    const { kept, ttl, fileTtl, strategy } = this.#options;
    if (kept === undefined) return this.refresh();
    const good = strategy === "background" ? Math.max(ttl, fileTtl) : ttl;
    if (await this.#restore(good)) return;
    await this.#tryRefresh(undefined);
  }

  /** Serves the kept snapshot when it is at most so old; says whether it does. */
  async #restore(maxAge: number): Promise<boolean> {
    const { kept, clock, defaultAlias } = this.#options;
    const restored = await kept?.read({ maxAge, defaultAlias, signal: this.signal });
    if (restored === undefined || this.#current !== undefined) return this.#current !== undefined;
    this.#swap(restored.snapshot, clock.steady() - restored.ageMs);
    return true;
  }

  /** Refreshes; when that fails, what is there (or was kept) has to do, if it may. */
  async #tryRefresh(held: Held | undefined): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      if (held !== undefined && held.ageMs <= this.#options.maxStale) return;
      if (held === undefined && (await this.#restore(this.#options.maxStale))) return;
      throw error;
    }
  }

  get #isDue(): boolean {
    return this.#failures === 0 || this.#options.clock.steady() >= this.#retryAt;
  }

  #refreshBehind(): void {
    if (this.#flight !== undefined || !this.#isDue) return;
    this.refresh().catch(() => undefined); // it is counted, told as an event, and tried again
  }

  async #read(): Promise<void> {
    const { source, clock, timeout, ttl, defaultAlias, kept } = this.#options;
    const startedAt = clock.steady();
    const previous = this.#current?.snapshot;
    try {
      const snapshot = await within(
        { label: source.label, signal: this.signal, timeoutMs: timeout },
        async (signal) => {
          setMaxListeners(0, signal); // as many as files are read at once; Node would warn at the eleventh
          const picture = await source.load(previous?.picture.mark, signal);
          if (picture === "unchanged") return previous;
          return Snapshot.of(picture, { previous, defaultAlias, signal });
        },
      );
      if (snapshot === undefined) throw new TypeError(`${source.label} says unchanged, and was never read`);
      this.#swap(snapshot, startedAt);
    } catch (error) {
      this.#failures += 1;
      this.#retryAt = clock.steady() + Math.min(ttl, firstRetry * 2 ** (this.#failures - 1));
      if (this.#failures === 1) this.#options.onEvent("stale");
      throw isPromptSyncError(error) ? error : unreachable(source.label, error);
    }
    if (this.#failures > 0) this.#options.onEvent("live");
    this.#failures = 0;
    // Nobody waits for the disk.
    if (kept !== undefined && this.#current !== undefined)
      void kept.keep(this.#current.snapshot).then((isKept) => {
        if (!isKept) this.#options.onEvent("unkept");
      });
  }

  #swap(snapshot: Snapshot, confirmedAt: number): void {
    const before = this.#current?.snapshot;
    this.#current = { snapshot, confirmedAt };
    if (before === undefined || before === snapshot) return;
    const { tree } = snapshot.picture;
    if (tree === null || tree !== before.picture.tree) this.#options.onEvent("change");
  }

  #assertOpen(): void {
    if (!this.signal.aborted) return;
    throw new PromptSyncError("CLOSED", "this manager is closed", {
      hint: "make a new `PromptManager`, or call `close` later",
    });
  }
}

function unreachable(label: string, cause: unknown): PromptSyncError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PromptSyncError("SOURCE_UNREACHABLE", `${label} cannot be read: ${why}`, {
    hint: "check that it is there and may be read",
    cause,
  });
}
