import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonValue } from "../../../src/core/json.js";
import { checkSchema, type Contract } from "../../../src/core/schema/check.js";
import { compileTest } from "../../../src/core/schema/compile-test.js";
import { contracts } from "../../../src/core/schema/contracts.js";
import { explainMisfit } from "../../../src/core/schema/explain-misfit.js";

const good: Readonly<Record<Exclude<Contract, "bundle">, JsonValue>> = {
  config: { registry: "prompts/registry", base: "main", undefined: "strict", rules: { off: [] } } as never,
  prompt: {
    name: "refund",
    version: "1.0.0",
    config: { temperature: 0.2 },
    input: { schema: { order: "string" }, default: {} },
    tags: ["money"],
    variants: [{ tags: { locale: "de" }, content: "Hallo" }],
    "x-team": 1,
  },
  state: {
    schema: "promptsync/v1",
    project: { id: "shop", scopes: ["chat"] },
    prompts: {
      refund: {
        default: "1.0.0",
        aliases: {
          production: {
            serve: "1.0.0",
            canary: { serve: "1.1.0", percent: 10, seed: "s", state: "running" },
          },
        },
        yanked: { "0.9.0": { reason: "leaks" } },
      },
    },
    emergencies: { "inc-1": { prompt: "refund", serve: "1.0.0", status: "active" } },
  },
};
const odd: readonly JsonValue[] = [
  null,
  true,
  -1,
  0.5,
  101,
  "",
  "latest",
  "v1",
  "1.0",
  "a b",
  [],
  ["x", "x"],
  {},
  { x: 1 },
];
const oddKeys = ["constructor", "x-y", "nope", "latest", "1.0.0", "refund", "serve"];

/** The value with something else at a place that the numbers lead to. */
function changed(value: JsonValue, steps: readonly number[], put: JsonValue): JsonValue {
  const [step = 0, ...rest] = steps;
  if (typeof value !== "object" || value === null || steps.length === 0) return put;
  if (Array.isArray(value))
    return value.map((item: JsonValue, index) =>
      index === step % value.length ? changed(item, rest, put) : item,
    );
  const keys = Object.keys(value);
  const key = [...keys, ...oddKeys][step % (keys.length + oddKeys.length)] ?? "";
  return { ...value, [key]: changed((value as Record<string, JsonValue>)[key] ?? {}, rest, put) };
}

it("says what the compiled validators say, of good and of broken files", () => {
  const verdicts = new Set<string>();
  const contract = fc.constantFrom<(keyof typeof good)[]>("config", "prompt", "state");
  const steps = fc.array(fc.nat(30), { maxLength: 6 });
  fc.assert(
    fc.property(contract, steps, fc.constantFrom(...odd), (name, path, put) => {
      const value = changed(good[name], path, put);
      const fits = compileTest(contracts[name])(value);
      verdicts.add(`${name} ${fits}`);
      expect(fits).toBe(explainMisfit(name, value).length === 0);
    }),
    { numRuns: 3_000, seed: 20_261_125 },
  );
  expect(verdicts.size).toBe(6);
});

it("knows every word of our schemas, and no other", () => {
  expect(checkSchema("prompt", good.prompt)).toEqual([]);
  expect(checkSchema("state", good.state)).toEqual([]);
  expect(() => compileTest({ maxItems: 1 })).toThrow("`maxItems` is no word of our schemas");
});
