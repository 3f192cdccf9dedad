import { setMaxListeners } from "node:events";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { within } from "../../store/sources/deadline.js";
import type { Picture, Source } from "../../store/sources/source.js";
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
  /** It comes from the disk, and the source was not asked yet: it knows only the texts that were kept. */
  readonly isRestored: boolean;
}

interface Current {
  readonly snapshot: Snapshot;
  readonly confirmedAt: number;
  readonly isRestored: boolean;
}

const firstRetry = 1_000; // ms; doubles with every failure up to the time to live
const brokenTtl = 10_000; // ms; a version that could not be read may be in the middle of being written

/**
 * Holds one snapshot at a time and swaps it whole. Whoever asks while it is fresh gets it without any I/O. However many
 * ask when it is not, the source is read once. No timer runs: time is looked at when somebody asks.
 */
export class SnapshotCache {
  readonly #options: CacheOptions;
  readonly #closing = new AbortController();
  #current: Current | undefined;
  #beginning: Promise<void> | undefined;
  #flight: Promise<void> | undefined;
  #failures = 0;
  #retryAt = 0;
  #lastError: unknown;

  constructor(options: CacheOptions) {
    this.#options = { ...options, ttl: Math.min(options.ttl, options.maxStale) };
    setMaxListeners(0, this.#closing.signal); // as many as there are reads; Node would warn at the eleventh
  }

  /** What was read last, however old; asks for nothing. */
  get latest(): Snapshot | undefined {
    return this.#current?.snapshot;
  }

  /**
   * The snapshot of now without any I/O; undefined before the first read, and when it is too old. A refresh that is due
   * begins.
   */
  get held(): Held | undefined {
    this.#assertOpen();
    const held = this.#look();
    if (held === undefined || held.ageMs >= this.#ttl) this.#refreshBehind();
    return held !== undefined && held.ageMs <= this.#options.maxStale ? held : undefined;
  }

  /** The snapshot, when it is fresh and every text of it can be had; asks for nothing. */
  get fresh(): Held | undefined {
    this.#assertOpen();
    const held = this.#look();
    return held !== undefined && held.ageMs < this.#ttl && !held.isRestored ? held : undefined;
  }

  /**
   * The snapshot to answer from. Waits only when there is none, when it is too old, or when that is the strategy.
   * @throws PromptSyncError `SOURCE_UNREACHABLE` and others of the source, when nothing is left that may be served;
   * `CLOSED`
   */
  async hold(): Promise<Held> {
    this.#assertOpen();
    if (this.#current === undefined) {
      await (this.#beginning ??= this.#begin().finally(() => (this.#beginning = undefined)));
      const begun = this.#look();
      if (begun !== undefined) return begun;
    }
    const held = this.#look();
    const { maxStale, strategy } = this.#options;
    if (held !== undefined && held.ageMs < this.#ttl) return held;
    if (held !== undefined && held.ageMs <= maxStale && (strategy === "background" || !this.#isDue)) {
      this.#refreshBehind();
      return held;
    }
    await this.#tryRefresh(held);
    const now = this.#look();
    if (now === undefined) throw new TypeError("a refresh that did not fail left nothing");
    return now;
  }

  /** Reads the source now, whatever the age; joins a read that is under way. Throws what the source throws. */
  async refresh(): Promise<void> {
    this.#assertOpen();
    await (this.#flight ??= this.#read().finally(() => (this.#flight = undefined)));
  }

  /** Ends reads that are under way, closes the source, and waits for what is being kept on disk. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#options.source.close();
    await this.#options.kept?.settled;
  }

  /** Ends with the cache. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  get #ttl(): number {
    const { ttl } = this.#options;
    return this.#current?.snapshot.isWhole === false ? Math.min(ttl, brokenTtl) : ttl;
  }

  #look(): Held | undefined {
    if (this.#current === undefined) return undefined;
    const { snapshot, confirmedAt, isRestored } = this.#current;
    const ageMs = Math.max(0, this.#options.clock.steady() - confirmedAt);
    // What was confirmed this very moment is fresh, also when nothing may be kept for any time.
    const isStale = this.#failures > 0 || (ageMs > 0 && ageMs >= this.#options.ttl);
    return { snapshot, ageMs, isStale, isRestored };
  }

  /** The first answer: a kept file when it is young enough, so that a restart costs no wait; else the source. */
  async #begin(): Promise<void> {
    const { kept, ttl, fileTtl, strategy } = this.#options;
    const good = strategy === "background" ? Math.max(ttl, fileTtl) : ttl;
    if (kept !== undefined && (await this.#restore(good))) {
      if (this.#look()?.isStale === true) this.#refreshBehind();
      return;
    }
    await this.#tryRefresh(undefined);
  }

  /** Serves the kept snapshot when it is at most so old; says whether it does. */
  async #restore(maxAge: number): Promise<boolean> {
    const { kept, clock, defaultAlias } = this.#options;
    const restored = await kept?.read({ maxAge, defaultAlias, signal: this.signal });
    if (restored === undefined || this.#current !== undefined) return this.#current !== undefined;
    this.#swap({ ...restored, confirmedAt: clock.steady() - restored.ageMs, isRestored: true });
    return true;
  }

  /**
   * Refreshes; when that fails, what is there (or was kept) has to do, if it may. Nobody waits for a source that has
   * just failed: until it is time to try again, its error is the answer.
   */
  async #tryRefresh(held: Held | undefined): Promise<void> {
    try {
      if (!this.#isDue && this.#flight === undefined) throw this.#lastError;
      await this.refresh();
    } catch (error) {
      if (this.signal.aborted) throw error;
      if (held !== undefined && held.ageMs <= this.#options.maxStale) return;
      if (held === undefined && (await this.#restore(this.#options.maxStale))) return;
      throw error;
    }
  }

  get #isDue(): boolean {
    return this.#failures === 0 || this.#options.clock.steady() >= this.#retryAt;
  }

  #refreshBehind(): void {
    if (this.#flight !== undefined || this.#beginning !== undefined || !this.#isDue) return;
    this.refresh().catch(() => undefined); // it is counted, told as an event, and tried again
  }

  async #read(): Promise<void> {
    const { clock, ttl, kept } = this.#options;
    const confirmedAt = clock.steady();
    try {
      const snapshot = await this.#readSource();
      this.#swap({ snapshot, confirmedAt, isRestored: false });
    } catch (error) {
      if (this.signal.aborted) throw closed();
      this.#lastError = isPromptSyncError(error) ? error : unreachable(this.#options.source.label, error);
      this.#failures += 1;
      this.#retryAt = clock.steady() + Math.min(ttl, firstRetry * 2 ** (this.#failures - 1));
      if (this.#failures === 1) this.#options.onEvent("stale");
      throw this.#lastError;
    }
    if (this.#failures > 0) this.#options.onEvent("live");
    this.#failures = 0;
    // Nobody waits for the disk.
    if (kept !== undefined && this.#current !== undefined)
      void kept.keep(this.#current.snapshot).then((isKept) => {
        if (!isKept) this.#options.onEvent("unkept");
      });
  }

  /** Each step has the whole time: what makes progress is not given up, however much there is to read. */
  async #readSource(): Promise<Snapshot> {
    const { source, timeout: timeoutMs, defaultAlias } = this.#options;
    const { label } = source;
    const previous = this.#current?.snapshot;
    const inTime = <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
      within({ label, signal, timeoutMs }, (own) => {
        setMaxListeners(0, own);
        return work(own);
      });
    const picture = await inTime(this.signal, (signal) => source.load(previous?.picture.mark, signal));
    if (picture === "unchanged") {
      if (previous === undefined) throw new TypeError(`${label} says unchanged, and was never read`);
      return previous;
    }
    const read: Picture["read"] = (versions, signal) => inTime(signal, (own) => picture.read(versions, own));
    return Snapshot.of({ ...picture, read }, { previous, defaultAlias, signal: this.signal });
  }

  #swap(current: Current): void {
    const before = this.#current?.snapshot;
    this.#current = current;
    if (before !== undefined && !isSame(before, current.snapshot)) this.#options.onEvent("change");
  }

  #assertOpen(): void {
    if (this.signal.aborted) throw closed();
  }
}

/** Whether two snapshots hold the same registry. Two bundles of one tree may hold different versions. */
function isSame(one: Snapshot, other: Snapshot): boolean {
  if (one === other) return true;
  const areBundles = [one, other].every(({ catalog }) => catalog.origin.kind === "bundle");
  if (areBundles) return one.picture.mark === other.picture.mark;
  return one.picture.tree !== null && one.picture.tree === other.picture.tree;
}

/** What a manager says after its end. */
export function closed(): PromptSyncError {
  return new PromptSyncError("CLOSED", "this manager is closed", {
    hint: "make a new `PromptManager`, or call `close` later",
  });
}

function unreachable(label: string, cause: unknown): PromptSyncError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PromptSyncError("SOURCE_UNREACHABLE", `${label} cannot be read: ${why}`, {
    hint: "check that it is there and may be read",
    cause,
  });
}
