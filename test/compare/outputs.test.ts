import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../src/core/json.js";
import type { FrontMatter, Tool } from "../../src/core/prompt.js";
import { comparePrompts } from "../../src/compare/index.js";
import { changeOf, changesOf, qualifyLead, stepOf } from "./story.js";

const output = (schema: JsonValue, more: FrontMatter["output"] = {}) =>
  qualifyLead({ output: { format: "json", schema, ...more } });
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const text = { type: "string" };
const score = (schema: JsonObject) => output(object({ score: schema }));

describe("outputs", () => {
  it("text that becomes json, and json that becomes text, is major (row 19)", () => {
    const json = qualifyLead({ output: { format: "json" } });
    expect(changesOf(qualifyLead(), json)).toEqual(["output-kind-changed major /output/format"]);
    expect(comparePrompts(json, qualifyLead()).requiredBump).toBe("major");
  });

  it("a schema that is taken away is major (row 19)", () => {
    expect(changesOf(output({ score: "integer" }), qualifyLead({ output: { format: "json" } }))).toEqual([
      "output-schema-removed major /output/schema",
    ]);
  });

  it("a schema for what was json already is minor (row 20)", () => {
    expect(changesOf(qualifyLead({ output: { format: "json" } }), output({ score: "integer" }))).toEqual([
      "output-schema-added minor /output/schema",
    ]);
  });

  it("a new property is minor for a tolerant reader and major for an exact one (row 21)", () => {
    const [before, after] = [output({ score: "integer" }), output({ score: "integer", reason: "string" })];
    expect(changesOf(before, after)).toEqual(["output-property-added minor /output/schema/reason"]);
    expect(comparePrompts(before, after, { reader: "exact" }).requiredBump).toBe("major");
  });

  it("a new property is minor for an exact reader of an open object (row 21)", () => {
    const before = output(object({ score: text }, { additionalProperties: true }));
    expect(changesOf(before, output(object({ score: text, reason: text })), { reader: "exact" })).toContain(
      "output-property-added minor /output/schema/properties/reason",
    );
  });

  it("a property that went, may be missing or may be null is major (row 22)", () => {
    const before = output(object({ score: text, reason: text }));
    const kinds = (schema: JsonObject) =>
      comparePrompts(before, output(schema)).changes.map(({ kind, bump }) => `${kind} ${bump}`);
    expect(kinds(object({ score: text }))).toEqual(["output-property-removed major"]);
    expect(kinds(object({ score: text, reason: text }, { required: ["score"] }))).toEqual([
      "output-property-became-optional major",
    ]);
    expect(kinds(object({ score: text, reason: { type: ["string", "null"] } }))).toEqual([
      "output-property-became-nullable major",
    ]);
  });

  it("a property that was optional may go: readers already had to do without it (row 22)", () => {
    const before = output(object({ score: text, reason: text }, { required: ["score"] }));
    expect(changeOf("output-property-removed", before, output(object({ score: text }))).bump).toBe("minor");
  });

  const widenings: [string, JsonObject, JsonObject][] = [
    ["a type", text, { type: ["string", "integer"] }],
    ["an enum value", { enum: ["low"] }, { enum: ["low", "high"] }],
    ["a branch", { anyOf: [text] }, { anyOf: [text, { type: "integer" }] }],
    ["a bound", { type: "integer", maximum: 3 }, { type: "integer", maximum: 5 }],
  ];

  it.each(widenings)("%s more is major, with a value that shows it (row 23)", (_, before, after) => {
    const change = changeOf("output-widened", score(before), score(after));
    expect(change.bump).toBe("major");
    expect(change.witness).toHaveProperty("score");
  });

  it("an enum that was announced to grow may grow (row 23)", () => {
    const before = score({ enum: ["low"], "x-extensible-enum": true });
    expect(
      changeOf("output-widened", before, score({ enum: ["low", "high"], "x-extensible-enum": true })).bump,
    ).toBe("minor");
    expect(comparePrompts(before, score({ enum: ["low", 1] })).requiredBump).toBe("major");
  });

  it.each([...widenings, ["null", text, { type: ["string", "null"] }] as [string, JsonObject, JsonObject]])(
    "%s less is minor (row 24)",
    (_, after, before) => {
      expect(changesOf(score(before), score(after))).toEqual([
        "output-narrowed minor /output/schema/properties/score",
      ]);
    },
  );

  it("a property that is always there now is minor (row 24)", () => {
    const before = output(object({ score: text }, { required: [] }));
    expect(changesOf(before, score(text))).toEqual(["output-narrowed minor /output/schema/properties/score"]);
  });

  it("another type is major (row 25)", () => {
    expect(changesOf(score(text), score({ type: "integer" }))).toEqual([
      "output-retyped major /output/schema/properties/score",
    ]);
  });

  it("another order of the properties is minor: models write in that order (row 26)", () => {
    expect(
      changesOf(
        output({ reason: "string", score: "integer" }),
        output({ score: "integer", reason: "string" }),
      ),
    ).toEqual(["output-order-changed minor /output/schema"]);
    const typed = (...names: string[]) =>
      object(Object.fromEntries(names.map((name) => [name, text])), { required: ["reason", "score"] });
    expect(changesOf(output(typed("reason", "score")), output(typed("score", "reason")))).toEqual([
      "output-order-changed minor /output/schema/properties",
    ]);
  });

  it("another description is a patch (row 27)", () => {
    expect(changesOf(output({ score: "integer" }), output({ score: "integer, 0 to 100" }))).toEqual([
      "output-annotation-changed patch /output/schema/score",
    ]);
  });

  it("a lost guarantee is major, a new one minor (row 28)", () => {
    const [loose, strict] = [output({ score: "integer" }), output({ score: "integer" }, { strict: true })];
    expect(changesOf(strict, loose)).toEqual(["output-strict-changed major /output/strict"]);
    expect(changesOf(loose, strict)).toEqual(["output-strict-changed minor /output/strict"]);
  });

  it("a schema spelled in another way is a patch", () => {
    expect(changesOf(score({ const: "a" }), score({ enum: ["a"] }))).toEqual([
      "output-equivalent patch /output/schema",
    ]);
  });
});

describe("tools", () => {
  const lookUp: Tool = {
    name: "look-up",
    inputSchema: { company: "string" },
    outputSchema: { size: "integer" },
  };
  const tools = (...list: (Tool | string)[]): FrontMatter => ({ tools: list });

  it("a new tool is major, unless the provider runs it (row 29)", () => {
    expect(stepOf({}, tools("look-up"))).toBe("major");
    expect(stepOf({}, tools({ name: "web-search", hosted: true }))).toBe("minor");
  });

  it("a tool that went is minor, and major when the model was made to call it (row 30)", () => {
    expect(stepOf(tools("look-up"), {})).toBe("minor");
    expect(
      changeOf("tool-removed", qualifyLead({ ...tools("look-up"), toolChoice: "look-up" }), qualifyLead())
        .bump,
    ).toBe("major");
  });

  it("parameters are what the model writes: more values are major, fewer minor (row 31)", () => {
    const wide = tools({ ...lookUp, inputSchema: { "company?": "string" } });
    expect(stepOf(tools(lookUp), wide)).toBe("major");
    expect(stepOf(wide, tools(lookUp))).toBe("minor");
    expect(changesOf(qualifyLead(tools(lookUp)), qualifyLead(wide))).toContain(
      "tool-parameters-property-became-optional major /tools/0/inputSchema/company?",
    );
  });

  it("results are what the caller gives: fewer values are major, more minor (row 32)", () => {
    const wide = tools({ ...lookUp, outputSchema: { size: "number" } });
    expect(stepOf(tools(lookUp), wide)).toBe("minor");
    expect(changeOf("tool-result-narrowed", qualifyLead(wide), qualifyLead(tools(lookUp)))).toMatchObject({
      bump: "major",
      at: "/tools/0/outputSchema/size",
    });
  });

  it("the words of a tool are a patch (row 27)", () => {
    expect(stepOf(tools(lookUp), tools({ ...lookUp, description: "Finds a company" }))).toBe("patch");
  });

  it("another choice of tools, or parallel calls, is minor (row 33)", () => {
    expect(stepOf({ toolChoice: "auto" }, { toolChoice: "required" })).toBe("minor");
    expect(stepOf({}, { config: { parallel_tool_calls: false } })).toBe("minor");
  });

  it("a tool that callers have to run from now on is major", () => {
    const [hosted, own] = [tools({ ...lookUp, hosted: true }), tools(lookUp)];
    expect(stepOf(hosted, own)).toBe("major");
    expect(stepOf(own, hosted)).toBe("minor");
  });

  it("a tool in another place of the list is no change", () => {
    expect(stepOf(tools("a", lookUp), tools(lookUp, "a"))).toBe("none");
  });
});
