import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readSubset } from "../../../src/core/yaml/read-subset.js";
import { parseYaml } from "../../../src/core/yaml/parse-yaml.js";
import { readYaml } from "../../../src/core/yaml/read-yaml.js";

const limits = { length: 10_000, depth: 8, keys: 100 };

/** What the two readers say of a text; the full parser's word counts wherever the subset has one. */
function disagreement(text: string): string | undefined {
  const quick = readSubset(text, limits);
  if (quick === undefined) return undefined;
  const full = parseYaml(text, limits);
  if (full.problems.length > 0) return `only the subset reads it: ${full.problems[0]?.code ?? ""}`;
  const [a, b] = [quick.value, full.value].map((value) => exact(value));
  if (a !== b) return `${a} is not ${b}`;
  const { locate } = readYaml(text, limits);
  for (const path of pathsOf(full.value))
    for (const part of ["key", "value"] as const) {
      const [ours, theirs] = [locate(path, part), full.locate(path, part)].map((place) =>
        JSON.stringify(place),
      );
      if (ours !== theirs) return `the ${part} of ${path.join(".")} stands at ${ours}, not ${theirs}`;
    }
  return undefined;
}

/** Every path of a value, three steps deep, and beside each one that leads nowhere. */
function pathsOf(value: unknown, above: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || above.length === 3) return [above];
  const own = Object.entries(value).flatMap(([key, it]) => pathsOf(it, [...above, key]));
  return [above, ...own, [...above, "no such key"]];
}

/** A value as text, order of keys and sign of zero included. */
function exact(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) => (Object.is(it, -0) ? "-0" : it));
}

const state = `schema: promptsync/v1
project:
  id: sales-bot # the one on the site
aliases:
  production: { protected: true, gates: release }
gates:
  release:
    checks:
      evals:
        run: npx promptfoo eval -o out.json
        metrics: { helpfulness: { min: 0.82 }, cost_usd: { max: 0.012 } }
prompts:
  # kept by sales
  qualify-lead:
    owner: team-sales
    purpose: |
      Scores an inbound lead.

      Second paragraph: # no comment
    default: "1.1.0"
    aliases:
      production:
        serve: "1.1.0"
        canary:
          steps:
            - 1
            - 10
          started: 2026-11-02T10:00:00Z
    tenants: {}
waivers:
- rule: input-removed
  reason: 'agreed'
- rule: "x"

`;
const frontMatter = `name: qualify-lead
version: "1.1.0"
config: { temperature: 0.2 }
input:
  schema:
    company: string, the lead's company (http://example.com/a#b)
    notes?: string
    tone?(enum): [formal, friendly]
tags: [sales, -1, 2.50]
variants:
  - tags: { locale: zh, tone: friendly }
    content: |
      你是 {{ company }} 的友好助手。
  - content: |-
      Hi
      # Heading
    tags:
      locale: "de\\n"
`;

describe("the strict subset", () => {
  it("reads what our own files are written in", () => {
    for (const text of [state, frontMatter, ...registryTexts()]) {
      expect(readSubset(text, { ...limits, depth: 16, keys: 10_000, length: 1e6 })).toBeDefined();
      expect(disagreement(text)).toBeUndefined();
    }
  });

  it.each([
    "a: &x 1\n",
    "a: *x\n",
    "a: !!str 1\n",
    "<<: { a: 1 }\n",
    "a: 1\na: 2\n",
    "__proto__: 1\n",
    "a: |+\n  x\n\n",
    "a: >\n  x\n",
    "a: x\n  y\n",
    'a: "x\n  y"\n',
    "a: [1,\n  2]\n",
    "a: 0x1f\n",
    "a: 0o17\n",
    "a: .inf\n",
    "a: 1e3\n",
    "a: 012\n",
    "a: -0\n",
    "a: Null\n",
    "a: ~\n",
    "a: b: c\n",
    "a:\tb\n",
    "a: 'it''s'\n",
    "a:\r\n  b: 1\r\n",
    "a: 1\n---\nb: 2\n",
    "%YAML 1.2\n---\na: 1\n",
    "a: 1\n ...\n",
    "? a\n: b\n",
    "- - a\n",
    "a: 1",
    "a: b\u2028c\n",
    "\ufeffa: 1\n",
  ])("gives up on %j", (text) => {
    expect(readSubset(text, limits)).toBeUndefined();
  });

  it("keeps the limits", () => {
    const nested = (depth: number) => `a: ${"[".repeat(depth)}${"]".repeat(depth)}\n`;
    expect(readSubset(nested(8), limits)).toBeDefined();
    expect(readSubset(nested(9), limits)).toBeUndefined();
    const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}: 1\n`).join("");
    expect(readSubset(keys(100), limits)).toBeDefined();
    expect(readSubset(keys(101), limits)).toBeUndefined();
    expect(readSubset(`a: ${"x".repeat(10_000)}\n`, limits)).toBeUndefined();
  });
});

describe("the strict subset agrees with the full parser", () => {
  const rounds = Number(process.env["FUZZ_ROUNDS"] ?? 1_500);
  const parameters = { numRuns: rounds, seed: 20_261_125 };

  it("on lines put together at random", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(indents, pieces), { maxLength: 8 }), (lines) => {
        const text = lines.map(([indent, line]) => `${indent}${line.join("")}\n`).join("");
        expect(disagreement(text)).toBeUndefined();
      }),
      parameters,
    );
  });

  it("on our files with pieces changed", () => {
    fc.assert(
      fc.property(fc.constantFrom(state, frontMatter), edits, (text, changes) => {
        const changed = changes.reduce<string>(
          (it, [where, length, put]) => it.slice(0, at(it, where)) + put + it.slice(at(it, where) + length),
          text,
        );
        expect(disagreement(changed)).toBeUndefined();
      }),
      parameters,
    );
  });

  it("on data that the full printer has written", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 40), (value, lineWidth) => {
        expect(disagreement(stringify({ value }, { lineWidth }))).toBeUndefined();
      }),
      parameters,
    );
  });
});

const at = (text: string, where: number): number => Math.floor(where * text.length);
const nasty = [
  ..."abz019 -:#?.,[]{}\"'\\|>&*!%@`~+=_/\t\u00a0é\u3000😀",
  ...["  ", ": ", " #", "- ", "\n", "\n  ", "key: ", "b:", "true", "null", "1.0", "-1", "0.5", "1e3", "0x1"],
  ...["---", "...", "<<", "''", '"x"', "'y'", "[a, b]", "{ a: 1 }", "{}", "[]", "|", "|-", "a: 1", "- a"],
];
const token = fc.constantFrom(...nasty);
const indents = fc.constantFrom("", "", "  ", "  ", "    ", " ", "   ", "      ");
const pieces = fc.array(token, { maxLength: 6 });
const edits = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 3 }), token),
  { minLength: 1, maxLength: 4 },
);

/** The front-matters and the state of the example registry. */
function registryTexts(): string[] {
  const folder = new URL("../../../prompt-templates", import.meta.url).pathname;
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    if (!/\.(md|yaml)$/.test(name)) return [];
    const text = readFileSync(join(folder, name), "utf8");
    return [text.startsWith("---\n") ? text.slice(4, text.indexOf("\n---", 4) + 1) : text];
  });
}
