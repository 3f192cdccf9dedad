import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { isMultiple } from "./decimal.js";
import { matchesPattern } from "./pattern/index.js";
import { valueText } from "./text.js";
import type { Truth } from "./truth.js";

type Assertion = (setting: JsonValue, value: JsonValue, schema: JsonObject) => Truth;

/** Keywords that look at a value without looking into schemas. A setting of the wrong kind is not understood. */
export const assertions: Readonly<Record<string, Assertion>> = {
  type: (setting, value, schema) => {
    const words = [setting].flat() as readonly JsonValue[];
    if (words.some((word) => !typeWords.has(word))) return undefined;
    return words.some((word) => isOfType(value, word)) || (value === null && schema.nullable === true);
  },
  // Says something only beside `type`, and is read there.
  nullable: () => true,
  enum: (setting, value) =>
    Array.isArray(setting)
      ? setting.some((item: JsonValue) => valueText(item) === valueText(value))
      : undefined,
  const: (setting, value) => valueText(setting) === valueText(value),
  minimum: bound((value, limit) => value >= limit),
  maximum: bound((value, limit) => value <= limit),
  exclusiveMinimum: bound((value, limit) => value > limit),
  exclusiveMaximum: bound((value, limit) => value < limit),
  multipleOf: bound((value, divisor) => (divisor > 0 ? isMultiple(value, divisor) : undefined)),
  minLength: count(lengthOf, (length, limit) => length >= limit),
  maxLength: count(lengthOf, (length, limit) => length <= limit),
  minItems: count(itemsOf, (items, limit) => items >= limit),
  maxItems: count(itemsOf, (items, limit) => items <= limit),
  minProperties: count(propertiesOf, (properties, limit) => properties >= limit),
  maxProperties: count(propertiesOf, (properties, limit) => properties <= limit),
  pattern: (setting, value) => {
    if (typeof setting !== "string") return undefined;
    return typeof value === "string" ? matchesPattern(setting, value) : true;
  },
  // Asserted formats are not checked one by one; a text of control characters has none of the well-known ones.
  format: (setting, value) => {
    if (typeof value !== "string") return true;
    return value === noFormat && wellKnownFormats.has(setting) ? false : undefined;
  },
  uniqueItems: (setting, value) => {
    if (typeof setting !== "boolean") return undefined;
    return !setting || !Array.isArray(value) || new Set(value.map(valueText)).size === value.length;
  },
  required: (setting, value) => {
    if (!isStringList(setting)) return undefined;
    return !isJsonObject(value) || setting.every((key) => Object.hasOwn(value, key));
  },
  dependentRequired: (setting, value) => {
    if (!isJsonObject(setting) || !Object.values(setting).every(isStringList)) return undefined;
    if (!isJsonObject(value)) return true;
    return Object.entries(setting).every(
      ([key, needed]) =>
        !Object.hasOwn(value, key) || (needed as string[]).every((name) => Object.hasOwn(value, name)),
    );
  },
};

/** A text that has no well-known format. */
export const noFormat = "\u0001 \u0001";

const wellKnownFormats: ReadonlySet<JsonValue> = new Set(
  "date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri iri uuid json-pointer".split(
    " ",
  ),
);

const typeWords: ReadonlySet<JsonValue> = new Set([
  "array",
  "boolean",
  "integer",
  "null",
  "number",
  "object",
  "string",
]);

/** Says whether a value has a JSON-Schema type; `1.0` is an integer. */
function isOfType(value: JsonValue, word: JsonValue): boolean {
  if (word === "null") return value === null;
  if (word === "array") return Array.isArray(value);
  if (word === "object") return isJsonObject(value);
  return word === "integer" ? Number.isInteger(value) : typeof value === word;
}

/** Says whether a setting is a list of texts. */
export function isStringList(setting: JsonValue | undefined): setting is readonly string[] {
  return Array.isArray(setting) && setting.every((item) => typeof item === "string");
}

function bound(test: (value: number, limit: number) => Truth): Assertion {
  return (setting, value) => {
    if (typeof setting !== "number") return undefined;
    return typeof value === "number" ? test(value, setting) : true;
  };
}

function count(
  measure: (value: JsonValue) => number | undefined,
  test: (size: number, limit: number) => boolean,
): Assertion {
  return (setting, value) => {
    if (typeof setting !== "number") return undefined;
    const size = measure(value);
    return size === undefined || test(size, setting);
  };
}

/** In code points, as JSON Schema counts. */
function lengthOf(value: JsonValue): number | undefined {
  return typeof value === "string" ? [...value].length : undefined;
}

function itemsOf(value: JsonValue): number | undefined {
  return Array.isArray(value) ? value.length : undefined;
}

function propertiesOf(value: JsonValue): number | undefined {
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}
