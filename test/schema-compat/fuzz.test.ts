import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../src/core/json.js";
import { compareSchemas, isSubschema } from "../../src/schema-compat/index.js";
import { accepts } from "../../src/schema-compat/evaluate.js";
import { sample } from "../../src/schema-compat/sample.js";
import { decide } from "../../src/schema-compat/subschema.js";
import { nodeOf, openDocument, startWork } from "../../src/schema-compat/work.js";
import { validatorOf } from "./ajv.js";
import { change, document, pair } from "./arbitraries.js";

/** More with `FUZZ_RUNS=5000 FUZZ_SEED=1`. */
const runs = {
  numRuns: Number(process.env["FUZZ_RUNS"] ?? 80),
  seed: Number(process.env["FUZZ_SEED"] ?? 20261102),
};

const values: readonly JsonValue[] = [
  ...["a", "b", "", "formal", "42", 0, 1, 2, 3, 5, 2.5, -1, null, true, false, [], {}, [1], ["a"], [1, 1]],
  ...[
    { score: 1 },
    { score: "a", reason: "b" },
    { tone: null },
    { lines: [] },
    { extra: 1 },
    { next: { score: 0 } },
  ],
];

const nodeIn = (work: ReturnType<typeof startWork>, schema: JsonValue) =>
  nodeOf(work, schema, openDocument(work, schema));

describe("against Ajv", { timeout: 600_000 }, () => {
  it("no value is accepted before and refused after where inclusion is proven, and every witness is one", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [inA, inB] = [validatorOf(a), validatorOf(b)];
        if (inA === undefined || inB === undefined) return;
        const work = startWork();
        const answer = decide(work, nodeIn(work, a), nodeIn(work, b));
        if (answer.is === "no") {
          // Ajv gives up where a schema refers to itself at the same value.
          expect([inA(answer.witness) ?? true, inB(answer.witness) ?? false]).toEqual([true, false]);
        } else if (answer.is === "yes") {
          const more = [sample(work, nodeIn(work, a)), sample(work, nodeIn(work, b))].filter(
            (value) => value !== undefined,
          );
          for (const value of [...values, ...more]) {
            expect(inA(value) === true && inB(value) === false, JSON.stringify(value)).toBe(false);
          }
        }
      }),
      runs,
    );
  });

  it("our own validator never contradicts it", () => {
    fc.assert(
      fc.property(document, (schema) => {
        const valid = validatorOf(schema);
        if (valid === undefined) return;
        const work = startWork();
        for (const value of values) {
          const [ours, theirs] = [accepts(work, nodeIn(work, schema), value), valid(value)];
          if (ours !== undefined && theirs !== undefined) expect(ours, JSON.stringify(value)).toBe(theirs);
        }
      }),
      runs,
    );
  });

  it("few questions stay open", () => {
    const pairs = fc.sample(pair, runs);
    const open = pairs.filter(([a, b]) => isSubschema(a, b) === "unknown");
    expect(open.length / pairs.length).toBeLessThan(0.15);
  });
});

describe("laws", { timeout: 600_000 }, () => {
  const inclusion = (a: JsonValue, b: JsonValue) => isSubschema(a, b);

  it("a schema lies within itself, and compared with itself has no changes", () => {
    fc.assert(
      fc.property(document, (schema) => {
        const copy = structuredClone(schema) as JsonValue;
        expect(inclusion(schema, copy)).toBe("yes");
        for (const role of ["input", "output"] as const) {
          expect(compareSchemas(schema, copy, { role })).toEqual({ verdict: "compatible", changes: [] });
        }
      }),
      runs,
    );
  });

  it("what is widened one way is never widened the other way", () => {
    fc.assert(
      fc.property(fc.tuple(document, change), ([lead, edit]) => {
        const wrap = (schema: JsonValue) => ({
          properties: { lead: schema },
          required: ["lead"],
          $defs: lead["$defs"] ?? {},
        });
        const kinds = (a: JsonValue, b: JsonValue) =>
          compareSchemas(a, b, { role: "input" }).changes.map(({ kind }) => kind);
        const [there, back] = [wrap(lead), wrap(edit(lead))];
        const [one, other] = [kinds(there, back), kinds(back, there)];
        if (one.length > 0 && one.every((kind) => kind === "input-widened")) {
          expect(other).not.toContain("input-widened");
          expect(other).not.toContain("input-equivalent");
        }
      }),
      runs,
    );
  });

  it("an input change and the reverse output change have one verdict: the two directions are mirrors", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const input = compareSchemas(a, b, { role: "input", undeclared: "as written" });
        const output = compareSchemas(b, a, { role: "output", reader: "exact" });
        // A field that an open object may hold already is a note for callers; readers are told that it is a break.
        if (input.changes.some(({ kind }) => kind === "input-optional-added")) return;
        expect(output.verdict).toBe(input.verdict);
      }),
      runs,
    );
  });

  it("what lies within something that lies within a third is never said to lie outside of it", () => {
    fc.assert(
      fc.property(document, change, change, (a, first, second) => {
        const b = first(a);
        const c = second(b);
        if (inclusion(a, b) === "yes" && inclusion(b, c) === "yes") expect(inclusion(a, c)).not.toBe("no");
      }),
      runs,
    );
  });

  it("a major change and the verdict say the same", () => {
    fc.assert(
      fc.property(
        pair,
        fc.constantFrom("input", "output"),
        fc.constantFrom("tolerant", "exact"),
        ([a, b], role, reader) => {
          const { verdict, changes } = compareSchemas(a, b, { role, reader } as const);
          expect(changes.some(({ bump }) => bump === "major")).toBe(verdict === "incompatible");
        },
      ),
      runs,
    );
  });
});
