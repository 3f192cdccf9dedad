import fc from "fast-check";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/core/json.js";

const names = fc.constantFrom("score", "reason", "tone", "lines");
const scalar = fc.constantFrom<JsonValue>("formal", "friendly", "", 0, 1, 5, 2.5, true, null);
const small = fc.integer({ min: 0, max: 6 });
const pattern = fc.constantFrom("^[a-z]+$", "^[a-z]*$", "a", "^a|b$", "^.{2,4}$", "\\d", "^(fr|form)");
const depth = { maxDepth: 3, depthSize: "small" } as const;

/** Some of these keywords. */
function keywords(shape: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<JsonObject> {
  return fc.record(shape, { requiredKeys: [] }) as unknown as fc.Arbitrary<JsonObject>;
}

const numbers = keywords({
  type: fc.constantFrom("number", "integer"),
  minimum: small,
  maximum: small,
  exclusiveMinimum: small,
  exclusiveMaximum: small,
  multipleOf: fc.constantFrom(1, 2, 3),
});

const texts = keywords({ type: fc.constant("string"), minLength: small, maxLength: small, pattern });

const lists = (item: fc.Arbitrary<JsonValue>) =>
  keywords({
    type: fc.constantFrom<JsonValue>("array", ["array", "null"]),
    items: item,
    prefixItems: fc.array(item, { minLength: 1, maxLength: 2 }),
    minItems: small,
    maxItems: small,
    uniqueItems: fc.boolean(),
  });

const objects = (member: fc.Arbitrary<JsonValue>) =>
  keywords({
    type: fc.constantFrom<JsonValue>("object", "object", ["object", "null"]),
    properties: fc.dictionary(names, member, { maxKeys: 3 }),
    required: fc.uniqueArray(names, { maxLength: 2 }),
    additionalProperties: fc.oneof(fc.boolean(), member),
    patternProperties: fc.dictionary(fc.constantFrom("^s", "e$"), member, { maxKeys: 1 }),
    propertyNames: fc.constantFrom<JsonValue>({ pattern: "^[a-z]+$" }, { maxLength: 5 }, true),
    minProperties: fc.integer({ min: 0, max: 2 }),
    maxProperties: fc.integer({ min: 1, max: 4 }),
  });

/**
 * Conditions that the comparison knows of but cannot express. What accepts everything is left out of two of them: Ajv
 * 8.20 is wrong about `not: {}` inside `anyOf`, and about `contains: {}` beside `prefixItems`.
 */
const conditions = (inner: fc.Arbitrary<JsonValue>) =>
  keywords({
    not: fc.constantFrom<JsonValue>({ type: "string" }, { enum: [1, "formal"] }, { required: ["score"] }),
    contains: fc.constantFrom<JsonValue>(
      { type: "string" },
      { enum: [1, "formal"] },
      { required: ["score"] },
    ),
    minContains: small,
    if: inner,
    then: inner,
    dependentRequired: fc.constant({ score: ["reason"] }),
  });

const { schema } = fc.letrec<{ schema: JsonObject; inner: JsonValue }>((tie) => ({
  inner: fc.oneof(depth, { weight: 1, arbitrary: fc.boolean() }, { weight: 12, arbitrary: tie("schema") }),
  schema: fc.oneof(
    depth,
    fc.constantFrom<JsonObject>(
      {},
      { type: "string" },
      { type: ["integer", "null"] },
      { $ref: "#/$defs/lead" },
    ),
    fc.array(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
    numbers,
    texts,
    lists(tie("inner")),
    { weight: 3, arbitrary: objects(tie("inner")) },
    fc
      .tuple(
        fc.constantFrom("anyOf", "oneOf", "allOf"),
        fc.array(tie("inner"), { minLength: 1, maxLength: 3 }),
      )
      .map(([keyword, branches]) => ({ [keyword]: branches })),
    conditions(tie("inner")),
    fc.tuple(tie("schema"), tie("schema")).map(([one, other]) => ({ ...one, ...other })),
  ),
}));

const recursive = {
  type: "object",
  properties: { next: { $ref: "#/$defs/lead" }, score: { type: "integer" } },
};

/** A whole schema of the keywords that prompts use, and what its references lead to. */
export const document: fc.Arbitrary<JsonObject> = fc
  .tuple(schema, schema)
  // A definition that is nothing but a reference to itself has no meaning that validators agree on.
  .map(([root, lead]) => ({
    ...root,
    $defs: { lead: JSON.stringify(lead).includes("$ref") ? recursive : lead },
  }));

/** Changes one thing somewhere in a schema, as a new version would. */
export const change: fc.Arbitrary<(before: JsonValue) => JsonValue> = fc
  .tuple(fc.nat(1000), schema, fc.constantFrom("replace", "drop", "merge"))
  .map(([at, other, how]) => (before) => {
    const places = [...placesIn(before, [])];
    return editAt(before, places[at % Math.max(1, places.length)] ?? [], (value) => {
      if (Array.isArray(value)) return value.slice(0, Math.max(1, value.length - 1));
      if (!isJsonObject(value) || how === "replace") return other;
      return how === "merge" ? { ...value, ...other } : Object.fromEntries(Object.entries(value).slice(1));
    });
  });

/** Two schemas: mostly one and a changed copy of it, sometimes strangers. */
export const pair: fc.Arbitrary<readonly [JsonObject, JsonObject]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(document, change)
      .map(([before, edit]) => [before, edit(before) as JsonObject] as const),
  },
  { weight: 1, arbitrary: fc.tuple(document, document) },
);

function* placesIn(value: JsonValue, path: readonly string[]): Generator<readonly string[]> {
  if (typeof value !== "object" || value === null) return;
  if (path.length > 0) yield path;
  for (const [key, inner] of Object.entries(value) as [string, JsonValue][])
    yield* placesIn(inner, [...path, key]);
}

function editAt(value: JsonValue, path: readonly string[], edit: (value: JsonValue) => JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return edit(value);
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) => (String(index) === key ? editAt(item, rest, edit) : item));
  }
  return isJsonObject(value) ? { ...value, [key]: editAt(value[key] ?? null, rest, edit) } : value;
}
