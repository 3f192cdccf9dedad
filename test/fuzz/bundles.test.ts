import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { versionPath, type Bundle } from "../../src/core/bundle/bundle.js";
import { printBundle } from "../../src/core/bundle/print-bundle.js";
import { readBundle } from "../../src/core/bundle/read-bundle.js";
import { isPromptSyncError } from "../../src/core/errors.js";
import type { JsonValue } from "../../src/core/json.js";
import { digestOf } from "../../src/core/prompt-file/digest-of.js";
import { openSource } from "../../src/store/sources/open-source.js";
import { registryFiles, version } from "../sdk/memory-source.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";
import { damaged, runs } from "./mutations.js";

const stored = (path: string, text: string) => ({ path, digest: digestOf(text), text });
const state = stored("promptsync.yaml", registryFiles["promptsync.yaml"]);
const bundle: Bundle = {
  catalog: {
    commit: "c".repeat(40),
    date: "2026-01-01T00:00:00Z",
    tree: "d".repeat(40),
    registry: "prompt-templates",
  },
  state: [state],
  versions: ["1.0.0", "1.1.0"].map((number) => {
    const text = version("welcome", number, "Hello {{ customer }}");
    return { name: "welcome", group: "", version: number, digest: digestOf(text), text };
  }),
  others: [{ name: "welcome", group: "", versions: ["0.9.0"] }],
};

/** A bundle in which one value of the document is another one. */
const twisted = (text: string) =>
  fc
    .record({
      at: fc.nat(),
      value: fc.jsonValue({ maxDepth: 2 }),
      key: fc.constantFrom("__proto__", "path", "x"),
    })
    .map(({ at, value, key }) => {
      const document = JSON.parse(text) as Record<string, JsonValue>;
      const places: [Record<string, unknown>, string][] = [];
      const collect = (inside: unknown): void => {
        if (typeof inside !== "object" || inside === null) return;
        for (const [name, inner] of Object.entries(inside)) {
          places.push([inside as Record<string, unknown>, name]);
          collect(inner);
        }
      };
      collect(document);
      const [owner, name] = places[at % places.length] ?? [document, "schema"];
      owner[at % 3 === 0 ? key : name] = value;
      return JSON.stringify(document);
    });

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = createSandbox({ repository: false });
});

/** What a source makes of a document: how many texts it gives, or the code of its refusal. */
async function serve(text: string): Promise<number | string> {
  const folder = join(sandbox.directory, "dist");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "prompts.json"), text);
  const place = { directory: folder, environment: {}, timeoutMs: 5_000 };
  const { signal } = new AbortController();
  try {
    const picture = await openSource({ bundle: "prompts.json" }, place).load(undefined, signal);
    if (picture === "unchanged") throw new TypeError("it was never read");
    const versions = [...picture.catalog.prompts.values()].flatMap(({ name, versions: all }) =>
      all.map((it) => ({ ...it, name })),
    );
    let count = 0;
    for (const one of versions) {
      const [served = ""] = await picture.read([one], signal).catch((error: unknown) => {
        if (isPromptSyncError(error)) return [];
        throw error;
      });
      // Nothing is served whose digest does not stand in the document.
      if (served !== "") expect(text).toContain(digestOf(served));
      count += served === "" ? 0 : 1;
    }
    return count;
  } catch (error) {
    if (isPromptSyncError(error)) return error.code;
    throw error;
  }
}

test.for(["bundle", "index"] as const)(
  "a damaged %s is refused or served as its digests say",
  { timeout: 600_000 },
  async (form) => {
    const whole = printBundle(bundle, form);
    const seen = new Map<number | string, number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged(whole), twisted(whole)), async (text) => {
        const answer = await serve(text);
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
        expect([
          0,
          1,
          2,
          "SOURCE_INVALID",
          "SOURCE_UNREACHABLE",
          "INTEGRITY_MISMATCH",
          "STATE_INVALID",
        ]).toContain(answer);
      }),
      runs(300),
    );
    expect(readdirSync(sandbox.directory)).toEqual(["dist"]);
    expect(seen.get("SOURCE_INVALID")).toBeGreaterThan(20);
  },
);

test("what is printed is read again, and printed again has the same bytes", () => {
  const word = fc.stringMatching(/^p-[a-z0-9]{1,6}$/);
  const anyBundle = fc
    .uniqueArray(
      fc.record({ name: word, numbers: fc.uniqueArray(fc.nat(20), { minLength: 1 }), text: fc.string() }),
      {
        selector: ({ name }) => name,
      },
    )
    .map((prompts): Bundle => {
      const sorted = prompts.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      return {
        ...bundle,
        versions: sorted.flatMap(({ name, numbers, text }) =>
          numbers
            .toSorted((a, b) => a - b)
            .map((number) => ({
              name,
              group: "g",
              version: `1.${String(number)}.0`,
              digest: digestOf(text),
              text,
            })),
        ),
        others: [],
      };
    });
  fc.assert(
    fc.property(anyBundle, (written) => {
      const text = printBundle(written, "bundle");
      const { form, ...read } = endOf(readBundle(Buffer.from(text), { label: "prompts.json" }));
      // Ours is read line by line, any other layout as a whole.
      expect(
        endOf(readBundle(Buffer.from(JSON.stringify(JSON.parse(text))), { label: "prompts.json" })),
      ).toEqual({ form, ...read });
      expect([form, printBundle(read, "bundle")]).toEqual(["bundle", text]);
      expect(read.versions.map((it) => versionPath(it, it.version))).toEqual(
        written.versions.map((it) => versionPath(it, it.version)),
      );
    }),
    runs(200),
  );
});

/** What a generator returns at its end. */
function endOf<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
