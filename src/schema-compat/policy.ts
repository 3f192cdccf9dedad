import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { branchesOf } from "./branches.js";
import { expand } from "./expand.js";
import { applicators } from "./keywords.js";
import { both, literal, type Node, type Work } from "./work.js";

/**
 * Closes the variables of a prompt: names that the schema does not declare are refused, unless it says what they may
 * hold. Objects inside stay as open as JSON Schema has them.
 */
export function closeInputs(work: Work, node: Node): Node {
  const schemas = expand(work, node).flatMap(({ parts }) => parts.map(({ schema }) => schema as JsonObject));
  if (schemas.some((schema) => Object.hasOwn(schema, "additionalProperties"))) return node;
  const records = branchesOf(work, node).filter((branch) => branch.kind === "record");
  if (!records.some(({ properties, required }) => properties.size + required.size > 0)) return node;
  const names = records.flatMap(({ properties }) => [...properties.keys()]);
  const patterns = records.flatMap(({ patterns: map }) => [...map.keys()]);
  const open = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, true]));
  const frame = { properties: open(names), patternProperties: open(patterns), additionalProperties: false };
  return both(work, node, literal(work, frame));
}

/**
 * What a reader of an output schema understands. A tolerant reader ignores properties that it does not know: a closed
 * object is a promise of the producer, not a demand of the reader. An extensible enum was announced to grow.
 */
export function readerView(schema: JsonValue, reader: "tolerant" | "exact"): JsonValue {
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]): [string, JsonValue][] => {
      const closes = keyword === "additionalProperties" || keyword === "unevaluatedProperties";
      if (closes && value === false && reader === "tolerant") return [];
      if (keyword === "enum" && schema["x-extensible-enum"] === true) return typesOfEnum(schema, value);
      // Branches that exclude each other only by being closed may overlap once they are open.
      const name = keyword === "oneOf" && reader === "tolerant" ? "anyOf" : keyword;
      return [[name, innerView(keyword, value, reader)]];
    }),
  );
}

function innerView(keyword: string, value: JsonValue, reader: "tolerant" | "exact"): JsonValue {
  const holds = keyword === "$defs" || keyword === "definitions" ? "map" : applicators[keyword];
  if (keyword === "not" || keyword === "if" || holds === undefined) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => readerView(item, reader));
  if (holds !== "map" || !isJsonObject(value)) return readerView(value, reader);
  return Object.fromEntries(Object.entries(value).map(([key, schema]) => [key, readerView(schema, reader)]));
}

/** An extensible enum takes any value of the types that it has now. */
function typesOfEnum(schema: JsonObject, values: JsonValue): [string, JsonValue][] {
  if (!Array.isArray(values)) return [["enum", values]];
  if (schema.type !== undefined) return [];
  const types = values.map((value: JsonValue) =>
    value === null ? "null" : Array.isArray(value) ? "array" : typeof value,
  );
  return [["type", [...new Set(types)]]];
}
