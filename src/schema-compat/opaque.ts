import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { isStringList } from "./assertions.js";
import { isAnnotation } from "./keywords.js";
import { partOf, type Part, type Work } from "./work.js";

const isNumber = (setting: JsonValue) => typeof setting === "number";
const isSchema = (setting: JsonValue) => typeof setting === "boolean" || isJsonObject(setting);
const isMap = (setting: JsonValue) => isJsonObject(setting);

/** The keywords that branches express, and which settings of them make sense. */
const expressed: Readonly<Record<string, (setting: JsonValue) => boolean>> = {
  type: (setting) => typeof setting === "string" || isStringList(setting),
  enum: (setting) => Array.isArray(setting),
  const: () => true,
  nullable: (setting) => typeof setting === "boolean",
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (setting) => typeof setting === "number" && setting > 0,
  minLength: isNumber,
  maxLength: isNumber,
  pattern: (setting) => typeof setting === "string",
  items: (setting) => isSchema(setting) || Array.isArray(setting),
  prefixItems: (setting) => Array.isArray(setting),
  additionalItems: isSchema,
  minItems: isNumber,
  maxItems: isNumber,
  uniqueItems: (setting) => typeof setting === "boolean",
  properties: isMap,
  patternProperties: isMap,
  additionalProperties: isSchema,
  propertyNames: isSchema,
  required: isStringList,
  minProperties: isNumber,
  maxProperties: isNumber,
};

/** Keywords that are known but not expressed: the type they speak of, and the neighbours that belong to them. */
const recognised: Readonly<Record<string, { readonly type?: string; readonly group: readonly string[] }>> = {
  if: { group: ["if", "then", "else"] },
  then: { group: ["if", "then", "else"] },
  else: { group: ["if", "then", "else"] },
  format: { type: "string", group: ["format"] },
  contains: { type: "array", group: ["contains", "minContains", "maxContains"] },
  minContains: { type: "array", group: ["contains", "minContains", "maxContains"] },
  maxContains: { type: "array", group: ["contains", "minContains", "maxContains"] },
  dependentRequired: { type: "object", group: ["dependentRequired"] },
  dependentSchemas: { type: "object", group: ["dependentSchemas"] },
};

/**
 * Names the conditions of a part on values of a type that branches do not express. Two conditions of the same name
 * are the same; what an unknown keyword means may depend on its neighbours, so all of them are in its name.
 */
export function opaqueNames(work: Work, part: Part, type: string): readonly string[] {
  const schema = part.schema as JsonObject;
  return Object.entries(schema).flatMap(([keyword, setting]) => {
    if (isAnnotation(keyword, work.formats)) return [];
    const known = recognised[keyword];
    if (known !== undefined) {
      if (known.type !== undefined && known.type !== type) return [];
      const group = known.group
        .filter((name) => Object.hasOwn(schema, name))
        .map((name) => [name, schema[name] ?? null] as const);
      return [partOf(work, Object.fromEntries(group), part.document).key];
    }
    return expressed[keyword]?.(setting) === true && !isUnknownType(keyword, setting) ? [] : [part.key];
  });
}

function isUnknownType(keyword: string, setting: JsonValue): boolean {
  const words = ["array", "boolean", "integer", "null", "number", "object", "string"];
  return (
    keyword === "type" && [setting].flat().some((word) => typeof word !== "string" || !words.includes(word))
  );
}
