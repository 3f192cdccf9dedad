import { isJsonObject, type JsonValue } from "../../core/json.js";
import { applicators } from "../../schema-compat/keywords.js";

/** What the setting of a keyword must be. */
interface Shape {
  readonly words: string;
  readonly fits: (setting: JsonValue) => boolean;
}

const isSchema = (setting: JsonValue): boolean => typeof setting === "boolean" || isJsonObject(setting);
const isCount = (setting: JsonValue): boolean => Number.isInteger(setting) && (setting as number) >= 0;
const isTextList = (setting: JsonValue): boolean =>
  Array.isArray(setting) && setting.every((item) => typeof item === "string");

const text: Shape = { words: "a text", fits: (setting) => typeof setting === "string" };
const number: Shape = { words: "a number", fits: (setting) => typeof setting === "number" };
const count: Shape = { words: "a whole number from 0 on", fits: isCount };
const flag: Shape = { words: "true or false", fits: (setting) => typeof setting === "boolean" };
const list: Shape = { words: "a list", fits: Array.isArray };
const names: Shape = { words: "a list of names", fits: isTextList };
const map: Shape = { words: "a map", fits: isJsonObject };
const anything: Shape = { words: "anything", fits: () => true };
const schema: Shape = { words: "a schema", fits: isSchema };
const schemas: Shape = {
  words: "a list of schemas",
  fits: (setting) => Array.isArray(setting) && setting.length > 0 && setting.every(isSchema),
};
const schemaMap: Shape = {
  words: "a map of schemas",
  fits: (setting) => isJsonObject(setting) && Object.values(setting).every(isSchema),
};

const typeWords = ["string", "number", "integer", "boolean", "object", "array", "null", "any"];
const type: Shape = {
  words: `one of ${typeWords.slice(0, -1).join(", ")}, or a list of them`,
  fits: (setting) =>
    [setting].flat().length > 0 && [setting].flat().every((word) => typeWords.includes(word as string)),
};

const plain: Readonly<Record<string, Shape>> = {
  type,
  enum: list,
  const: anything,
  multipleOf: { words: "a number above 0", fits: (setting) => typeof setting === "number" && setting > 0 },
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minContains: count,
  maxContains: count,
  minProperties: count,
  maxProperties: count,
  uniqueItems: flag,
  pattern: text,
  format: text,
  required: names,
  dependentRequired: map,
  dependencies: map,
  $ref: text,
  $id: text,
  $schema: text,
  $anchor: text,
  $comment: text,
  $vocabulary: map,
  $defs: schemaMap,
  definitions: schemaMap,
  title: text,
  description: text,
  default: anything,
  example: anything,
  examples: anything,
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  contentEncoding: text,
  contentMediaType: text,
  contentSchema: schema,
  nullable: flag,
  discriminator: map,
  items: { words: "a schema", fits: (setting) => isSchema(setting) || schemas.fits(setting) },
};

const byHolding = { one: schema, list: schemas, map: schemaMap };

/** The shape of a keyword's setting; undefined for a keyword that JSON Schema does not have. */
export function shapeOf(keyword: string): Shape | undefined {
  const held = Object.hasOwn(applicators, keyword) ? applicators[keyword] : undefined;
  return Object.hasOwn(plain, keyword) ? plain[keyword] : held && byHolding[held];
}

/** Every keyword that may stand in a schema. */
export const keywords: readonly string[] = [...new Set([...Object.keys(plain), ...Object.keys(applicators)])];
