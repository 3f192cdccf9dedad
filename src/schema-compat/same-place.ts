import { isJsonObject, type JsonValue } from "../core/json.js";
import type { Judge } from "./evaluate.js";
import { every, negate, some, type Truth } from "./truth.js";

/** Keywords whose schemas judge the value itself. */
export const samePlaceKeywords: Readonly<Record<string, Judge>> = {
  $ref: ({ follow }, setting) => follow(setting),
  allOf: ({ here }, setting) => onList(setting, (schemas) => every(schemas, here)),
  anyOf: ({ here }, setting) => onList(setting, (schemas) => some(schemas, here)),
  oneOf: ({ here }, setting) =>
    onList(setting, (schemas) => {
      const answers = schemas.map(here);
      const holding = answers.filter((answer) => answer === true).length;
      if (holding > 1) return false;
      return answers.includes(undefined) ? undefined : holding === 1;
    }),
  not: ({ here }, setting) => negate(here(setting)),
  if: ({ here, schema }, setting) => {
    const condition = here(setting);
    const [positive, negative] = [here(schema.then ?? true), here(schema.else ?? true)];
    if (condition !== undefined) return condition ? positive : negative;
    return positive === negative ? positive : undefined;
  },
  then: () => true,
  else: () => true,
  dependentSchemas: ({ here }, setting, value) => {
    if (!isJsonObject(setting)) return undefined;
    return every(Object.entries(setting), ([key, schema]) =>
      isJsonObject(value) && Object.hasOwn(value, key) ? here(schema) : true,
    );
  },
};

function onList(setting: JsonValue, judge: (schemas: readonly JsonValue[]) => Truth): Truth {
  return Array.isArray(setting) && setting.length > 0 ? judge(setting as readonly JsonValue[]) : undefined;
}
