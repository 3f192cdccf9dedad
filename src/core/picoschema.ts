import { isJsonObject, type JsonObject, type JsonValue } from "./json.js";

/** Something in a schema that cannot mean what its author wanted. */
interface SchemaProblem {
  /** A JSON pointer into the schema as written. */
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
}

/** A schema as JSON Schema, and what was wrong with it; a wrong part accepts any value. */
export interface SchemaReading {
  readonly schema: JsonObject;
  readonly problems: readonly SchemaProblem[];
}

const scalars = ["any", "boolean", "integer", "null", "number", "string"];
const typeWords = ["array", "boolean", "integer", "null", "number", "object", "string"];
/** Keywords that nobody uses as the name of a Picoschema field, whatever their value. */
const unmistakable =
  /^(\$.*|allOf|anyOf|oneOf|not|if|then|else|const|enum|required|additional(Properties|Items)|patternProperties|propertyNames|prefixItems|contains|(min|max)(imum|Length|Items|Properties|Contains)|exclusive(Min|Max)imum|multipleOf|uniqueItems|unevaluated(Properties|Items)|dependent(Schemas|Required))$/;
/** Keywords that hold text; a Picoschema field of that name would hold a type. */
const textual = ["pattern", "format", "title", "description"];
/** Keywords whose value may happen to be the name of a type. */
const holdsText = /^(\$.*|x-.*|type|default|const|content.*|pattern|format|title|description)$/;
const maxDepth = 100;

/** Appends a key to a JSON pointer. */
export function joinPointer(pointer: string, key: string | number): string {
  const name = String(key);
  return `${pointer}/${/[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name}`;
}

/**
 * Says whether a schema is JSON Schema rather than Picoschema, as dotprompt decides it: by a `type` that is a type
 * word, or by `properties`. Beyond dotprompt, keywords that no field would be named for decide too.
 */
export function isJsonSchema(schema: JsonValue): boolean {
  if (typeof schema === "boolean") return true;
  if (!isJsonObject(schema)) return false;
  return Object.entries(schema).some(([key, value]) => {
    if (key === "type") return isTypeWord(value) || value === "any";
    if (key === "properties") return isJsonObject(value);
    if (key === "items") return typeof value === "boolean" || isJsonSchema(value);
    if (textual.includes(key)) return typeof value === "string" && !scalars.includes(splitAtComma(value)[0]);
    return unmistakable.test(key);
  });
}

/**
 * Reads a schema of a prompt: JSON Schema is taken as it is, the Picoschema of dotprompt is translated. An optional
 * field is nullable too, and an object is closed unless it has the wildcard `(*)`, both as dotprompt has it.
 *
 * @see https://google.github.io/dotprompt/reference/picoschema
 */
export function toJsonSchema(schema: JsonValue): SchemaReading {
  const problems: SchemaProblem[] = [];
  if (typeof schema === "boolean") return { schema: schema ? {} : { not: {} }, problems };
  if (isJsonObject(schema) && isJsonSchema(schema)) return readJsonSchema(schema);
  return { schema: translate(schema, "", { problems, depth: 0 }), problems };
}

/** Notes fields that were meant as Picoschema: dotprompt ignores them because the block counts as JSON Schema. */
function readJsonSchema(schema: JsonObject): SchemaReading {
  const problems: SchemaProblem[] = [];
  for (const [key, value] of Object.entries(schema)) {
    const isField =
      typeof value === "string" && scalars.includes(splitAtComma(value)[0]) && !holdsText.test(key);
    if (!isField && !/\?$|\)$/.test(key)) continue;
    problems.push({
      pointer: joinPointer("", key),
      message: `\`${key}\` is Picoschema, but its neighbours make this block JSON Schema`,
      hint: "write the block as JSON Schema with `properties`, or rename the field that is named like a keyword",
    });
  }
  if (schema.type === "any") {
    return { schema: Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "type")), problems };
  }
  const typed = isJsonObject(schema.properties) && schema.type === undefined;
  return { schema: typed ? { ...schema, type: "object" } : schema, problems };
}

interface Progress {
  readonly problems: SchemaProblem[];
  readonly depth: number;
}

function translate(schema: JsonValue, pointer: string, progress: Progress): JsonObject {
  if (progress.depth > maxDepth) {
    const message = `the schema is nested more than ${String(maxDepth)} levels deep`;
    progress.problems.push({ pointer, message, hint: "flatten it" });
    return {};
  }
  if (typeof schema === "string") return translateScalar(schema, pointer, progress);
  if (isJsonObject(schema)) return translateObject(schema, pointer, progress);
  progress.problems.push({
    pointer,
    message: `a Picoschema is text or a map of fields, not \`${JSON.stringify(schema).slice(0, 60)}\``,
    hint: "write a type such as `string, what it is`",
  });
  return {};
}

function translateScalar(text: string, pointer: string, { problems }: Progress): JsonObject {
  const [type, description] = splitAtComma(text);
  if (!scalars.includes(type)) {
    const known = scalars.map((name) => `\`${name}\``).join(", ");
    problems.push({
      pointer,
      message: `\`${type}\` is no Picoschema type`,
      hint: `use ${known}, a nested map, or a field name with \`(array)\`, \`(object)\` or \`(enum)\``,
    });
    return {};
  }
  return { ...(type === "any" ? {} : { type }), ...(description === "" ? {} : { description }) };
}

function translateObject(fields: JsonObject, pointer: string, progress: Progress): JsonObject {
  const deeper = { problems: progress.problems, depth: progress.depth + 1 };
  const properties = new Map<string, JsonObject>();
  const required: string[] = [];
  let additionalProperties: JsonValue = false;
  for (const [key, value] of Object.entries(fields)) {
    const at = joinPointer(pointer, key);
    if (key === "(*)") {
      additionalProperties = translate(value, at, deeper);
      continue;
    }
    const field = parseKey(key);
    if (field.name === "" || properties.has(field.name)) {
      const message =
        field.name === "" ? `\`${key}\` names no field` : `field \`${field.name}\` appears twice`;
      progress.problems.push({ pointer: at, message, hint: "give every field a name of its own" });
      continue;
    }
    properties.set(field.name, translateField(field, { value, pointer: at }, deeper));
    if (!field.optional) required.push(field.name);
  }
  // `fromEntries` defines own properties, so that a field named `__proto__` is a field.
  const shape = { type: "object", properties: Object.fromEntries(properties), additionalProperties };
  return required.length > 0 ? { ...shape, required } : shape;
}

interface Field {
  readonly name: string;
  readonly optional: boolean;
  /** `array`, `object` or `enum`; empty when the value alone says the type. */
  readonly type: string;
  readonly description: string;
}

/** Reads `name`, `name?`, `name(type)` or `name?(type, description)`. */
function parseKey(key: string): Field {
  const open = key.indexOf("(");
  const label = (open < 0 ? key : key.slice(0, open)).trim();
  const close = key.endsWith(")") ? key.length - 1 : key.length;
  const [type, description] = splitAtComma(open < 0 ? "" : key.slice(open + 1, close));
  const optional = label.endsWith("?");
  return { name: optional ? label.slice(0, -1) : label, optional, type, description };
}

function translateField(
  field: Field,
  source: { value: JsonValue; pointer: string },
  progress: Progress,
): JsonObject {
  const { value, pointer } = source;
  const described = field.description === "" ? {} : { description: field.description };
  if (field.type === "" || field.type === "object") {
    return { ...nullable(translate(value, pointer, progress), field.optional), ...described };
  }
  if (field.type === "array") {
    const items = translate(value, pointer, progress);
    return { ...nullable({ type: "array", items }, field.optional), ...described };
  }
  if (field.type === "enum" && Array.isArray(value)) {
    const values = value as readonly JsonValue[];
    return { enum: field.optional && !values.includes(null) ? [...values, null] : values, ...described };
  }
  progress.problems.push(
    field.type === "enum"
      ? { pointer, message: "an `(enum)` needs a list of values", hint: "write `[first, second]`" }
      : {
          pointer,
          message: `\`(${field.type})\` is no Picoschema type in brackets`,
          hint: "use `(array)`, `(object)` or `(enum)`",
        },
  );
  return {};
}

function nullable(schema: JsonObject, optional: boolean): JsonObject {
  const { type } = schema;
  return optional && typeof type === "string" && type !== "null"
    ? { ...schema, type: [type, "null"] }
    : schema;
}

/** Splits `type, description`; the description may hold commas. */
function splitAtComma(text: string): [type: string, description: string] {
  const comma = text.indexOf(",");
  return comma < 0 ? [text.trim(), ""] : [text.slice(0, comma).trim(), text.slice(comma + 1).trim()];
}

function isTypeWord(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isTypeWord);
  return typeof value === "string" && typeWords.includes(value);
}
