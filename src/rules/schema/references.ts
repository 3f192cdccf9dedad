import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.js";

/** The schema that a local reference means: `#`, `#/$defs/lead` or an `$anchor`; undefined when there is none. */
export function targetOf(root: JsonObject, reference: string): JsonValue | undefined {
  if (reference === "#" || (typeof root.$id === "string" && reference === root.$id)) return root;
  if (reference.startsWith("#/")) {
    const steps = reference.slice(2).split("/").map(decoded);
    return steps.reduce<JsonValue | undefined>((at, step) => {
      if (Array.isArray(at)) return (at as readonly JsonValue[])[Number(step)];
      return isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    }, root);
  }
  return reference.startsWith("#") ? anchored(root, reference.slice(1)) : undefined;
}

function decoded(step: string): string {
  const plain = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain; // a lone per cent sign stands for itself
  }
}

function anchored(at: JsonValue, name: string): JsonValue | undefined {
  if (Array.isArray(at)) {
    for (const item of at as readonly JsonValue[]) {
      const found = anchored(item, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isJsonObject(at)) return undefined;
  if (at.$anchor === name) return at;
  return anchored(Object.values(at), name);
}

/** Keywords whose schemas judge the very value that their own schema judges. */
const samePlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"];

/** The keyword by which a schema comes back to itself without stepping into the value; undefined when it does not. */
export function endlessAt(root: JsonObject, start: JsonObject): string | undefined {
  const seen = new Set<JsonObject>();
  const search = (schema: JsonValue | undefined): boolean => {
    if (!isJsonObject(schema)) return false;
    if (schema === start && seen.size > 0) return true;
    if (seen.has(schema)) return false;
    seen.add(schema);
    return stepsFrom(root, schema).some(([, next]) => search(next));
  };
  seen.add(start);
  return stepsFrom(root, start).find(([, next]) => search(next))?.[0];
}

function stepsFrom(
  root: JsonObject,
  schema: JsonObject,
): readonly (readonly [string, JsonValue | undefined])[] {
  const steps: [string, JsonValue | undefined][] = [];
  if (typeof schema.$ref === "string") steps.push(["$ref", targetOf(root, schema.$ref)]);
  for (const keyword of samePlace) {
    const setting = schema[keyword];
    if (Array.isArray(setting))
      for (const item of setting as readonly JsonValue[]) steps.push([keyword, item]);
    else if (keyword === "dependentSchemas" && isJsonObject(setting))
      for (const item of Object.values(setting)) steps.push([keyword, item]);
    else steps.push([keyword, setting]);
  }
  return steps;
}
