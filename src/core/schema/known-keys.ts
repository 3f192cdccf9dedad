import { isJsonObject, type JsonObject, type JsonValue } from "../json.js";

/** The keys that the schema knows for the object at a path, in the schema's order; empty where any key may stand. */
export function knownKeys(schema: JsonObject, path: readonly string[]): readonly string[] {
  const properties = path.reduce<JsonObject | undefined>((at, step) => child(schema, at, step), schema)?.[
    "properties"
  ];
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function child(root: JsonObject, at: JsonObject | undefined, step: string): JsonObject | undefined {
  if (at === undefined) return undefined;
  const properties = at["properties"];
  const found =
    isJsonObject(properties) && Object.hasOwn(properties, step)
      ? properties[step]
      : (at["items"] ?? at["additionalProperties"]);
  if (!isJsonObject(found)) return undefined;
  const reference = found["$ref"];
  if (typeof reference !== "string") return found;
  return reference
    .split("/")
    .slice(1)
    .reduce<JsonValue | undefined>(
      (node, key) => (isJsonObject(node) ? node[key] : undefined),
      root,
    ) as JsonObject;
}
