import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";

/** Deeper than this a type says `unknown`. */
const deepest = 8;

/**
 * A JSON Schema as a TypeScript type on one line. What types cannot say (bounds, patterns, conditions) is left out, so
 * the type takes at least what the schema takes. Local `$ref`s are resolved in `root`.
 */
export function schemaType(schema: JsonValue | undefined, root: JsonObject = {}, depth = 0): string {
  if (!isJsonObject(schema) || depth > deepest) return schema === false ? "never" : "unknown";
  const deeper = (part: JsonValue | undefined): string => schemaType(part, root, depth + 1);
  const { $ref, enum: values, anyOf, oneOf, allOf } = schema;
  if (typeof $ref === "string") return deeper(resolved($ref, root));
  if (schema["const"] !== undefined) return literal(schema["const"]);
  if (Array.isArray(values)) return union(values.map((value: JsonValue) => literal(value)));
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return union(choices.map((choice: JsonValue) => deeper(choice)));
  const own = union([schema["type"] ?? "any"].flat().map((type) => typeNamed(String(type), schema, deeper)));
  if (!Array.isArray(allOf)) return own;
  const all = [own, ...allOf.map((part: JsonValue) => deeper(part))].filter((part) => part !== "unknown");
  return all.length === 0 ? "unknown" : intersection(all);
}

/** A type that is all of some types. */
export function intersection(types: readonly string[]): string {
  const different = [...new Set(types)];
  return different.length === 1
    ? (different[0] ?? "unknown")
    : different.map((type) => (/[|]/.test(type) ? `(${type})` : type)).join(" & ");
}

/** A key as it may stand in a type. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function union(types: readonly string[]): string {
  const different = [...new Set(types)];
  return different.includes("unknown") || different.length === 0 ? "unknown" : different.join(" | ");
}

function typeNamed(
  type: string,
  schema: JsonObject,
  deeper: (part: JsonValue | undefined) => string,
): string {
  switch (type) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return type;
    case "integer":
      return "number";
    case "array":
      return `readonly ${elementOf(deeper(schema["items"]))}[]`;
    case "object":
      return objectType(schema, deeper);
    default:
      return isJsonObject(schema["properties"]) ? objectType(schema, deeper) : "unknown";
  }
}

function elementOf(type: string): string {
  return /^[\w.]+$|^\{.*\}$/.test(type) ? type : `(${type})`;
}

function objectType(
  { properties, required, additionalProperties }: JsonObject,
  deeper: (part: JsonValue | undefined) => string,
): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(isJsonObject(properties) ? properties : {}).map(
    ([name, schema]) => `${propertyKey(name)}${needed.has(name) ? "" : "?"}: ${deeper(schema)}`,
  );
  if (additionalProperties !== false) fields.push("[key: string]: unknown");
  return fields.length === 0 ? "Record<string, never>" : `{ ${fields.join("; ")} }`;
}

function literal(value: JsonValue): string {
  return typeof value === "object" && value !== null ? "unknown" : JSON.stringify(value);
}

function resolved(reference: string, root: JsonObject): JsonValue | undefined {
  if (!reference.startsWith("#/")) return undefined;
  let at: JsonValue | undefined = root;
  for (const key of reference.slice(2).split("/")) {
    const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
    at = isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at;
}
