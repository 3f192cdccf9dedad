import { buildCatalog } from "../../src/core/catalog.js";
import { stateFilesOf } from "../../src/core/state-files.js";
import { PromptSyncError } from "../../src/core/errors.js";
import { digestOf } from "../../src/core/prompt-file/digest-of.js";
import type { Clock } from "../../src/sdk/snapshot/clock.js";
import type { Source } from "../../src/store/sources/source.js";

/** A source whose files a test holds in its hand, and that counts what is asked of it. */
export interface MemorySource extends Omit<Source, "load"> {
  load: Source["load"];
  files: Readonly<Record<string, string>>;
  /** What happens to the next load: nothing special, an error, or no answer at all. */
  mood: "well" | "unreachable" | "hanging";
  readonly counts: { loads: number; texts: number };
}

/** Makes a {@link MemorySource} of files by their path below the registry. */
export function memorySource(files: Readonly<Record<string, string>>): MemorySource {
  const source: MemorySource = {
    kind: "folder",
    label: "the registry in memory",
    files,
    mood: "well",
    counts: { loads: 0, texts: 0 },
    load: async (previous) => {
      source.counts.loads += 1;
      await Promise.resolve();
      if (source.mood === "hanging") return new Promise(() => undefined);
      if (source.mood === "unreachable")
        throw new PromptSyncError("SOURCE_UNREACHABLE", "the registry in memory is gone", { hint: "none" });
      const held = source.files;
      const mark = digestOf(JSON.stringify(held));
      if (mark === previous) return "unchanged";
      const registry = "prompt-templates";
      const listing = {
        origin: { kind: "folder", commit: null, date: null, label: "memory" } as const,
        registry,
        files: Object.keys(held)
          .sort()
          .map((path) => ({ path, blob: digestOf(held[path] ?? ""), mode: "file" as const })),
      };
      const state = stateFilesOf(listing).map(({ path }) => ({ path, text: held[path] ?? "" }));
      return {
        catalog: buildCatalog(listing, state),
        tree: null,
        mark,
        keyOf: ({ path, blob }) => `${path} ${blob ?? ""}`,
        read: (versions) => {
          source.counts.texts += versions.length;
          return Promise.resolve(versions.map(({ path }) => held[path.slice(registry.length + 1)] ?? ""));
        },
      };
    },
    close: () => undefined,
  };
  return source;
}

/** Clocks that stand still until a test moves them; both in ms. */
export interface TestClock extends Clock {
  pass: (ms: number) => void;
  /** The wall clock jumps; the steady one does not. */
  jump: (ms: number) => void;
}

/** Makes a {@link TestClock} at 2026-01-01. */
export function testClock(): TestClock {
  let steady = 0;
  let wall = Date.UTC(2026, 0, 1);
  return {
    steady: () => steady,
    wall: () => wall,
    pass: (ms) => {
      steady += ms;
      wall += ms;
    },
    jump: (ms) => (wall += ms),
  };
}

/** A version file. */
export function version(name: string, number: string, body: string, extra = ""): string {
  return `---\nname: ${name}\nversion: "${number}"\nsummary: Says hello\n${extra}---\n${body}\n`;
}

/** The registry of the tests: production serves welcome 1.0.0, dev 1.1.0, and nothing 0.9.0. */
export const registryFiles = {
  "promptsync.yaml": `schema: promptsync/v1
project:
  id: sales-bot
  default_alias: production
prompts:
  welcome:
    owner: team-sales
    default: "1.0.0"
    aliases:
      dev:
        serve: "1.1.0"
      production:
        serve: "1.0.0"
`,
  "welcome/0.9.0.md": version("welcome", "0.9.0", "Old hello {{ customer }}"),
  "welcome/1.0.0.md": version("welcome", "1.0.0", "Hello {{ customer }}"),
  "welcome/1.1.0.md": version("welcome", "1.1.0", "Good day {{ customer }}"),
};
