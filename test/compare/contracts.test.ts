import { describe, expect, it } from "vitest";
import {
  compareContracts,
  contractOf,
  factsOf,
  type Contract,
  type TemplateFacts,
} from "../../src/compare/index.js";
import { variablesOf } from "../../src/compare/variables.js";
import { qualifyLead } from "./story.js";

describe("facts of templates", () => {
  it("say what the body and its variants need, and how the messages are laid out", () => {
    const variants = [{ tags: { locale: "zh" }, content: "{{ company }} {{ tone }}" }];
    const body = '{% message role="system" %}Hi {{ lead.name }} {{ tone | default("x") }}{% endmessage %}';
    expect(factsOf(qualifyLead({ variants }, body))).toMatchObject({
      variables: { required: ["lead", "company", "tone"], optional: [], paths: ["lead.name"] },
      kind: "chat",
      roles: ["system"],
    });
  });

  it("say that a template does not parse instead of failing", () => {
    expect(factsOf(qualifyLead({}, "{% if %}")).problem).toBeTypeOf("string");
  });

  it("look into what is included", () => {
    const load = (name: string) => (name === "tone" ? "Be {{ tone }}." : null);
    expect(factsOf(qualifyLead({}, '{% include "tone" %}'), { load }).variables.required).toEqual(["tone"]);
  });
});

describe("contracts", () => {
  const facts = (required: readonly string[], text: string): TemplateFacts => {
    return { variables: { required, optional: [], paths: [] }, kind: "text", roles: [], text };
  };

  it("a moved include counts with its own variables and its own words (row 46)", () => {
    const contract = (required: readonly string[], text: string): Contract =>
      contractOf(qualifyLead({}, '{% include "tone" %}'), facts(required, text));
    const { changes, requiredBump } = compareContracts(
      contract([], "Be brief."),
      contract(["tone"], "Be {{ tone }}."),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(["input-required-added", "wording-changed"]);
    expect(requiredBump).toBe("major");
  });
});

describe("variables", () => {
  it("are those of the schema, with types in a few words", () => {
    const schema = {
      company: "string",
      "tone?(enum)": ["formal", "short"],
      "tags(array)": "string",
      size: "integer",
    };
    expect(variablesOf(qualifyLead({ input: { schema, default: { size: 1 } } }))).toEqual([
      { name: "company", required: true, type: "string" },
      { name: "tone", required: false, type: '"formal" | "short" | null' },
      { name: "tags", required: true, type: "list of string" },
      { name: "size", required: false, type: "integer" },
    ]);
  });

  it("are those of the template where nothing is declared", () => {
    expect(variablesOf(qualifyLead({}, 'Hi {{ company }} {{ tone | default("") }}'))).toEqual([
      { name: "company", required: true, type: "anything" },
      { name: "tone", required: false, type: "anything" },
    ]);
  });
});
