import { isJsonObject, type JsonValue } from "../core/json.js";
import { isJsonSchema, joinPointer } from "../core/picoschema.js";

/**
 * Turns a pointer into a schema (as JSON Schema) into a pointer into the schema as it was written: a field of
 * Picoschema stands under a key such as `tone?(enum)`. Stops at the last place that is really there.
 */
export function pointerAsWritten(schema: JsonValue | undefined, pointer: string): string {
  if (schema === undefined || isJsonSchema(schema)) return pointer;
  let place: JsonValue | undefined = schema;
  let written = "";
  const tokens = tokensOf(pointer);
  for (const [index, token] of tokens.entries()) {
    const isName = tokens[index - 1] === "properties";
    const key: string | undefined = isName
      ? keyOfField(place, token)
      : token === "additionalProperties"
        ? "(*)"
        : undefined;
    if (key === undefined || !isJsonObject(place) || !Object.hasOwn(place, key)) continue;
    written = joinPointer(written, key);
    place = place[key];
  }
  return written;
}

function keyOfField(fields: JsonValue | undefined, name: string): string | undefined {
  if (!isJsonObject(fields)) return undefined;
  return Object.keys(fields).find((key) => key.split("(")[0]?.trim().replace(/\?$/, "") === name);
}

/** The place of a schema change as people write it: `lead.name`, `lines[].sku`; empty for the whole schema. */
export function pathOf(pointer: string): string {
  let path = "";
  for (const [index, token] of tokensOf(pointer).entries()) {
    const before = tokensOf(pointer)[index - 1];
    if (before === "properties") path += path === "" ? token : `.${token}`;
    else if (token === "additionalProperties") path += path === "" ? "*" : ".*";
    else if (token === "items" && path !== "") path += "[]";
    else if (before === "prefixItems") path += `[${token}]`;
  }
  return path;
}

/** The name of the variable that a pointer to it (and to nothing inside it) means. */
export function variableAt(pointer: string): string | undefined {
  const [first, name, ...rest] = tokensOf(pointer);
  return first === "properties" && rest.length === 0 ? name : undefined;
}

function tokensOf(pointer: string): readonly string[] {
  const tokens = pointer.split("/").slice(1);
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
