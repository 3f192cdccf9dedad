import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.js";
import { namesIn, propertiesOf } from "../../compare/contract.js";

/** What a schema says about a path such as `user.name` or `docs[].title`. */
export type PathMeaning =
  /** `isOptional`: the last step may be missing from a value that fits the schema. */
  | { readonly kind: "declared"; readonly isOptional: boolean }
  /** The object at `owner` has no such property. */
  | {
      readonly kind: "unknown";
      readonly owner: string;
      readonly step: string;
      readonly names: readonly string[];
    }
  /** `owner` is a text, a number or a boolean. */
  | { readonly kind: "scalar"; readonly owner: string; readonly type: string }
  /** The schema is open or has branches there. */
  | { readonly kind: "unclear" };

const branching = [
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "patternProperties",
  "$ref",
  "unevaluatedProperties",
];
const unclear: PathMeaning = { kind: "unclear" };

/** Follows a path of the template through the schema of the variables. */
export function schemaAtPath(schema: JsonObject, path: string): PathMeaning {
  const steps = path.replaceAll("[", ".[").split(".");
  let [at, owner, isOptional]: [JsonValue, string, boolean] = [schema, "", false];
  for (const [index, step] of steps.entries()) {
    at = followed(schema, at);
    if (!isJsonObject(at) || branching.some((keyword) => Object.hasOwn(at as JsonObject, keyword)))
      return unclear;
    const types = [at.type ?? []].flat().filter((type) => type !== "null");
    if (step === "[]" && types.every((type) => type === "array") && types.length > 0) {
      at = at.items ?? true;
      isOptional = false;
    } else if (step.startsWith("[")) return unclear;
    else {
      const properties = propertiesOf(at);
      if (Object.hasOwn(properties, step)) {
        isOptional = !namesIn(at.required).includes(step);
        at = properties[step] ?? true;
      } else if (index === 0)
        return unclear; // an undeclared variable is another rule's
      else if (types.length === 1 && types[0] !== "object" && types[0] !== "array")
        return { kind: "scalar", owner, type: String(types[0]) };
      else if (
        [undefined, false].includes(at.additionalProperties as undefined) &&
        Object.keys(properties).length > 0
      )
        return { kind: "unknown", owner, step, names: Object.keys(properties) };
      else return unclear;
    }
    owner = owner === "" || step.startsWith("[") ? `${owner}${step}` : `${owner}.${step}`;
  }
  return { kind: "declared", isOptional };
}

/** The schema that a chain of local references ends at. */
function followed(root: JsonObject, schema: JsonValue): JsonValue {
  let at = schema;
  for (let turn = 0; turn < 20 && isJsonObject(at) && typeof at.$ref === "string"; turn++) {
    if (!at.$ref.startsWith("#/")) return true;
    const steps = at.$ref.slice(2).split("/");
    at = steps.reduce<JsonValue>((place, step) => (isJsonObject(place) ? (place[step] ?? true) : true), root);
  }
  return at;
}
