import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { applicators, isAnnotation } from "./keywords.js";

const unordered = new Set(["allOf", "anyOf", "enum", "oneOf", "required", "type"]);

/** A JSON value as text that is the same for equal values: keys are sorted. */
export function valueText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => valueText(item)).join()}]`;
  return isJsonObject(value) ? mapText(value, valueText) : JSON.stringify(value);
}

/**
 * Makes a function that turns a schema into text that is the same for schemas that differ only in spelling:
 * annotations are dropped, lists without an order are sorted, `const` is an `enum` of one.
 */
export function schemaTexts(formats: "annotate" | "assert"): (schema: JsonValue) => string {
  const known = new Map<JsonValue, string>();
  const textOf = (schema: JsonValue): string => {
    if (!isJsonObject(schema)) return JSON.stringify(schema);
    const text = known.get(schema) ?? keywordTexts(schema).sort().join();
    known.set(schema, text);
    return `{${text}}`;
  };
  const keywordTexts = (schema: JsonObject): string[] =>
    Object.entries(schema)
      .filter(([keyword]) => !isAnnotation(keyword, formats))
      .map(([keyword, value]) =>
        keyword === "const"
          ? `"enum":[${valueText(value)}]`
          : `${JSON.stringify(keyword)}:${keywordText(keyword, value)}`,
      );
  const keywordText = (keyword: string, value: JsonValue): string => {
    const holds = applicators[keyword];
    if (holds === "map" && isJsonObject(value)) return mapText(value, textOf);
    if (keyword === "type" && typeof value === "string") return `[${JSON.stringify(value)}]`;
    if (!Array.isArray(value)) return holds === "one" ? textOf(value) : valueText(value);
    const texts = (value as readonly JsonValue[]).map(holds === undefined ? valueText : textOf);
    return `[${(unordered.has(keyword) ? texts.sort() : texts).join()}]`;
  };
  return textOf;
}

function mapText(map: JsonObject, textOf: (value: JsonValue) => string): string {
  const keys = Object.keys(map).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${textOf(map[key] ?? null)}`).join()}}`;
}

/** How many levels of lists and maps a value has; counted without recursion, at most `limit`. */
export function depthOf(value: JsonValue, limit: number): number {
  let level: readonly JsonValue[] = [value];
  let depth = 0;
  while (level.length > 0 && depth < limit) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    depth += 1;
  }
  return depth;
}
