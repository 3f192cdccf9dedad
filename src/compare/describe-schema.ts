import { isJsonObject, type JsonValue } from "../core/json.js";

const maxShown = 60;

/** A schema in a few words: `string`, `"low" | "high"`, `integer 0..5`, `list of string`. */
export function describeSchema(schema: JsonValue | undefined): string {
  if (schema === undefined || schema === null) return "nothing";
  if (typeof schema === "string") return schema;
  if (!isJsonObject(schema)) return schema === false ? "nothing" : "anything";
  if (Array.isArray(schema.enum))
    return cut(schema.enum.map((value: JsonValue) => JSON.stringify(value)).join(" | "));
  if (schema.const !== undefined) return cut(JSON.stringify(schema.const));
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices))
    return cut(choices.map((choice: JsonValue) => describeSchema(choice)).join(" | "));
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? schema.$ref;
  const types = [schema.type ?? "anything"]
    .flat()
    .map((type) => (type === "array" ? listOf(schema.items) : String(type)));
  return `${types.join(" | ")}${range(schema)}`;
}

function listOf(items: JsonValue | undefined): string {
  return items === undefined ? "list" : `list of ${describeSchema(items)}`;
}

function range(schema: Readonly<Record<string, JsonValue>>): string {
  const low = schema.minimum ?? schema.exclusiveMinimum ?? schema.minLength ?? schema.minItems;
  const high = schema.maximum ?? schema.exclusiveMaximum ?? schema.maxLength ?? schema.maxItems;
  const bounds = low === undefined && high === undefined ? "" : ` ${show(low)}..${show(high)}`;
  return typeof schema.pattern === "string" ? `${bounds} matching ${cut(schema.pattern)}` : bounds;
}

function show(bound: JsonValue | undefined): string {
  return typeof bound === "number" ? String(bound) : "";
}

/** Shortens a text so that it fits in a sentence. */
export function cut(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text;
}
