import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bumps, type Bump } from "../../src/core/bump.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Prompt } from "../../src/core/prompt.js";
import { comparePrompts } from "../../src/compare/index.js";
import { document } from "../schema-compat/arbitraries.js";
import { qualifyLead } from "./story.js";

const runs = { numRuns: 150, seed: 20261102 };

/** Versions of a prompt; what the schemas hold is varied by the laws of the schemas. */
const version: fc.Arbitrary<Prompt> = fc
  .record(
    {
      input: fc.subarray(["company", "locale", "tone?", "notes?(array)"], { minLength: 1 }),
      output: fc.subarray(["score", "reason", "next?"], { minLength: 1 }),
      tools: fc.subarray(["look-up", "web-search"]),
      model: fc.constantFrom("gpt-4o", "gpt-4o-mini", "claude-sonnet-4"),
      body: fc.constantFrom("Qualify the lead.", "Qualify this lead.", "Ask {{ company }} for the budget."),
      odd: fc.option(document, { nil: undefined }),
    },
    { requiredKeys: ["body"] },
  )
  .map(({ input, output, tools, model, body, odd }) => {
    const fields = (names: readonly string[]): JsonObject =>
      Object.fromEntries(names.map((name) => [name, "string"]));
    const inputs =
      odd === undefined
        ? fields(input ?? ["company"])
        : { type: "object", properties: { lead: odd }, $defs: odd["$defs"] as JsonObject };
    return qualifyLead(
      {
        input: { schema: inputs },
        ...(output === undefined ? {} : { output: { schema: fields(output) } }),
        ...(tools === undefined ? {} : { tools }),
        ...(model === undefined ? {} : { model }),
      },
      body,
    );
  });

const size = (bump: Bump) => bumps.indexOf(bump);

describe("laws of the smallest step", () => {
  it("a version compared with itself has no changes", () => {
    fc.assert(
      fc.property(version, (prompt) => {
        expect(comparePrompts(prompt, structuredClone(prompt))).toEqual({
          changes: [],
          requiredBump: "none",
          suggestedBump: "none",
        });
      }),
      runs,
    );
  });

  it("the required step is that of the largest change, and never above the suggested one", () => {
    fc.assert(
      fc.property(version, version, (before, after) => {
        const { changes, requiredBump, suggestedBump } = comparePrompts(before, after);
        expect(size(requiredBump)).toBe(Math.max(0, ...changes.map(({ bump }) => size(bump))));
        expect(size(suggestedBump)).toBeGreaterThanOrEqual(size(requiredBump));
      }),
      runs,
    );
  });

  it("a chain asks for at least what its ends ask for", () => {
    fc.assert(
      fc.property(version, version, version, (first, second, third) => {
        const step = (a: Prompt, b: Prompt) => size(comparePrompts(a, b).requiredBump);
        const chain = Math.max(step(first, second), step(second, third));
        const ends = comparePrompts(first, third);
        // A schema that could not be judged on the way may turn out to break at the ends, and says so itself.
        const isOpen = [comparePrompts(first, second), comparePrompts(second, third)].some(({ changes }) =>
          changes.some(({ kind }) => kind.endsWith("undecidable")),
        );
        if (!isOpen) expect(chain).toBeGreaterThanOrEqual(size(ends.requiredBump));
      }),
      runs,
    );
  });

  it("a comparison is plain data", () => {
    fc.assert(
      fc.property(version, version, (before, after) => {
        const comparison = comparePrompts(before, after);
        expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
      }),
      runs,
    );
  });
});
