import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hash32 } from "murmur-hash";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { resolve } from "../../../src/core/resolve/resolve.js";
import { registry } from "../registry.js";

/*
 * Unleash's client specification, as far as it is about gradual rollout and the hash behind it.
 *
 * Rollout tests (03, 04, 05, 10, 12) run through `resolve`: a strategy becomes a canary with the strategy's group as
 * its seed, and a feature is on when the candidate is served. Strategies are alternatives, so one that is on is
 * enough; a feature that is off is a paused canary.
 * Variant tests (08, 12, 16) run against the same hash with Unleash's own seed for variants: PromptSync chooses
 * variants by tags, so only the hash has to agree. What is no hashing is not ours: see `notOurs`.
 */
interface Strategy {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly constraints?: readonly unknown[] | null;
  readonly variants?: readonly WeightedVariant[] | null;
}
interface WeightedVariant {
  readonly name: string;
  readonly weight: number;
  readonly stickiness?: string;
  readonly overrides?: readonly { readonly contextName: string; readonly values: readonly string[] }[];
}
interface Feature {
  readonly name: string;
  readonly enabled: boolean;
  readonly strategies: readonly Strategy[];
  readonly variants?: readonly WeightedVariant[];
}
interface Context {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly properties?: Readonly<Record<string, string>>;
}
interface SpecificationTest<Result> {
  readonly description: string;
  readonly context: Context;
  readonly toggleName: string;
  readonly expectedResult: Result;
}
interface Specification {
  readonly name: string;
  readonly state: { readonly features: readonly Feature[] };
  readonly tests?: readonly SpecificationTest<boolean>[];
  readonly variantTests?: readonly SpecificationTest<{ readonly name: string }>[];
}

const folder = createRequire(import.meta.url)
  .resolve("@unleash/client-specification/specifications/index.json")
  .replace(/index\.json$/, "");
const specifications = [
  "03-gradual-rollout-user-id-strategy",
  "04-gradual-rollout-session-id-strategy",
  "05-gradual-rollout-random-strategy",
  "08-variants",
  "10-flexible-rollout-strategy",
  "12-custom-stickiness",
  "16-strategy-variants",
].map((name) => JSON.parse(readFileSync(`${folder}${name}.json`, "utf8")) as Specification);

/** The value that a context is split by. */
function keyOf(context: Context, stickiness: string): string | undefined {
  if (stickiness === "default") return context.userId ?? context.sessionId;
  return { userId: context.userId, sessionId: context.sessionId, ...context.properties }[stickiness];
}

/** What a strategy splits by; undefined for one that lets everybody in. */
function rolloutOf({ name, parameters = {} }: Strategy): {
  percent: number;
  seed: string;
  stickiness: string;
} {
  const stickiness =
    { gradualRolloutUserId: "userId", gradualRolloutSessionId: "sessionId" }[name] ??
    parameters["stickiness"] ??
    "default";
  const percent = Number(name === "default" ? 100 : (parameters["rollout"] ?? parameters["percentage"]));
  return { percent, seed: parameters["groupId"] ?? "random", stickiness };
}

/** Whether our resolution serves the candidate of the canary that a strategy means. */
function isServed(feature: Feature, strategy: Strategy, context: Context): boolean {
  const { percent, seed, stickiness } = rolloutOf(strategy);
  const canary = { serve: "2.0.0", percent, seed, state: feature.enabled ? "running" : "paused" };
  const prompts = { feature: { aliases: { production: { serve: "1.0.0", canary } } } };
  const text = stringify({ schema: "promptsync/v1", prompts }, { defaultStringType: "QUOTE_DOUBLE" });
  const catalog = registry({ feature: ["1.0.0", "2.0.0"] }, text);
  const key = keyOf(context, stickiness);
  const request = { name: "feature", alias: "production", ...(key === undefined ? {} : { key }) };
  return resolve(catalog, request).version === "2.0.0";
}

/** Unleash's choice: `hash(seed 86028157, group:key) % total + 1` on the scale of the weights. */
function chosenVariant(variants: readonly WeightedVariant[], group: string, key: string): string | undefined {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  const place = (hash32(new TextEncoder().encode(`${group}:${key}`), 86028157) % total) + 1;
  let reached = 0;
  return variants.find(({ weight }) => (reached += weight) >= place)?.name;
}

/** Why a variant test says nothing about hashing; undefined when it does. */
function notOurs(feature: Feature | undefined, context: Context): string | undefined {
  if (feature === undefined) return "an unknown feature";
  const [strategy] = feature.strategies;
  if (!feature.enabled) return "a feature that is off";
  if (strategy?.constraints?.length) return "a constraint";
  const variants = strategy?.variants?.length ? strategy.variants : (feature.variants ?? []);
  if (variants.length === 0) return "no variants";
  const isOverridden = variants.some((variant) =>
    variant.overrides?.some(({ contextName, values }) => values.includes(keyOf(context, contextName) ?? "")),
  );
  if (isOverridden) return "an override by value";
  if (strategy !== undefined && !isServed(feature, strategy, context))
    return "a feature that is off for this key";
  return variants.length > 1 && splitBy(feature, context).key === undefined ? "a random choice" : undefined;
}

/** The variants that a feature chooses from, and the words that are hashed. */
function splitBy(
  feature: Feature,
  context: Context,
): { variants: readonly WeightedVariant[]; group: string; key: string | undefined } {
  const [strategy] = feature.strategies;
  const own = strategy?.variants?.length ? strategy : undefined;
  const variants = own?.variants ?? feature.variants ?? [];
  const stickiness =
    variants[0]?.stickiness ??
    (own === undefined ? "default" : (own.parameters?.["stickiness"] ?? "default"));
  const group = own?.parameters?.["groupId"] ?? feature.name;
  return { variants, group, key: keyOf(context, stickiness) };
}

/** Where we differ on purpose: at 100 % everybody gets the candidate, without a key too. */
const differences = [
  "Feature.A3 should be disabled when no user on context",
  "Feature.A4 should be disabled when no user on context",
];

const counts = { rollout: 0, variants: 0, skipped: {} as Record<string, number> };

describe.each(specifications)("Unleash $name", ({ state, tests = [], variantTests = [] }) => {
  const featureOf = (name: string) => state.features.find((feature) => feature.name === name);

  for (const { description, context, toggleName, expectedResult } of tests) {
    counts.rollout += 1;
    it(description, () => {
      const feature = featureOf(toggleName);
      const isOn = feature?.strategies.some((strategy) => isServed(feature, strategy, context)) ?? false;
      expect(isOn).toBe(differences.includes(description) ? !expectedResult : expectedResult);
    });
  }

  for (const { description, context, toggleName, expectedResult } of variantTests) {
    const feature = featureOf(toggleName);
    const reason = notOurs(feature, context);
    if (reason !== undefined || feature === undefined) {
      counts.skipped[reason ?? ""] = (counts.skipped[reason ?? ""] ?? 0) + 1;
      continue;
    }
    counts.variants += 1;
    it(description, () => {
      const { variants, group, key = "" } = splitBy(feature, context);
      expect(chosenVariant(variants, group, key)).toBe(expectedResult.name);
    });
  }
});

describe("the specification", () => {
  it("is run as far as it is about hashing, and what is left out is known", () => {
    expect(counts).toEqual({
      rollout: 31, // 29 agree, 2 are in `differences`
      variants: 22,
      skipped: {
        "a constraint": 3,
        "a feature that is off": 1,
        "a feature that is off for this key": 1,
        "an override by value": 2,
        "an unknown feature": 1,
        "no variants": 2,
      },
    });
  });
});
