import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import type { Judge } from "./evaluate.js";
import { plainTwin } from "./keywords.js";
import { matchesPattern } from "./pattern/index.js";
import { every, some, type Truth } from "./truth.js";

/** Keywords whose schemas judge the items of a list or the properties of an object. */
export const memberKeywords: Readonly<Record<string, Judge>> = {
  properties: ({ inside }, setting, value) => {
    if (!isJsonObject(setting)) return undefined;
    return every(propertiesOf(value), ([key, member]) => {
      const schema = Object.hasOwn(setting, key) ? setting[key] : undefined;
      return schema === undefined || inside(schema, member);
    });
  },
  patternProperties: ({ inside }, setting, value) => {
    if (!isJsonObject(setting)) return undefined;
    return every(propertiesOf(value), ([key, member]) =>
      every(Object.entries(setting), ([pattern, schema]) =>
        when(matchesPattern(pattern, key), inside(schema, member)),
      ),
    );
  },
  additionalProperties: ({ inside, schema }, setting, value) =>
    every(propertiesOf(value), ([key, member]) => when(isUndeclared(schema, key), inside(setting, member))),
  unevaluatedProperties: (question, setting, value) =>
    viaTwin("unevaluatedProperties", question, setting, value),
  propertyNames: ({ inside }, setting, value) => every(propertiesOf(value), ([key]) => inside(setting, key)),
  prefixItems: ({ inside }, setting, value) => {
    if (!Array.isArray(setting)) return undefined;
    return every(setting.entries(), ([index, schema]: [number, JsonValue]) => {
      const item = itemsOf(value)[index];
      return item === undefined || inside(schema, item);
    });
  },
  // The older spelling, a list in `items` and `additionalItems` for the rest, means the same as the newer one.
  items: (question, setting, value) => {
    if (Array.isArray(setting)) return memberKeywords.prefixItems?.(question, setting, value);
    const { prefixItems } = question.schema;
    const rest = itemsOf(value).slice(Array.isArray(prefixItems) ? prefixItems.length : 0);
    return every(rest, (item) => question.inside(setting, item));
  },
  additionalItems: ({ inside, schema: { items } }, setting, value) =>
    every(Array.isArray(items) ? itemsOf(value).slice(items.length) : [], (item) => inside(setting, item)),
  unevaluatedItems: (question, setting, value) => viaTwin("unevaluatedItems", question, setting, value),
  contains: ({ inside, schema }, setting, value) => {
    const { minContains = 1, maxContains = Infinity } = schema;
    if (typeof minContains !== "number" || typeof maxContains !== "number") return undefined;
    if (!Array.isArray(value)) return true;
    const answers = itemsOf(value).map((item) => inside(setting, item));
    const sure = answers.filter((answer) => answer === true).length;
    const possible = answers.filter((answer) => answer !== false).length;
    if (sure > maxContains || possible < minContains) return false;
    return sure >= minContains && possible <= maxContains ? true : undefined;
  },
  minContains: () => true,
  maxContains: () => true,
};

/** If: a false condition asks for nothing. */
function when(condition: Truth, consequence: Truth): Truth {
  if (condition === false || consequence === true) return true;
  return condition === true ? consequence : undefined;
}

function viaTwin(keyword: string, ...[question, setting, value]: Parameters<Judge>): Truth {
  const twin = plainTwin(keyword, question.schema);
  return twin === null ? true : twin && memberKeywords[twin]?.(question, setting, value);
}

/** Says whether neither `properties` nor `patternProperties` speak of a key. */
function isUndeclared(schema: JsonObject, key: string): Truth {
  if (isJsonObject(schema.properties) && Object.hasOwn(schema.properties, key)) return false;
  const patterns = isJsonObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  const found = some(patterns, (pattern) => matchesPattern(pattern, key));
  return found === undefined ? undefined : !found;
}

function propertiesOf(value: JsonValue): readonly [string, JsonValue][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function itemsOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
