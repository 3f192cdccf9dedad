import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import { resolve } from "../core/resolve/resolve.js";
import type { ResolveRequest } from "../core/resolve/resolution.js";
import type { VersionDiff } from "../diff/model.js";
import { enrich } from "../render/enrich/enrich.js";
import { openSource } from "../store/sources/open-source.js";
import type { Source } from "../store/sources/source.js";
import { answer, answerNow, answerWithText, type Prepared } from "./answer.js";
import type { Explanation, Origin } from "./explanation.js";
import { findRegistry } from "./find-registry.js";
import { Listeners } from "./listeners.js";
import {
  settingsOf,
  type PromptManagerOptions,
  type Settings,
  type PromptSource,
} from "./manager-options.js";
import { capabilityRequestOf, requestOf, type PromptOptions } from "./prompt-options.js";
import type { GetPrompt, GetPromptNow } from "./registry-types.js";
import type { ServedPrompt } from "./served-prompt.js";
import { KeptSnapshots } from "./snapshot/kept-snapshots.js";
import type { Answering, LoadedVersion } from "./snapshot/loaded-version.js";
import { closed, SnapshotCache, type CacheEvent, type Held } from "./snapshot/snapshot-cache.js";
import { createReporter, type Reporter, type ReporterCounts } from "./telemetry/reporter.js";
import { trackingMetadata, type TrackingRequest } from "./tracking.js";
import { Usage, type MetricsReport } from "./usage.js";

/**
 * Serves prompts in a running application: from memory, offline, with the reason for every answer.
 *
 * One immutable snapshot of the registry is held at a time and swapped whole; which version a call gets is decided per
 * call, by the same function as `promptsync resolve`. Nothing is read before the first call.
 */
export class PromptManager {
  readonly #settings: Settings;
  readonly #answering: Answering;
  readonly #listeners = new Listeners<CacheEvent>();
  readonly #usage: Usage;
  readonly #reporter: Reporter;
  readonly #source: PromptSource | undefined;
  readonly #defaultAlias: string | undefined;
  #main: SnapshotCache | undefined;
  #local: SnapshotCache | undefined;
  #isClosed = false;

  /** Throws `USAGE` for options that cannot be. */
  constructor(options: PromptManagerOptions = {}) {
    this.#settings = settingsOf(options);
    this.#source = options.source;
    this.#defaultAlias = options.defaultAlias;
    const { clock, sinks } = this.#settings;
    const { limits, whitespace = {} } = options;
    this.#answering = {
      rendering: { undefined: this.#settings.undefined, ...(limits === undefined ? {} : { limits }) },
      parsing: whitespace,
    };
    this.#reporter = createReporter({ sinks, now: clock.wall });
    this.#usage = new Usage(() => options.projectId ?? this.#main?.latest?.catalog.state.project?.id ?? null);
  }

  /**
   * The version that a call gets: `getPrompt("customer_support", { versionOrAlias: "stable", key: "user-1" })`, or
   * `getPrompt("customer_support@stable")`. Warm it costs no I/O.
   *
   * Throws `PROMPT_NOT_FOUND`, `ALIAS_NOT_FOUND`, `VERSION_NOT_FOUND`, `TARGETING_KEY_MISSING`, `NO_VERSION`,
   * `PROMPT_INVALID`, `TEMPLATE_SYNTAX`, `TEMPLATE_INCLUDE`; `SOURCE_UNREACHABLE`, `SOURCE_INVALID`, `STATE_INVALID`,
   * `INTEGRITY_MISMATCH` when there is nothing to serve yet; `USAGE`, `REFERENCE_INVALID`, `NAME_INVALID`.
   */
  readonly getPrompt = ((reference: string, options: PromptOptions = {}) =>
    this.#ask(reference, options, requestOf)) as GetPrompt<PromptOptions>;

  /**
   * The same from memory alone, without waiting; throws `NOT_READY` before the first read. Enrichers do not run, and
   * there is no `fallbackToLocal`.
   */
  readonly get = ((reference: string, options: PromptOptions = {}) => {
    const request = requestOf(reference, options, this.#settings);
    try {
      const held = this.#cache.held;
      if (held === undefined) throw notReady();
      const asking = { answering: this.#answering, prepared: unprepared(options) };
      const served = answerNow(this.#originOf(held), request, asking);
      if (typeof served === "string") throw notInMemory(served);
      return this.#told(served, options);
    } catch (error) {
      return this.#told(this.#fallback(error, options, request.name ?? reference), options);
    }
  }) as GetPromptNow<PromptOptions>;

  /** The version that a call gets of whatever prompt is linked to a capability. Throws `CAPABILITY_NOT_FOUND` too. */
  async getCapability(capability: string, options: PromptOptions = {}): Promise<ServedPrompt> {
    return this.#ask(capability, options, capabilityRequestOf);
  }

  /** Reads the registry, so that `get` works; with references, also versions that nothing serves by itself. */
  async prefetch(references: readonly string[] = []): Promise<void> {
    await this.#cache.hold();
    for (const reference of references) await this.#version(requestOf(reference, {}, this.#settings));
  }

  /** Asks the source now whether there is a newer registry. Throws what the source throws. */
  async refresh(): Promise<void> {
    await this.#cache.refresh();
  }

  /** What differs between two versions, aliases or ranges of a prompt. */
  async diff(name: string, from: string, to: string): Promise<VersionDiff> {
    const { diffVersions } = await import("./diff-versions.js");
    const one = await this.#version(requestOf(name, { versionOrAlias: from }, this.#settings));
    return diffVersions(one, await this.#version(requestOf(name, { versionOrAlias: to }, this.#settings)));
  }

  /** Tags for the metadata field of a provider: flat texts within the bounds that providers set. */
  createTrackingMetadata(request: TrackingRequest): Readonly<Record<string, string>> {
    return trackingMetadata(request, this.#main?.latest?.catalog.origin.commit ?? null);
  }

  /** Tells the sinks how a version did. Never waits and never throws; what is no report is counted as refused. */
  reportMetrics(report: MetricsReport): void {
    this.#reporter.report(this.#usage.measured(report));
  }

  /** What became of events that no sink took. */
  get telemetry(): ReporterCounts {
    const { dropped, refused, failed } = this.#reporter;
    return { dropped, refused, failed };
  }

  /**
   * Calls a listener when another registry is served (`change`), when the source cannot be read any more (`stale`), when
   * it can be read again (`live`), and when the last good registry cannot be kept on disk (`unkept`). Returns what ends
   * that.
   */
  on(event: CacheEvent, listener: () => void): () => void {
    return this.#listeners.add(event, listener);
  }

  /** Writes the events that wait, and closes the source and the sinks. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#main?.close(), this.#local?.close(), this.#reporter.close()]);
  }

  /** Waits for nothing where everything is in memory: a call is then one turn. */
  async #ask(asked: string, options: PromptOptions, requestFor: typeof requestOf): Promise<ServedPrompt> {
    const plain = requestFor(asked, options, this.#settings);
    try {
      const { enrichers } = this.#settings;
      const isEnriched = enrichers.length > 0;
      const prepared = isEnriched
        ? await enrich(unprepared(options).context, enrichers)
        : unprepared(options);
      const request = isEnriched ? { ...plain, tags: prepared.context.tags } : plain;
      const asking = { answering: this.#answering, prepared };
      const fresh = this.#cache.fresh;
      const now = fresh === undefined ? "" : answerNow(this.#originOf(fresh), request, asking);
      if (typeof now !== "string") return this.#told(now, options);
      const served = await this.#withAllTexts(await this.#hold(options), ({ origin, signal }) =>
        answer(origin, request, { ...asking, signal }),
      );
      return this.#told(served, options);
    } catch (error) {
      return this.#told(this.#fallback(error, options, plain.name ?? asked), options);
    }
  }

  async #hold({ fallbackToLocal = false }: PromptOptions = {}): Promise<Answerable> {
    try {
      const cache = this.#cache;
      return { origin: this.#originOf(await cache.hold()), signal: cache.signal };
    } catch (error) {
      if (!fallbackToLocal || this.#isClosed) throw error;
      const held = await this.#holdLocal();
      if (held === undefined) throw error;
      return { ...held, origin: { ...held.origin, source: "fallback", error: errorOf(error) } };
    }
  }

  /** Undefined when there is no local registry either: the error of the source says more then. */
  async #holdLocal(): Promise<Answerable | undefined> {
    try {
      this.#local ??= this.#open(findRegistry(this.#settings.directory), { isMain: false });
      return { origin: this.#originOf(await this.#local.hold()), signal: this.#local.signal };
    } catch {
      return undefined;
    }
  }

  /** A registry that was kept knows only some texts: for another one the source is asked first. */
  async #withAllTexts<T>(held: Answerable, work: (held: Answerable) => Promise<T>): Promise<T> {
    try {
      return await work(held);
    } catch (error) {
      const isMissing = isPromptSyncError(error) && error.code === "FILE_UNREADABLE";
      if (!held.origin.isRestored || !isMissing) throw error;
      await this.#cache.refresh();
      return work(await this.#hold());
    }
  }

  async #version(request: ResolveRequest): Promise<LoadedVersion> {
    return this.#withAllTexts(await this.#hold(), async ({ origin: { snapshot }, signal }) => {
      const { name, version } = resolve(snapshot.catalog, request);
      const loaded = await snapshot.version(name, version, signal);
      return loaded.orThrow();
    });
  }

  #originOf(held: Held): Origin {
    const isBundle = held.snapshot.catalog.origin.kind === "bundle" && !held.isRestored;
    const source = held.isStale ? "stale" : isBundle ? "bundle" : "live";
    const { snapshot, ageMs, isStale, isRestored } = held;
    return { snapshot, ageMs, isStale, isRestored, source, error: null };
  }

  /** @throws the error itself, when the caller has no text or the manager is closed */
  #fallback(error: unknown, { fallback }: PromptOptions, name: string): ServedPrompt {
    if (fallback === undefined || this.#isClosed) throw error;
    return answerWithText(name, fallback.text, { ...this.#answering, error: errorOf(error) });
  }

  #told(served: ServedPrompt, { tenant }: PromptOptions): ServedPrompt {
    if (this.#settings.sinks.length > 0) this.#reporter.report(this.#usage.served(served, tenant ?? null));
    return served;
  }

  get #cache(): SnapshotCache {
    if (this.#isClosed) throw closed();
    return (this.#main ??= this.#open(this.#source ?? findRegistry(this.#settings.directory), {
      isMain: true,
    }));
  }

  #open(spec: PromptSource, { isMain }: { readonly isMain: boolean }): SnapshotCache {
    const { directory, freshness, clock, cacheDir, maxCacheSize: maxSize } = this.#settings;
    const source = isSource(spec)
      ? spec
      : openSource(spec, { directory, environment: process.env, timeoutMs: freshness.timeout });
    return new SnapshotCache({
      ...freshness,
      ...{ source, clock, defaultAlias: this.#defaultAlias },
      kept:
        isMain && cacheDir !== undefined
          ? new KeptSnapshots({ cacheDir, source, maxSize, clock })
          : undefined,
      onEvent: (event) => {
        if (isMain) this.#listeners.tell(event);
      },
    });
  }
}

/** What a call is answered from, and how long reading for it may go on. */
interface Answerable {
  readonly origin: Origin;
  readonly signal: AbortSignal;
}

function isSource(spec: PromptSource): spec is Source {
  return typeof spec === "object" && "load" in spec;
}

/** What a call brings along where no enricher runs. */
function unprepared({ tags = {} }: PromptOptions): Prepared {
  return { context: { variables: {}, tags }, steps: [] };
}

function notInMemory(id: string): PromptSyncError {
  return new PromptSyncError("NOT_READY", `\`${id}\` is not in memory`, {
    hint: `\`await prompts.prefetch(["${id}"])\` first, or \`await prompts.getPrompt(…)\``,
  });
}

function notReady(): PromptSyncError {
  return new PromptSyncError("NOT_READY", "no registry was read yet, or it is too old", {
    hint: "`await prompts.prefetch()` when the application starts",
  });
}

function errorOf(error: unknown): NonNullable<Explanation["error"]> {
  if (isPromptSyncError(error)) return { code: error.code, message: error.message };
  return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
}
