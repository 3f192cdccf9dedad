import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../src/core/json.js";
import { compareSchemas, isSubschema } from "../../src/schema-compat/index.js";
import { validatorOf } from "./ajv.js";

const text = { type: "string" };
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  ...more,
});

describe("inclusion", () => {
  it.each<[JsonValue, JsonValue, "yes" | "no" | "unknown"]>([
    [text, {}, "yes"],
    [{}, text, "no"],
    [false, text, "yes"],
    [text, true, "yes"],
    [{ type: "integer" }, { type: "number" }, "yes"],
    [{ type: "number" }, { type: "integer" }, "no"],
    [{ type: "integer", exclusiveMinimum: 2 }, { type: "integer", minimum: 3 }, "yes"],
    [{ type: "number", multipleOf: 6 }, { type: "number", multipleOf: 3 }, "yes"],
    [{ type: "number", multipleOf: 0.2 }, { type: "number", multipleOf: 0.1 }, "yes"],
    [{ type: "number", multipleOf: 3 }, { type: "number", multipleOf: 6 }, "no"],
    [{ type: "string", minLength: 2 }, { type: "string", minLength: 1 }, "yes"],
    [{ type: "string", format: "email" }, text, "yes"],
    [{ type: "array", items: { type: "integer" } }, { type: "array", items: { type: "number" } }, "yes"],
    [{ type: "array", prefixItems: [text], minItems: 1 }, { type: "array", minItems: 1 }, "yes"],
    [{ type: "array", maxItems: 1 }, { type: "array", uniqueItems: true }, "yes"],
    [object({ a: text }, { required: ["a"] }), object({ a: {} }), "yes"],
    [object({ a: text }), object({ a: text, b: text }), "no"],
    [object({ a: text }, { additionalProperties: false }), object({ a: text, b: text }), "yes"],
    [object({}, { additionalProperties: { type: "integer" } }), object({ a: { type: "number" } }), "yes"],
    [object({}, { patternProperties: { "^x-": text } }), object({ "x-a": text }), "yes"],
    [{ enum: ["a", "b"] }, { anyOf: [{ const: "a" }, { const: "b" }] }, "yes"],
    [{ type: "boolean" }, { enum: [true, false] }, "yes"],
    [{ not: { type: "null" } }, { type: ["array", "boolean", "number", "object", "string"] }, "yes"],
    [{ allOf: [text, { minLength: 1 }] }, { type: "string", minLength: 1 }, "yes"],
    [{ oneOf: [text, { type: "null" }] }, { type: ["string", "null"] }, "yes"],
    [{ type: ["string", "null"] }, { oneOf: [text, { type: "null" }] }, "yes"],
    [{ type: "string", nullable: true }, text, "no"],
  ])("%j within %j: %s", (a, b, answer) => {
    expect(isSubschema(a, b)).toBe(answer);
  });

  it("a union may be covered by several branches together", () => {
    const range = (minimum: number, maximum: number) => ({ type: "integer", minimum, maximum });
    expect(
      isSubschema({ type: "integer", minimum: 0 }, { anyOf: [range(0, 5), { type: "integer", minimum: 6 }] }),
    ).toBe("yes");
    expect(
      isSubschema(
        { type: "number" },
        {
          anyOf: [
            { type: "number", maximum: 5 },
            { type: "number", minimum: 6 },
          ],
        },
      ),
    ).toBe("no");
    const kinds = (...names: string[]) => ({
      anyOf: names.map((name) => object({ kind: { const: name } }, { required: ["kind"] })),
    });
    const listed = object({ kind: { enum: ["call", "mail"] } }, { required: ["kind"] });
    expect(isSubschema(listed, kinds("mail", "call"))).toBe("yes");
    expect(isSubschema(listed, kinds("mail"))).toBe("no");
  });

  it.each<[string, JsonValue]>([
    ["an unknown keyword", { type: "string", spelling: "british" }],
    ["a keyword of the wrong kind", { type: "string", minLength: "2" }],
    ["an unknown type", { type: "text" }],
    ["a reference that leads nowhere", { $ref: "#/$defs/gone" }],
    ["a reference to another file", { $ref: "https://example.com/lead.json" }],
    ["a reference to itself", { $ref: "#" }],
    ["a pattern beyond our means", { type: "string", pattern: "^(?=a)" }],
  ])("%s never means that everything is accepted", (_, schema) => {
    expect(isSubschema({ type: "string", minLength: 1 }, schema)).toBe("unknown");
  });

  it("an unknown keyword on both sides is one condition only where all its neighbours are the same", () => {
    const odd = { type: "string", spelling: "british" };
    expect(isSubschema(object({ a: odd }, { required: ["a"] }), object({ a: odd }))).toBe("yes");
    expect(isSubschema(odd, { ...odd, maxLength: 5 })).not.toBe("yes");
    expect(isSubschema({ ...odd, type: "string", minLength: 1 }, odd)).toBe("unknown");
  });

  it("recursive schemas come to an end", () => {
    const tree = (type: string): JsonObject => ({
      $ref: "#/$defs/tree",
      $defs: {
        tree: object({ value: { type }, children: { type: "array", items: { $ref: "#/$defs/tree" } } }),
      },
    });
    expect(isSubschema(tree("integer"), tree("number"))).toBe("yes");
    expect(isSubschema(tree("number"), tree("integer"))).toBe("no");
    expect(compareSchemas(tree("integer"), tree("number"), { role: "output" }).verdict).toBe("incompatible");
  });

  it.each<[JsonObject]>([
    [{ allOf: [{ $ref: "#" }, text] }],
    [{ anyOf: [{ $ref: "#" }, text] }],
    [{ oneOf: [{ $ref: "#" }, { $ref: "#" }] }],
    [{ not: { $ref: "#" } }],
    [{ if: { $ref: "#" }, then: text }],
    [{ dependentSchemas: { a: { $ref: "#" } } }],
    [{ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { allOf: [{ $ref: "#/$defs/a" }] } } }],
  ])("%j refers to itself at the same value and does not hang", (schema) => {
    expect(isSubschema({}, schema)).not.toBe("yes");
    expect(compareSchemas(schema, { type: "integer" }, { role: "input" }).verdict).not.toBe("compatible");
  });

  it("schemas that are too deep, too wide or too tangled are left open in time", () => {
    let deep: JsonValue = text;
    for (let level = 0; level < 20_000; level += 1) deep = { items: deep };
    const choices = Array.from({ length: 40 }, (_, index) => ({
      anyOf: [{ minLength: index }, { pattern: String(index) }],
    }));
    const started = performance.now();
    expect(isSubschema(deep, text)).toBe("unknown");
    expect(compareSchemas(deep, text, { role: "input" }).verdict).toBe("unknown");
    expect(isSubschema(text, { allOf: choices })).toBe("no");
    expect(isSubschema({ allOf: choices, type: "string" }, { type: "string", frequency: 1 })).toBe("unknown");
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("a property named `__proto__` is a property", () => {
    const schema = (type: string) =>
      JSON.parse(`{"type":"object","properties":{"__proto__":{"type":"${type}"}}}`) as JsonValue;
    expect(isSubschema(schema("integer"), schema("number"))).toBe("yes");
    expect(isSubschema(schema("number"), schema("integer"))).toBe("no");
    expect(isSubschema({ type: "object" }, { type: "object", required: ["toString"] })).toBe("no");
  });
});

describe("comparison", () => {
  it("an addition that an input takes and an exact reader does not is the mirror of itself", () => {
    const [before, after] = [
      object({ a: text }, { additionalProperties: false }),
      object({ a: text, b: text }, { additionalProperties: false }),
    ];
    expect(compareSchemas(before, after, { role: "input" }).verdict).toBe("compatible");
    expect(compareSchemas(before, after, { role: "output", reader: "exact" }).verdict).toBe("incompatible");
    expect(compareSchemas(before, after, { role: "output" }).verdict).toBe("compatible");
  });

  it.each<[JsonValue, JsonValue]>([
    [{ "tone?": "string" }, { tone: "string" }],
    [{ lead: { name: "string" } }, { lead: { name: "string", phone: "string" } }],
    [{ "lines(array)": "number" }, { "lines(array)": "integer" }],
    [{ "tone(enum)": ["low", "high"] }, { "tone(enum)": ["high"] }],
    [
      object({ sku: { type: "string", pattern: "^[A-Z]+$" } }),
      object({ sku: { type: "string", pattern: "^[A-Z]{3}$" } }),
    ],
  ])("the witness of %j → %j is accepted before and refused after", (before, after) => {
    const [change] = compareSchemas(before, after, { role: "input" }).changes;
    expect(change?.bump).toBe("major");
    expect(isSubschema({ const: change?.witness ?? null }, before)).toBe("yes");
    expect(isSubschema({ const: change?.witness ?? null }, after)).toBe("no");
  });

  it("each change of several is named where it is", () => {
    const before = object({ a: text, b: text, lead: object({ name: text }) }, { required: ["a"] });
    const after = object(
      { a: { type: "integer" }, c: text, lead: object({ name: { enum: ["x"] } }) },
      { required: ["c"] },
    );
    const { changes } = compareSchemas(before, after, { role: "input" });
    expect(changes.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      "input-became-optional /properties/a",
      "input-retyped /properties/a",
      "input-removed /properties/b",
      "input-narrowed /properties/lead/properties/name",
      "input-required-added /properties/c",
    ]);
  });

  it("Ajv agrees about the witness on the whole schema", () => {
    const before = object(
      { lead: object({ score: { type: "integer", minimum: 0 } }, { required: ["score"] }) },
      { required: ["lead"], additionalProperties: false },
    );
    const after = structuredClone(before) as unknown as {
      properties: { lead: { properties: { score: { minimum: number } } } };
    };
    after.properties.lead.properties.score.minimum = 1;
    const [change] = compareSchemas(before, after as unknown as JsonObject, { role: "input" }).changes;
    expect(change?.witness).toEqual({ lead: { score: 0 } });
    expect(validatorOf(before)?.(change?.witness ?? null)).toBe(true);
    expect(validatorOf(after as unknown as JsonObject)?.(change?.witness ?? null)).toBe(false);
  });
});
