import { resolve } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import type { Source } from "../store/sources/source.js";
import type { SourceSpec } from "../store/sources/open-source.js";
import type { Enricher } from "../render/enrich/enrich.js";
import type { Limits, Whitespace, UndefinedMode } from "../template/index.js";
import type { Freshness } from "./snapshot/snapshot-cache.js";
import { systemClock, type Clock } from "./snapshot/clock.js";
import type { Sink } from "./telemetry/sink.js";

/** Where prompts are read from: a place, or a source of the application's own. */
export type PromptSource = SourceSpec | Source;

/** How a `PromptManager` works. Everything may be left out. */
export interface PromptManagerOptions {
  /** Found from the working directory when left out: the registry of the project that it is in. */
  readonly source?: PromptSource;
  /** What relative paths are relative to; the working directory when left out. */
  readonly directory?: string;
  /** What usage events call the project; the id in `promptsync.yaml` when left out. */
  readonly projectId?: string;
  /**
   * Where the last good registry of a repository or bundle is kept between runs. Processes may share it. Nothing is kept
   * when left out.
   */
  readonly cacheDir?: string;
  /** Seconds until it is asked whether there is a newer registry (300); another name of `cacheStrategy.memoryTtl`. */
  readonly refreshInterval?: number;
  readonly cacheStrategy?: CacheStrategy;
  /** Seconds that one read of the source may take (10). */
  readonly timeout?: number;
  /** False serves the baseline of every canary. */
  readonly respectCanary?: boolean;
  /** Instead of `project.default_alias` of the registry. */
  readonly defaultAlias?: string;
  /** Ids by scope for every call, such as `{ profile: "p-7" }`. */
  readonly scopes?: Readonly<Record<string, string>>;
  /** What a variable without a value does: an error that names it (`strict`), or nothing. */
  readonly undefined?: UndefinedMode;
  /** What a render may cost. */
  readonly limits?: Partial<Limits>;
  /** How templates treat white space. */
  readonly whitespace?: Partial<Whitespace>;
  /** Prepare the variables and tags of every call, in this order. */
  readonly enrichers?: readonly Enricher[];
  /** Where usage events and metrics go. */
  readonly sinks?: readonly Sink[];
  /** For tests. */
  readonly clock?: Clock;
}

/** How long what was read is good; times in seconds. */
export interface CacheStrategy {
  /** Until then answers come from memory without asking the source (300). */
  readonly memoryTtl?: number;
  /** Until then a kept file is good enough to begin with, while the source is asked behind it (3600). */
  readonly fileTtl?: number;
  /** After that nothing is served any more (no limit). */
  readonly maxStale?: number;
  /** `background` (the default) answers at once and refreshes behind; `blocking` waits for the refresh. */
  readonly refreshStrategy?: "background" | "blocking";
  /** The most that is kept on disk: bytes, or `100MB` (the default). */
  readonly maxCacheSize?: number | string;
}

/** The options with everything filled in. */
export interface Settings extends Required<
  Pick<PromptManagerOptions, "respectCanary" | "scopes" | "enrichers" | "sinks" | "undefined" | "clock">
> {
  readonly freshness: Freshness;
  /** Bytes. */
  readonly maxCacheSize: number;
  /** Absolute. */
  readonly directory: string;
  /** Absolute. */
  readonly cacheDir: string | undefined;
}

/**
 * Fills in the options.
 * @throws PromptSyncError `USAGE` for a time or a size that is none, and for an option that there is not
 */
export function settingsOf(options: PromptManagerOptions): Settings {
  refuseUnknown(options);
  const { cacheStrategy: cache = {}, refreshInterval, cacheDir } = options;
  if (refreshInterval !== undefined && (cache.memoryTtl ?? refreshInterval) !== refreshInterval) {
    throw new PromptSyncError("USAGE", "`refreshInterval` and `cacheStrategy.memoryTtl` differ", {
      hint: "they are two names of one time: leave one out",
    });
  }
  const directory = resolve(options.directory ?? process.cwd());
  return {
    respectCanary: options.respectCanary ?? true,
    scopes: options.scopes ?? {},
    enrichers: options.enrichers ?? [],
    sinks: options.sinks ?? [],
    undefined: options.undefined ?? "strict",
    clock: options.clock ?? systemClock,
    freshness: {
      ttl: milliseconds("refreshInterval", refreshInterval ?? cache.memoryTtl ?? 300),
      fileTtl: milliseconds("fileTtl", cache.fileTtl ?? 3600),
      maxStale: milliseconds("maxStale", cache.maxStale ?? Infinity),
      timeout: Math.min(milliseconds("timeout", options.timeout ?? 10), longestTimer),
      strategy: cache.refreshStrategy ?? "background",
    },
    maxCacheSize: bytes(cache.maxCacheSize ?? "100MB"),
    cacheDir: cacheDir === undefined ? undefined : resolve(directory, cacheDir),
    directory,
  };
}

const known: Readonly<Record<keyof PromptManagerOptions, true>> = {
  source: true,
  directory: true,
  projectId: true,
  cacheDir: true,
  refreshInterval: true,
  cacheStrategy: true,
  timeout: true,
  respectCanary: true,
  defaultAlias: true,
  scopes: true,
  undefined: true,
  limits: true,
  whitespace: true,
  enrichers: true,
  sinks: true,
  clock: true,
};

/** Callers without types may give anything: prompts of another place than they named would be served in silence. */
function refuseUnknown(options: object): void {
  const key = Object.keys(options).find((it) => !Object.hasOwn(known, it));
  if (key === undefined) return;
  const isSource = ["repository", "ref", "registry", "bundle"].includes(key);
  throw new PromptSyncError("USAGE", `\`${key}\` is no option of \`PromptManager\``, {
    hint: isSource ? `write \`source: { ${key}: … }\`` : `it takes ${Object.keys(known).join(", ")}`,
  });
}

const longestTimer = 2 ** 31 - 1; // ms; a longer timer of Node fires at once

function milliseconds(option: string, seconds: number): number {
  if (typeof seconds === "number" && seconds >= 0) return seconds * 1000;
  throw new PromptSyncError("USAGE", `\`${option}\` is no time: ${String(seconds)}`, {
    hint: "write seconds, 0 or more",
  });
}

const units = { B: 1, KB: 1000, MB: 1000 ** 2, GB: 1000 ** 3 } as const;

function bytes(size: number | string): number {
  if (typeof size === "number" && size >= 0) return size;
  const [, number = "", unit = "B"] = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)$/i.exec(String(size)) ?? [];
  if (number !== "") return Number(number) * units[unit.toUpperCase() as keyof typeof units];
  throw new PromptSyncError("USAGE", `\`maxCacheSize\` is no size: ${String(size)}`, {
    hint: "write a number of bytes, or a text such as `100MB`",
  });
}
