import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Catalog } from "../../../src/core/catalog.js";
import { bucket } from "../../../src/core/resolve/bucket.js";
import type { ResolveRequest } from "../../../src/core/resolve/resolution.js";
import { resolve } from "../../../src/core/resolve/resolve.js";
import { registry } from "../registry.js";

const runs = { numRuns: 300 };
const versions = { "qualify-lead": ["1.0.0", "1.1.0", "2.0.0"], welcome: ["1.0.0"] };
const version = fc.constantFrom(...versions["qualify-lead"]);
const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
const key = fc.string({ unit: "grapheme", minLength: 1 });
const seed = fc.string({ minLength: 1, maxLength: 20 });

const canary = fc.record({
  serve: version,
  percent,
  seed: fc.constantFrom("qualify-lead/production/2026-11-02", "AB12A"),
  state: fc.constantFrom("running", "paused"),
});
const arm = fc.record({ serve: version, canary }, { requiredKeys: ["serve"] });
const when = fc.record(
  {
    flags: fc.record({ "concise-answers": fc.boolean() }),
    tags_any: fc.record({ locale: fc.constantFrom("de", "en") }),
    tenants: fc.constantFrom(["acme"], ["acme", "globex"]),
  },
  { requiredKeys: [] },
);
const block = fc.record(
  {
    owner: fc.constant("team-sales"),
    default: version,
    aliases: fc.dictionary(fc.constantFrom("dev", "stable", "production"), arm),
    rules: fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.record({ order: fc.integer({ min: 0, max: 2 }), when, serve: version }),
    ),
    tenants: fc.dictionary(
      fc.constantFrom("acme", "globex"),
      fc.record({ aliases: fc.dictionary(fc.constantFrom("stable", "production"), arm) }),
    ),
    overrides: fc.record({ chat: fc.record({ "chat-1": fc.record({ serve: version }) }) }),
    deprecations: fc.dictionary(version, fc.record({ reason: fc.constant("old"), replacement: version })),
    yanked: fc.dictionary(version, fc.record({ reason: fc.constant("leaks") })),
  },
  { requiredKeys: ["owner"] },
);
const state = fc.record({
  schema: fc.constant("promptsync/v1"),
  project: fc.record(
    { default_alias: fc.constant("production"), on_missing_key: fc.constantFrom("stable", "error") },
    { requiredKeys: [] },
  ),
  prompts: fc.record({ "qualify-lead": block }),
  emergencies: fc.dictionary(
    fc.constantFrom("inc-1", "inc-2"),
    fc.record({
      prompt: fc.constant("qualify-lead"),
      serve: version,
      status: fc.constantFrom("active", "resolved"),
    }),
  ),
});
const request = fc.record(
  {
    name: fc.constant("qualify-lead"),
    alias: fc.constantFrom("dev", "stable", "production"),
    tenant: fc.constantFrom("acme", "initech"),
    key,
    flags: fc.record({ "concise-answers": fc.boolean() }),
    tags: fc.record({ locale: fc.constantFrom("de", "fr") }),
    scopes: fc.record({ chat: fc.constantFrom("chat-1", "chat-2") }),
  },
  { requiredKeys: ["name"] },
) as fc.Arbitrary<ResolveRequest>;

/** The whole answer as bytes: the resolution, or the error's code and words. */
function answer(catalog: Catalog, asked: ResolveRequest): string {
  try {
    return JSON.stringify(resolve(catalog, asked));
  } catch (error) {
    const { code, message, hint } = error as { code?: string; message: string; hint?: string };
    expect(code).toBeDefined();
    return JSON.stringify({ code, message, hint });
  }
}

/** The same value with the keys of every map in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [random(), key, shuffled(item, random)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, key, item]) => [key, item]));
}

/** A generator of numbers from 0 to 1 that a seed determines. */
function lottery(start: number): () => number {
  let at = start;
  return () => (at = (at * 16807 + 11) % 2147483647) / 2147483647;
}

const yaml = (value: unknown) =>
  stringify(value, { defaultStringType: "QUOTE_DOUBLE", aliasDuplicateObjects: false });

const serves = (share: number, seedOf: string, keyOf: string) => {
  const line = `prompts: { qualify-lead: { aliases: { dev: { serve: "1.0.0", canary: { serve: "2.0.0", percent: ${share}, seed: ${JSON.stringify(seedOf)}, state: running } } } } }\n`;
  const catalog = registry(versions, `schema: promptsync/v1\n${line}`);
  return resolve(catalog, { name: "qualify-lead", alias: "dev", key: keyOf }).version;
};

describe("resolution", () => {
  it("never evicts a key from a canary that grows", () => {
    fc.assert(
      fc.property(seed, key, percent, percent, (seedOf, keyOf, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        if (serves(small, seedOf, keyOf) === "2.0.0") expect(serves(large, seedOf, keyOf)).toBe("2.0.0");
      }),
      runs,
    );
  });

  it("takes the keys that came last out of a canary that shrinks", () => {
    fc.assert(
      fc.property(seed, key, key, percent, percent, (seedOf, early, late, before, after) => {
        if (bucket(seedOf, early) > bucket(seedOf, late) || after > before) return;
        if (serves(before, seedOf, late) !== "2.0.0") return;
        if (serves(after, seedOf, late) === "2.0.0") expect(serves(after, seedOf, early)).toBe("2.0.0");
      }),
      runs,
    );
  });

  it("does not depend on the order of keys in promptsync.yaml", () => {
    fc.assert(
      fc.property(state, request, fc.integer({ min: 1, max: 2 ** 30 }), (value, asked, start) => {
        const one = registry(versions, yaml(value));
        const other = registry(versions, yaml(shuffled(value, lottery(start))));
        expect(one.stateText.problems).toEqual([]);
        expect(answer(other, asked)).toBe(answer(one, asked));
      }),
      runs,
    );
  });

  it("does not depend on prompts that are not asked for", () => {
    fc.assert(
      fc.property(state, block, request, (value, other, asked) => {
        const prompts = { ...value.prompts, welcome: { ...other, default: "1.0.0" } };
        const more = registry({ ...versions, refund: ["9.0.0"] }, yaml({ ...value, prompts }));
        expect(answer(more, asked)).toBe(answer(registry(versions, yaml(value)), asked));
      }),
      runs,
    );
  });

  it("gives byte-equal answers to equal questions, and changes neither catalog nor question", () => {
    fc.assert(
      fc.property(state, request, (value, asked) => {
        const catalog = registry(versions, yaml(value));
        const before = JSON.stringify([catalog.state, asked]);
        const first = answer(catalog, asked);
        expect(answer(catalog, asked)).toBe(first);
        expect(JSON.stringify([catalog.state, asked])).toBe(before);
      }),
      runs,
    );
  });

  it("does not depend on what was asked before", () => {
    fc.assert(
      fc.property(state, fc.array(request, { minLength: 2, maxLength: 8 }), (value, asked) => {
        const fresh = asked.map((it) => answer(registry(versions, yaml(value)), it));
        const catalog = registry(versions, yaml(value));
        for (const round of [1, 2])
          expect([round, asked.map((it) => answer(catalog, it))]).toEqual([round, fresh]);
      }),
      runs,
    );
  });

  it("asks neither the clock nor chance", () => {
    const [now, random] = [Date.now, Math.random];
    const refuse = () => {
      throw new Error("resolution looked at the world");
    };
    const catalog = registry(versions, 'schema: promptsync/v1\nprompts: { welcome: { default: "1.0.0" } }\n');
    Object.assign(Date, { now: refuse });
    Object.assign(Math, { random: refuse });
    try {
      expect(resolve(catalog, { name: "welcome" }).version).toBe("1.0.0");
    } finally {
      Object.assign(Date, { now });
      Object.assign(Math, { random });
    }
  });
});

describe("a bucket in another process", () => {
  it("is the same", () => {
    const code =
      'import { hash32 } from "murmur-hash"; console.log(hash32(new TextEncoder().encode("AB12A:用户42")) % 100)';
    const other = execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
    expect(Number(other)).toBe(Math.floor(bucket("AB12A", "用户42") / 100));
  });
});
