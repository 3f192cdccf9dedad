import type { JsonObject } from "../core/json.js";

/** Keywords that say something about a value but refuse none. `x-` keys are annotations too. */
const annotations = new Set([
  "$schema",
  "$comment",
  "$anchor",
  "$vocabulary",
  "$defs",
  "definitions",
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
]);

/** How a keyword that holds schemas holds them. */
export const applicators: Readonly<Record<string, "one" | "list" | "map">> = {
  items: "one",
  additionalItems: "one",
  additionalProperties: "one",
  contains: "one",
  else: "one",
  if: "one",
  not: "one",
  propertyNames: "one",
  then: "one",
  unevaluatedItems: "one",
  unevaluatedProperties: "one",
  allOf: "list",
  anyOf: "list",
  oneOf: "list",
  prefixItems: "list",
  dependentSchemas: "map",
  patternProperties: "map",
  properties: "map",
};

/** Says whether a keyword never refuses a value. Formats refuse only where they are asserted. */
export function isAnnotation(keyword: string, formats: "annotate" | "assert"): boolean {
  return (
    annotations.has(keyword) || keyword.startsWith("x-") || (keyword === "format" && formats === "annotate")
  );
}

/** Keywords whose schemas judge the same value, so that `unevaluated…` beside them looks into them. */
const inPlace =
  "$ref $dynamicRef $recursiveRef allOf anyOf oneOf not if then else dependentSchemas dependencies contains".split(
    " ",
  );

/**
 * Says what `unevaluatedProperties` or `unevaluatedItems` means beside its neighbours: the same as the plain keyword
 * (given back), nothing (null), or something that depends on other schemas (undefined).
 */
export function plainTwin(
  keyword: string,
  schema: JsonObject,
): "additionalProperties" | "items" | null | undefined {
  if (inPlace.some((other) => Object.hasOwn(schema, other)) || Array.isArray(schema.items)) return undefined;
  const twin = keyword === "unevaluatedProperties" ? "additionalProperties" : "items";
  return Object.hasOwn(schema, twin) ? null : twin;
}
