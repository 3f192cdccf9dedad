import { pointerAsWritten } from "../../compare/locate.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.js";
import { joinPointer } from "../../core/picoschema.js";
import { schemaReadingOf } from "../../core/schema-reading.js";
import { valueInWords } from "../../core/schema/words.js";
import { isSubschema } from "../../schema-compat/index.js";
import { rule, type VersionFile, type Violation } from "../rule.js";
import { subschemas } from "./compile-problems.js";
import { schemasOf, stepsOf } from "./schema-violations.js";

export default rule({
  id: "schema-default-invalid",
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "defaults, examples and enum values fit the schema they stand in",
  why: "A default is served to callers who pass nothing; one that its own schema refuses fails for all of them.",
  wrong: "input: { schema: { priority(enum): [low, normal] }, default: { priority: high } }",
  right: "input: { schema: { priority(enum): [low, normal] }, default: { priority: low } }",
  *checkPrompts({ versions }): Iterable<Violation> {
    for (const file of versions) {
      for (const { path, value, what, schema } of [...insideSchemas(file), ...besideInput(file)]) {
        if (isSubschema({ const: value }, schema) !== "no") continue;
        yield {
          message: `${what} ${valueInWords(value)} does not fit ${wanted(schema)}`,
          hint: "change the value, or let the schema accept it",
          file: file.path,
          prompt: file.name,
          version: file.version,
          ...file.locate(path),
          data: { pointer: `/${path.join("/")}`, value },
        };
      }
    }
  },
});

interface Given {
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
  /** What the value is, for the message. */
  readonly what: string;
  readonly schema: JsonValue;
}

/** `default`, `examples` and `enum` of every schema, against the rest of that schema. */
function* insideSchemas(file: VersionFile): Iterable<Given> {
  for (const { path, schema: written } of [...schemasOf(file, "input"), ...schemasOf(file, "output")]) {
    const { schema: root, problems } = schemaReadingOf(written);
    if (problems.length > 0) continue;
    for (const { schema, pointer } of subschemas(root, "")) {
      const { default: given, examples, enum: allowed, ...rest } = schema;
      const at = (keyword: string, index?: number) => {
        const whole = joinPointer(pointer, keyword);
        return [
          ...path,
          ...stepsOf(pointerAsWritten(written, whole)),
          ...(index === undefined ? [] : [index]),
        ];
      };
      const here = withDefinitions(root, allowed === undefined ? rest : { ...rest, enum: allowed });
      if (given !== undefined) yield { path: at("default"), value: given, what: "default", schema: here };
      for (const [index, value] of listOf(examples).entries())
        yield { path: at("examples", index), value, what: "example", schema: here };
      if (rest.nullable === true) continue;
      for (const [index, value] of listOf(allowed).entries())
        yield { path: at("enum", index), value, what: "enum value", schema: withDefinitions(root, rest) };
    }
  }
}

/** The defaults beside the input schema and the inputs of the examples, variable by variable. */
function* besideInput({ prompt }: VersionFile): Iterable<Given> {
  const { input = {}, examples = [] } = prompt?.frontMatter ?? {};
  if (input.schema === undefined) return;
  const { schema: root } = schemaReadingOf(input.schema);
  const properties = isJsonObject(root.properties) ? root.properties : {};
  const given: [(string | number)[], JsonObject, string][] = [
    [["input", "default"], input.default ?? {}, "default"],
    ...examples.map(({ input: values }, index): [(string | number)[], JsonObject, string] => [
      ["examples", index, "input"],
      values,
      "example value",
    ]),
  ];
  for (const [path, values, what] of given) {
    for (const [name, value] of Object.entries(values)) {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (schema === undefined) continue;
      yield {
        path: [...path, name],
        value,
        what: `${what} of \`${name}\``,
        schema: withDefinitions(root, schema),
      };
    }
  }
}

function withDefinitions(root: JsonObject, schema: JsonValue): JsonValue {
  const { $defs, definitions } = root;
  if (!isJsonObject(schema)) return schema;
  return {
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
    ...schema,
  };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function wanted(schema: JsonValue): string {
  if (!isJsonObject(schema)) return "its schema";
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map((it) => JSON.stringify(it)).join(", ")}`;
  return schema.type === undefined
    ? "its schema"
    : `its type ${[schema.type].flat().map(String).join(" or ")}`;
}
