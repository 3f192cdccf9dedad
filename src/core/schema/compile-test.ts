import { isJsonObject, type JsonObject, type JsonValue } from "../json.js";

/** Says whether a value keeps to a schema, and nothing more. */
export type SchemaTest = (value: JsonValue) => boolean;

/**
 * Makes the test of one of our schemas: the words of JSON Schema that they use, and no others. It says what the
 * compiled validators say at a fiftieth of their code; those are loaded to tell what is wrong.
 */
export function compileTest(root: JsonObject): SchemaTest {
  const named = new Map<string, SchemaTest>();
  const compile = (schema: JsonValue): SchemaTest => {
    if (typeof schema === "boolean") return () => schema;
    if (!isJsonObject(schema)) throw new TypeError("a schema is an object or a boolean");
    const tests = Object.entries(schema).flatMap(([word, of]) =>
      notes.has(word) ? [] : test(word, of, schema),
    );
    return allOf(tests);
  };
  /** Most of a schema is about keys that a file does not have: a part is compiled when a value meets it. */
  const compileLate = (schema: JsonValue): SchemaTest => {
    let compiled: SchemaTest | undefined;
    return (value) => (compiled ??= compile(schema))(value);
  };
  const refer = (pointer: string): SchemaTest => {
    let found = named.get(pointer);
    // Looked up when it is needed: schemas refer to themselves.
    return (value) => {
      if (found === undefined) named.set(pointer, (found = named.get(pointer) ?? compile(at(root, pointer))));
      return found(value);
    };
  };
  const test = (word: string, of: JsonValue, schema: JsonObject): SchemaTest[] => {
    switch (word) {
      case "$ref":
        return [refer(String(of))];
      case "type":
        return [hasType([of].flat().map(String))];
      case "properties":
        return [inObject(properties(compileAll(of)))];
      case "patternProperties":
        return [inObject(patterns(compileAll(of)))];
      case "additionalProperties":
        return [inObject(others(schema, compileLate(of)))];
      case "propertyNames": {
        const isName = compileLate(of);
        return [inObject((value) => Object.keys(value).every(isName))];
      }
      case "required":
        return [inObject((value) => (of as readonly string[]).every((key) => Object.hasOwn(value, key)))];
      case "minProperties":
        return [inObject((value) => Object.keys(value).length >= Number(of))];
      case "items": {
        const isItem = compileLate(of);
        return [(value) => !Array.isArray(value) || value.every(isItem)];
      }
      case "uniqueItems":
        return [(value) => !Array.isArray(value) || new Set(value).size === value.length];
      case "enum":
        return [(value) => (of as readonly JsonValue[]).includes(value)];
      case "const":
        return [(value) => value === of];
      case "not": {
        const isOther = compile(of);
        return [(value) => !isOther(value)];
      }
      case "anyOf": {
        const any = (of as readonly JsonValue[]).map(compile);
        return [(value) => any.some((it) => it(value))];
      }
      case "pattern": {
        const pattern = new RegExp(String(of));
        return [(value) => typeof value !== "string" || pattern.test(value)];
      }
      case "minLength":
        return [(value) => typeof value !== "string" || value.length >= Number(of)];
      case "maxLength":
        return [(value) => typeof value !== "string" || value.length <= Number(of)];
      case "minimum":
        return [(value) => typeof value !== "number" || value >= Number(of)];
      case "maximum":
        return [(value) => typeof value !== "number" || value <= Number(of)];
      default:
        throw new TypeError(`\`${word}\` is no word of our schemas`);
    }
  };
  const compileAll = (schemas: JsonValue): readonly (readonly [string, SchemaTest])[] =>
    Object.entries(schemas as JsonObject).map(([key, schema]) => [key, compileLate(schema ?? null)]);
  return compile(root);
}

/** What a schema says to people. */
const notes = new Set(["$schema", "$id", "$defs", "title", "description", "default"]);

function at(root: JsonObject, pointer: string): JsonValue {
  const steps = pointer.split("/").slice(1);
  return steps.reduce<JsonValue>((node, step) => (node as JsonObject)[step] ?? false, root);
}

type Tests = readonly (readonly [string, SchemaTest])[];

/** One test of several. A state file asks it for every key, and most runs end before the engine has made it fast. */
function allOf(tests: readonly SchemaTest[]): SchemaTest {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (tests.length === 2) return (value) => first(value) && second(value);
  return (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function inObject(test: (value: JsonObject) => boolean): SchemaTest {
  return (value) => !isJsonObject(value) || test(value);
}

function properties(tests: Tests): (value: JsonObject) => boolean {
  const byKey = new Map(tests);
  // The keys of the value: a file has few of those that a schema knows.
  return (value) => {
    for (const key of Object.keys(value)) {
      const test = byKey.get(key);
      if (test !== undefined && !test(value[key] ?? null)) return false;
    }
    return true;
  };
}

function patterns(tests: Tests): (value: JsonObject) => boolean {
  const compiled = tests.map(([pattern, test]) => [new RegExp(pattern), test] as const);
  return (value) =>
    Object.keys(value).every((key) =>
      compiled.every(([pattern, test]) => !pattern.test(key) || test(value[key] ?? null)),
    );
}

/** The test of the keys that neither `properties` nor `patternProperties` names. */
function others(schema: JsonObject, test: SchemaTest): (value: JsonObject) => boolean {
  const known = new Set(Object.keys((schema["properties"] as JsonObject | undefined) ?? {}));
  const named = Object.keys((schema["patternProperties"] as JsonObject | undefined) ?? {});
  const compiled = named.map((pattern) => new RegExp(pattern));
  return (value) =>
    Object.keys(value).every(
      (key) => known.has(key) || compiled.some((pattern) => pattern.test(key)) || test(value[key] ?? null),
    );
}

function hasType(types: readonly string[]): SchemaTest {
  return (value) => {
    if (value === null) return types.includes("null");
    if (Array.isArray(value)) return types.includes("array");
    if (typeof value !== "number") return types.includes(typeof value);
    return (
      (types.includes("number") && Number.isFinite(value)) ||
      (types.includes("integer") && Number.isInteger(value))
    );
  };
}
