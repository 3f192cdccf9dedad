import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { schemaReadingOf } from "../core/schema-reading.js";
import type { Prompt } from "../core/prompt.js";
import type { TemplateFacts } from "./template-facts.js";

/** What one version of a prompt promises and demands. */
export interface Contract {
  readonly prompt: Prompt;
  readonly template: TemplateFacts;
  readonly input: InputContract;
  readonly output: OutputContract;
}

/** What callers have to give. */
interface InputContract {
  /** Whether the prompt has an input schema; else the contract is what the template uses. */
  readonly declared: boolean;
  /** The variables as JSON Schema, as it was written. */
  readonly written: JsonObject;
  /** The variables as callers see them: what has a default need not be given. */
  readonly given: JsonObject;
  readonly required: ReadonlySet<string>;
  /** What fills variables that callers leave out, from the schema and from beside it. */
  readonly defaults: JsonObject;
  /** The defaults beside the schema. */
  readonly beside: JsonObject;
}

/** What readers get. */
interface OutputContract {
  readonly kind: "text" | "json";
  readonly schema: JsonValue | undefined;
  readonly strict: boolean;
}

/** Reads the contract of a version from its front-matter and, where that is silent, from its templates. */
export function contractOf(prompt: Prompt, template: TemplateFacts): Contract {
  const { output } = prompt.frontMatter;
  const kind = output?.format ?? (output?.schema === undefined ? "text" : "json");
  return {
    prompt,
    template,
    input: inputOf(prompt, template),
    output: { kind, schema: output?.schema, strict: output?.strict ?? false },
  };
}

function inputOf({ frontMatter: { input = {} } }: Prompt, template: TemplateFacts): InputContract {
  const declared = input.schema !== undefined;
  const written = input.schema === undefined ? inferred(template) : schemaReadingOf(input.schema).schema;
  const defaults = { ...defaultsIn(written), ...input.default };
  const required = new Set(namesIn(written.required));
  const needed = [...required].filter((name) => !Object.hasOwn(defaults, name));
  const given = required.size === needed.length ? written : { ...written, required: needed };
  const open =
    input.unknown === "ignore" && [undefined, false].includes(written.additionalProperties as undefined);
  return {
    declared,
    written,
    given: open ? { ...given, additionalProperties: true } : given,
    required,
    defaults,
    beside: input.default ?? {},
  };
}

/** Defaults that stand in the schema fill a variable as those beside it do. */
function defaultsIn(schema: JsonObject): JsonObject {
  const entries = Object.entries(propertiesOf(schema)).flatMap(([name, property]): [string, JsonValue][] =>
    isJsonObject(property) && property.default !== undefined ? [[name, property.default]] : [],
  );
  return Object.fromEntries(entries);
}

/** Without a schema the variables of the template are the contract; their types are unknown. */
function inferred({ variables }: TemplateFacts): JsonObject {
  const names = [...new Set([...variables.required, ...variables.optional])];
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, {}])),
    required: variables.required,
    additionalProperties: false,
  };
}

/** The same variables without their types, to compare with a contract that has none. */
export function namesOnly(schema: JsonObject): JsonObject {
  const { properties, required = [] } = schema;
  const names = [...(isJsonObject(properties) ? Object.keys(properties) : []), ...namesIn(required)];
  const open = schema.additionalProperties === true;
  const fields = Object.fromEntries(names.map((name) => [name, {}]));
  return { type: "object", properties: fields, required, additionalProperties: open };
}

/** The texts of a list that ought to hold names. */
export function namesIn(list: JsonValue | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** The variables of a schema, by name. */
export function propertiesOf(schema: JsonValue | undefined): JsonObject {
  return isJsonObject(schema) && isJsonObject(schema.properties) ? schema.properties : {};
}
