import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../src/core/json.js";
import { comparePrompts } from "../../src/compare/index.js";
import { changeOf, changesOf, qualifyLead } from "./story.js";

const input = (
  schema: JsonValue,
  more: { default?: JsonObject; unknown?: "refuse" | "ignore" } = {},
  body?: string,
) => qualifyLead({ input: { schema, ...more } }, body);
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  ...more,
});
const text = { type: "string" };

describe("input variables", () => {
  it("a new required variable is major: callers that do not pass it break (row 1)", () => {
    expect(changesOf(input({ company: "string" }), input({ company: "string", locale: "string" }))).toEqual([
      "input-required-added major /input/schema/locale",
    ]);
  });

  it("a new required variable with a default is minor: the library fills it (row 2)", () => {
    const before = input({ company: "string" });
    for (const after of [
      input({ company: "string", tone: "string" }, { default: { tone: "formal" } }),
      input(
        object({ company: text, tone: { ...text, default: "formal" } }, { required: ["company", "tone"] }),
      ),
    ]) {
      expect(changeOf("input-required-added", before, after).bump).toBe("minor");
      expect(comparePrompts(before, after).requiredBump).toBe("minor");
    }
  });

  it("a new optional variable is minor (row 3)", () => {
    expect(changesOf(input({ company: "string" }), input({ company: "string", "notes?": "string" }))).toEqual(
      ["input-optional-added minor /input/schema/notes?"],
    );
  });

  it("a new optional field of an open object is minor, and the note shows who might break (row 3)", () => {
    const lead = (fields: JsonObject) => input(object({ lead: object(fields) }));
    const change = changeOf("input-optional-added", lead({ name: text }), lead({ name: text, phone: text }));
    expect(change).toMatchObject({ bump: "minor", at: "/input/schema/properties/lead/properties/phone" });
    expect(change.message).toContain("callers that already sent");
  });

  it("a removed variable is major: inputs are closed unless they say otherwise (row 4)", () => {
    const change = changeOf(
      "input-removed",
      input(object({ company: text, locale: text })),
      input(object({ company: text })),
    );
    expect(change).toMatchObject({ bump: "major", at: "/input/schema/properties/locale" });
    expect(change.message).toContain("`locale`");
  });

  it("a removed variable is minor where unknown variables are ignored (row 4)", () => {
    const before = input({ company: "string", locale: "string" }, { unknown: "ignore" });
    expect(changeOf("input-removed", before, input({ company: "string" }, { unknown: "ignore" })).bump).toBe(
      "minor",
    );
  });

  it("a variable that went while another of the same type came looks like a rename (row 5)", () => {
    const change = changeOf("input-removed", input({ customer: "string" }), input({ client: "string" }));
    expect(change.bump).toBe("major");
    expect(change.message).toContain(
      "`customer` was removed and `client` of the same type added: it looks like a rename",
    );
  });

  it("no rename is guessed between two candidates (row 5)", () => {
    const change = changeOf(
      "input-removed",
      input({ customer: "string" }),
      input({ client: "string", buyer: "string" }),
    );
    expect(change.message).not.toContain("rename");
  });

  it("a variable that became required is major, with a default minor (row 6)", () => {
    const before = input(object({ tone: text }));
    const schema = object({ tone: text }, { required: ["tone"] });
    expect(changeOf("input-became-required", before, input(schema)).bump).toBe("major");
    expect(
      changeOf("input-became-required", before, input(schema, { default: { tone: "formal" } })).bump,
    ).toBe("minor");
  });

  it("a variable that became optional is minor (row 7)", () => {
    const before = input(object({ tone: text }, { required: ["tone"] }));
    expect(changesOf(before, input(object({ tone: text })))).toEqual([
      "input-became-optional minor /input/schema/properties/tone",
    ]);
  });

  const tone = (schema: JsonObject) => input(object({ tone: schema }, { required: ["tone"] }));
  const widenings: [string, JsonObject, JsonObject][] = [
    ["a type", text, { type: ["string", "integer"] }],
    ["null", text, { type: ["string", "null"] }],
    ["an enum value", { enum: ["formal"] }, { enum: ["formal", "friendly"] }],
    ["a bound", { type: "integer", maximum: 3 }, { type: "integer", maximum: 5 }],
    ["a pattern", { type: "string", pattern: "^[a-z]+$" }, { type: "string", pattern: "^[a-z0-9]+$" }],
    ["a field that need not be there", object({ a: text }, { required: ["a"] }), object({ a: text })],
    ["other fields", object({ a: text }, { additionalProperties: false }), object({ a: text })],
  ];

  it.each(widenings)("%s more is minor (row 8)", (_, before, after) => {
    const { changes, requiredBump } = comparePrompts(tone(before), tone(after));
    expect(changes.map(({ kind }) => kind)).toEqual(["input-widened"]);
    expect(requiredBump).toBe("minor");
  });

  it.each(widenings)("%s less is major, with a value that shows it (row 9)", (_, after, before) => {
    const { changes, requiredBump } = comparePrompts(tone(before), tone(after));
    expect(changes.map(({ kind }) => kind)).toEqual(["input-narrowed"]);
    expect(changes[0]?.witness).toHaveProperty("tone");
    expect(requiredBump).toBe("major");
  });

  it("the message shows the value that breaks (row 9)", () => {
    const change = changeOf("input-narrowed", tone({ enum: ["low", "high"] }), tone({ enum: ["high"] }));
    expect(change.message).toBe(
      'input `tone` takes fewer values: it was `"low" | "high"` and is `"high"`; `{"tone":"low"}` was accepted before',
    );
  });

  it("another type is major (row 10)", () => {
    const change = changeOf("input-retyped", tone(text), tone({ type: "integer" }));
    expect(change).toMatchObject({ bump: "major", witness: { tone: "aa" } });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["null", { type: ["string", "null"] }, { anyOf: [{ type: "null" }, text] }],
    ["a nullable", { type: "string", nullable: true }, { type: ["null", "string"] }],
    ["an enum of one", { const: "formal" }, { enum: ["formal"] }],
    ["an enum in another order", { enum: ["a", "b"] }, { enum: ["b", "a"] }],
    ["an integer", { type: "integer" }, { type: "number", multipleOf: 1 }],
  ])("%s that is spelled in another way is a patch (row 11)", (_, before, after) => {
    const { changes } = comparePrompts(tone(before), tone(after));
    expect(changes.map(({ kind, bump }) => `${kind} ${bump}`)).toEqual(["input-equivalent patch"]);
  });

  it("a definition that was factored out is a patch (row 11)", () => {
    const after = object({ tone: { $ref: "#/$defs/tone" } }, { required: ["tone"], $defs: { tone: text } });
    expect(comparePrompts(tone(text), input(after)).requiredBump).toBe("patch");
  });

  it("Picoschema and the JSON Schema it stands for are the same contract (row 11)", () => {
    const after = object({ company: text }, { required: ["company"], additionalProperties: false });
    expect(comparePrompts(input({ company: "string" }), input(after)).requiredBump).toBe("none");
  });

  it("another default is minor: callers that leave it out get other text (row 12)", () => {
    const schema = { "tone?": "string" };
    expect(
      changesOf(
        input(schema, { default: { tone: "formal" } }),
        input(schema, { default: { tone: "short" } }),
      ),
    ).toEqual(["input-default-changed minor /input/default/tone"]);
    const inside = (value: string) => input(object({ tone: { ...text, default: value } }));
    expect(changesOf(inside("formal"), inside("short"))).toEqual([
      "input-default-changed minor /input/schema/properties/tone",
    ]);
  });

  it("a default that went is minor, and major where the template prints the variable unguarded (row 13)", () => {
    const schema = { "tone?": "string" };
    const guarded = 'Be {{ tone | default("formal") }}.';
    const kind = "input-default-removed";
    const bump = (body: string) =>
      changeOf(kind, input(schema, { default: { tone: "formal" } }, body), input(schema, {}, body)).bump;
    expect(bump(guarded)).toBe("minor");
    expect(bump("Be {{ tone }}.")).toBe("major");
  });

  it("a default that a required variable lost makes it required for callers (row 13)", () => {
    const schema = { tone: "string" };
    const before = input(schema, { default: { tone: "formal" } });
    expect(changesOf(before, input(schema))).toEqual(["input-became-required major /input/schema/tone"]);
  });

  it("a format is a note, unless formats are asserted (row 14)", () => {
    const email = tone({ type: "string", format: "email" });
    expect(changesOf(tone(text), email)).toEqual([
      "input-format-changed patch /input/schema/properties/tone/format",
    ]);
    const asserted = { formats: "assert" } as const;
    expect(comparePrompts(tone(text), email, asserted).requiredBump).toBe("major");
    expect(comparePrompts(email, tone(text), asserted).requiredBump).toBe("minor");
  });

  it.each(["title", "description", "examples"])("another %s is a patch (row 15)", (key) => {
    expect(
      changesOf(tone(text), tone({ ...text, [key]: key === "examples" ? ["formal"] : "How to sound" })),
    ).toEqual([`input-annotation-changed patch /input/schema/properties/tone/${key}`]);
  });

  it("a keyword that is not understood never means compatible (row 48)", () => {
    const change = changeOf("input-undecidable", tone(text), tone({ ...text, spelling: "british" }));
    expect(change.bump).toBe("minor");
    expect(change.message).toContain("cannot be proven");
  });

  it("an error in a Picoschema is not taken for a schema (row 48)", () => {
    expect(changesOf(input({ company: "string" }), input({ company: "strng" }))[0]).toContain("input-");
    expect(comparePrompts(input({ company: "string" }), input({ company: "strng" })).requiredBump).toBe(
      "minor",
    );
  });
});

describe("variables without a schema (row 17)", () => {
  const body = (text: string) => qualifyLead({}, text);

  it("a variable that appears unguarded is major", () => {
    expect(changeOf("input-required-added", body("Hi"), body("Hi {{ company }}"))).toMatchObject({
      bump: "major",
      at: "body",
    });
  });

  it("a variable that appears behind a guard is minor", () => {
    for (const text of ['Hi {{ company | default("you") }}', "Hi {% if company %}{{ company }}{% endif %}"]) {
      expect(changeOf("input-optional-added", body("Hi"), body(text)).bump).toBe("minor");
    }
  });

  it("a variable that disappears is major", () => {
    expect(changeOf("input-removed", body("Hi {{ company }}"), body("Hi")).bump).toBe("major");
  });

  it("what a variant needs counts as well", () => {
    const variants = [{ tags: { locale: "zh" }, content: "你好 {{ company }}" }];
    expect(changeOf("input-required-added", body("Hi"), qualifyLead({ variants }, "Hi")).bump).toBe("major");
  });

  it("a schema for the variables that were there already is minor", () => {
    const changes = changesOf(body("Hi {{ company }}"), input({ company: "string" }, {}, "Hi {{ company }}"));
    expect(changes).toEqual(["input-schema-added minor /input/schema"]);
  });

  it("a template that does not parse leaves the question open", () => {
    expect(changesOf(body("Hi"), body("Hi {{ company"))).toContain("input-undecidable minor body");
  });
});
