import { PromptSyncError } from "../core/errors.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import type { SchemaReading } from "../core/picoschema.js";
import { schemaReadingOf } from "../core/schema-reading.js";
import type { Prompt } from "../core/prompt.js";
import { entryOf } from "../core/state/state.js";
import { didYouMean } from "../core/suggest.js";
import { isSubschema } from "../schema-compat/index.js";

/** The variables that a prompt declares. */
export interface DeclaredInputs {
  /** By name; without a prototype. */
  readonly properties: Readonly<Record<string, JsonValue>>;
  readonly required: readonly string[];
  /** Other variables may be passed too: the schema says so. */
  readonly isOpen: boolean;
}

const known = new WeakMap<SchemaReading, DeclaredInputs>();

/** The variables of a prompt's input schema, read once for all who ask; undefined when it declares none. */
export function declaredInputs(prompt: Prompt): DeclaredInputs | undefined {
  const schema = prompt.frontMatter.input?.schema;
  if (schema === undefined) return undefined;
  const reading = schemaReadingOf(schema);
  const declared = known.get(reading) ?? inputsOf(reading.schema);
  known.set(reading, declared);
  return declared;
}

function inputsOf({ properties, required, $defs, additionalProperties = false }: JsonObject): DeclaredInputs {
  const own = Object.create(null) as Record<string, JsonValue>;
  for (const [name, property] of Object.entries(isJsonObject(properties) ? properties : {})) {
    own[name] = isJsonObject(property) && $defs !== undefined ? { ...property, $defs } : property;
  }
  return {
    properties: own,
    required: Array.isArray(required) ? (required as readonly string[]) : [],
    isOpen: additionalProperties !== false,
  };
}

/** The values that a prompt gives to variables which the caller leaves out. */
export function defaultInputs(prompt: Prompt): JsonObject {
  const defaults = Object.create(null) as Record<string, JsonValue>;
  for (const [name, schema] of Object.entries(declaredInputs(prompt)?.properties ?? {})) {
    if (isJsonObject(schema) && schema["default"] !== undefined) defaults[name] = schema["default"];
  }
  return Object.assign(defaults, prompt.frontMatter.input?.default);
}

/** How strictly a caller's variables are taken. */
export interface InputOptions {
  /** Lenient lets required variables be left out. */
  readonly undefined: "strict" | "lenient" | "chainable";
}

/**
 * The variables that a template gets: the caller's, checked against the input schema, over the prompt's defaults.
 * A prompt that declares nothing takes everything.
 * @throws PromptSyncError `VARIABLE_INVALID` naming the variable: missing, unknown, or of the wrong type
 */
export function checkInputs(prompt: Prompt, given: JsonObject, options: InputOptions): JsonObject {
  const declared = declaredInputs(prompt);
  const merged = Object.assign(
    Object.create(null) as Record<string, JsonValue>,
    defaultInputs(prompt),
    given,
  );
  if (declared === undefined) return merged;
  const names = Object.keys(declared.properties);
  const id = `${prompt.name}@${prompt.version}`;
  for (const [name, value] of Object.entries(given)) {
    const schema = entryOf(declared.properties, name);
    if (schema === undefined) {
      if (declared.isOpen || prompt.frontMatter.input?.unknown === "ignore") continue;
      throw new PromptSyncError("VARIABLE_INVALID", `\`${id}\` has no variable \`${name}\``, {
        hint: didYouMean(name, names) || `it has ${names.join(", ") || "none"}`,
        data: { variable: name },
      });
    }
    if (accepts(schema, value)) continue;
    throw new PromptSyncError(
      "VARIABLE_INVALID",
      `variable \`${name}\` of \`${id}\` must be ${describe(schema)}, got ${show(value)}`,
      {
        hint: `pass ${describe(schema)}`,
        data: { variable: name },
      },
    );
  }
  const missing = declared.required.filter((name) => !Object.hasOwn(merged, name));
  if (missing.length > 0 && options.undefined === "strict") {
    const list = missing.map((name) => `\`${name}\``).join(", ");
    throw new PromptSyncError(
      "VARIABLE_INVALID",
      `${missing.length === 1 ? "variable" : "variables"} ${list} of \`${id}\` ${missing.length === 1 ? "is" : "are"} missing`,
      {
        hint: `pass ${missing.length === 1 ? "it" : "them"}, on the command line with \`--var ${missing[0] ?? ""}=…\``,
        data: { variable: missing[0] ?? "", missing },
      },
    );
  }
  return merged;
}

/**
 * Turns the texts of a command line into values of the declared types: `3` for a number, `true` for a boolean, JSON
 * for lists and objects. A variable that takes texts keeps its text.
 */
export function valuesFromTexts(prompt: Prompt, texts: Readonly<Record<string, string>>): JsonObject {
  const { properties = {} } = declaredInputs(prompt) ?? {};
  const values = Object.create(null) as Record<string, JsonValue>;
  for (const [name, text] of Object.entries(texts)) {
    const schema = entryOf(properties, name);
    values[name] = text;
    if (schema === undefined || accepts(schema, text)) continue;
    const parsed = parseJson(text);
    if (parsed !== undefined && accepts(schema, parsed)) values[name] = parsed;
  }
  return values;
}

/** Says whether a schema may accept a value: only what is proven wrong is refused. */
function accepts(schema: JsonValue, value: JsonValue): boolean {
  return (typeof value === "string" && isAnyText(schema)) || isSubschema({ const: value }, schema) !== "no";
}

/** Says whether a schema takes every text, as most do: a type, and notes for people. Nothing is left to prove then. */
function isAnyText(schema: JsonValue): boolean {
  if (!isJsonObject(schema) || ![schema["type"]].flat().includes("string")) return false;
  return Object.keys(schema).every((key) => key === "type" || key === "description");
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined; // it stays a text
  }
}

function describe(schema: JsonValue): string {
  if (!isJsonObject(schema)) return "what its schema accepts";
  const allowed = schema["enum"];
  if (Array.isArray(allowed)) return `one of ${allowed.map((it) => JSON.stringify(it)).join(", ")}`;
  const type = schema["type"];
  const types = [type].flat().filter((it) => it !== "null" && it !== undefined);
  return types.length === 0 ? "what its schema accepts" : types.map(String).join(" or ");
}

function show(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
