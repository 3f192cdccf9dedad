import { describe, expect, it } from "vitest";
import { isJsonSchema, joinPointer, toJsonSchema } from "../../src/core/picoschema.js";
import type { JsonValue } from "../../src/core/json.js";

const read = (schema: JsonValue) => {
  const { schema: result, problems } = toJsonSchema(schema);
  expect(problems).toEqual([]);
  return result;
};
const problemsOf = (schema: JsonValue) => toJsonSchema(schema).problems.map(({ pointer }) => pointer);

describe("Picoschema", () => {
  it("reads a scalar with and without a description", () => {
    expect(read("string")).toEqual({ type: "string" });
    expect(read("number, the budget, in euro")).toEqual({
      type: "number",
      description: "the budget, in euro",
    });
    expect(read("any")).toEqual({});
  });

  it("closes an object and requires every field without a question mark", () => {
    expect(read({ company: "string, the lead's company", "notes?": "string" })).toEqual({
      type: "object",
      properties: {
        company: { type: "string", description: "the lead's company" },
        notes: { type: ["string", "null"] },
      },
      required: ["company"],
      additionalProperties: false,
    });
  });

  it("leaves `required` out when every field is optional", () => {
    expect(read({ "notes?": "any" })).toEqual({
      type: "object",
      properties: { notes: {} },
      additionalProperties: false,
    });
  });

  it("reads lists of scalars and of objects", () => {
    expect(
      read({ "tags(array, list (short))": "string, the tag", "lines?(array)": { sku: "string" } }),
    ).toEqual({
      type: "object",
      properties: {
        tags: {
          type: "array",
          description: "list (short)",
          items: { type: "string", description: "the tag" },
        },
        lines: {
          type: ["array", "null"],
          items: {
            type: "object",
            properties: { sku: { type: "string" } },
            required: ["sku"],
            additionalProperties: false,
          },
        },
      },
      required: ["tags"],
      additionalProperties: false,
    });
  });

  it("makes an optional object nullable and keeps its description", () => {
    expect(read({ "lead?(object, who asks)": { name: "string" } }).properties).toEqual({
      lead: {
        type: ["object", "null"],
        description: "who asks",
        properties: { name: { type: "string" } },
        required: ["name"],
        additionalProperties: false,
      },
    });
  });

  it("adds null to an optional enum without touching the list it was given", () => {
    const tones = ["formal", "friendly"];
    expect(read({ "tone?(enum, how to sound)": tones }).properties).toEqual({
      tone: { enum: ["formal", "friendly", null], description: "how to sound" },
    });
    expect(tones).toHaveLength(2);
  });

  it("opens an object with a wildcard", () => {
    expect(read({ name: "string", "(*)": "number, a score" })).toEqual({
      type: "object",
      properties: { name: { type: "string" } },
      required: ["name"],
      additionalProperties: { type: "number", description: "a score" },
    });
  });

  it("keeps a field named `__proto__` as a field", () => {
    const schema = read(JSON.parse('{"__proto__": "string", "constructor?": "string"}') as JsonValue);
    expect(Object.keys(schema.properties as object)).toEqual(["__proto__", "constructor"]);
    expect(schema.required).toEqual(["__proto__"]);
  });

  it.each<[string, JsonValue, string]>([
    ["an unknown type", { company: "strng" }, "/company"],
    ["an unknown type in brackets", { "tags(list)": "string" }, "/tags(list)"],
    ["an enum that is no list", { "tone(enum)": "formal" }, "/tone(enum)"],
    ["a number", { lead: { score: 3 } }, "/lead/score"],
    ["null", { "a/b": null }, "/a~1b"],
    ["a field that appears twice", { notes: "string", "notes?": "string" }, "/notes?"],
    ["a field without a name", { "(array)": "string" }, "/(array)"],
    ["nothing at all", null, ""],
  ])("locates %s", (_, schema, pointer) => {
    expect(problemsOf(schema)).toEqual([pointer]);
  });

  it("stops at a depth instead of overflowing", () => {
    let schema: JsonValue = "string";
    for (let level = 0; level < 5000; level += 1) schema = { deeper: schema };
    expect(problemsOf(schema)).toHaveLength(1);
  });
});

describe("telling JSON Schema from Picoschema", () => {
  it.each<[JsonValue]>([
    [true],
    [{ type: "string", format: "email" }],
    [{ type: ["string", "null"] }],
    [{ properties: { company: { type: "string" } } }],
    [{ $ref: "#/$defs/lead", $defs: {} }],
    [{ anyOf: [{ type: "string" }] }],
    [{ enum: ["a"] }],
    [{ const: "a" }],
    [{ minimum: 3 }],
    [{ required: ["company"] }],
    [{ items: { type: "string" } }],
    [{ pattern: "^a" }],
  ])("takes %j as JSON Schema", (schema) => {
    expect(isJsonSchema(schema)).toBe(true);
  });

  it.each<[JsonValue]>([
    ["string"],
    [{ title: "string, the title" }],
    [{ type: "string, of the lead" }],
    [{ items: { sku: "string" } }],
    [{ "enum(enum)": ["a"] }],
    [{}],
  ])("takes %j as Picoschema", (schema) => {
    expect(isJsonSchema(schema)).toBe(false);
  });

  it("leaves JSON Schema as it is and names the type of a block of properties", () => {
    const schema = { type: "object", properties: { company: { type: "string" } } };
    expect(read(schema)).toBe(schema);
    expect(read({ properties: {} })).toEqual({ type: "object", properties: {} });
    expect(read(false)).toEqual({ not: {} });
  });

  it("says that a field named `type` turns its neighbours into JSON Schema", () => {
    expect(problemsOf({ type: "string", "notes?": "any", company: "string, who" })).toEqual([
      "/notes?",
      "/company",
    ]);
    expect(problemsOf({ type: "string", title: "string", default: "any" })).toEqual([]);
  });
});

it("a pointer escapes what JSON Pointer reserves", () => {
  expect(joinPointer("/a", "b/c~d")).toBe("/a/b~1c~0d");
});
