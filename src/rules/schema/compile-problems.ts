import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.js";
import { joinPointer } from "../../core/picoschema.js";
import { nearest } from "../../core/suggest.js";
import { valueInWords } from "../../core/schema/words.js";
import { applicators } from "../../schema-compat/keywords.js";
import { keywords, shapeOf } from "./keyword-shapes.js";
import { patternSpeed } from "./pattern-speed.js";
import { endlessAt, targetOf } from "./references.js";

/** Something wrong at a JSON pointer of a schema. */
export interface SchemaProblem {
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
  /** When it keeps nothing from being used. */
  readonly severity?: "warning";
}

/**
 * What keeps a JSON Schema from being used: unknown keywords, settings of the wrong kind, references that lead nowhere
 * or back to themselves, patterns that do not parse, take exponential time, or cannot be judged. By structure alone: nothing of the
 * schema is run, so that none can hang the check.
 */
export function* compileProblems(root: JsonObject): Iterable<SchemaProblem> {
  for (const { schema, pointer } of subschemas(root, "")) {
    for (const [keyword, setting] of Object.entries(schema)) {
      const problem = problemOf(root, keyword, setting);
      if (problem !== undefined) yield { pointer: joinPointer(pointer, keyword), ...problem };
    }
    const way = endlessAt(root, schema);
    if (way !== undefined)
      yield {
        pointer,
        message: `${way} refers to itself at the same value; validation never ends`,
        hint: "move the reference under a property or under `items`",
      };
  }
}

/** A schema and every schema inside it, outermost first. */
export function* subschemas(
  schema: JsonValue,
  pointer: string,
): Iterable<{ readonly schema: JsonObject; readonly pointer: string }> {
  if (!isJsonObject(schema)) return;
  yield { schema, pointer };
  for (const [keyword, holder] of holders) {
    const setting = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    if (setting === undefined) continue;
    const at = joinPointer(pointer, keyword);
    const isMap = holder === "map";
    if (Array.isArray(setting))
      for (const [index, item] of (setting as readonly JsonValue[]).entries())
        yield* subschemas(item, joinPointer(at, index));
    else if (isMap && isJsonObject(setting))
      for (const [key, item] of Object.entries(setting)) yield* subschemas(item, joinPointer(at, key));
    else if (!isMap) yield* subschemas(setting, at);
  }
}

/** The keywords that hold schemas, and how. */
const holders = Object.entries({ ...applicators, $defs: "map", definitions: "map" } as const);

function problemOf(
  root: JsonObject,
  keyword: string,
  setting: JsonValue,
): Omit<SchemaProblem, "pointer"> | undefined {
  const shape = shapeOf(keyword);
  if (shape === undefined) {
    if (keyword.startsWith("x-")) return undefined;
    const guess = nearest(keyword, keywords);
    const hint = guess === undefined ? "remove it, or begin it with `x-`" : `did you mean \`${guess}\`?`;
    return { message: `\`${keyword}\` is no keyword of JSON Schema`, hint };
  }
  if (!shape.fits(setting))
    return {
      message: `\`${keyword}\` must be ${shape.words}, got ${valueInWords(setting)}`,
      hint: `write ${shape.words}`,
    };
  if (keyword === "$ref") return referenceProblem(root, String(setting));
  if (keyword === "pattern") return patternProblem(String(setting));
  if (keyword !== "patternProperties") return undefined;
  for (const pattern of Object.keys(setting as JsonObject)) {
    const problem = patternProblem(pattern);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function referenceProblem(root: JsonObject, reference: string): Omit<SchemaProblem, "pointer"> | undefined {
  if (targetOf(root, reference) !== undefined) return undefined;
  if (!reference.startsWith("#"))
    return {
      message: `$ref \`${reference}\` leads out of the file`,
      hint: "copy the definition under `$defs`: a version says everything itself",
    };
  const known = Object.keys(isJsonObject(root.$defs) ? root.$defs : {}).map((name) => `#/$defs/${name}`);
  const guess = nearest(reference, known);
  return {
    message: `$ref \`${reference}\` is not found`,
    hint: guess === undefined ? "add the definition, or write the schema here" : `did you mean \`${guess}\`?`,
  };
}

function patternProblem(pattern: string): Omit<SchemaProblem, "pointer"> | undefined {
  try {
    new RegExp(pattern, "u"); // only read here, never run
  } catch {
    return {
      message: `pattern \`${pattern.slice(0, 60)}\` is no regular expression`,
      hint: "mend it; a backslash stands before what it escapes, and YAML keeps it in single quotes",
    };
  }
  const speed = patternSpeed(pattern);
  if (speed === "fast") return undefined;
  if (speed === "unknown")
    return {
      message: `pattern \`${pattern.slice(0, 60)}\` is not checked: it is too large, looks around or refers back`,
      hint: "write it without `(?=`, `(?!`, `(?<`, `\\b`, `\\1` and large counts; values pass it unchecked, and an engine that runs it may take long",
      severity: "warning",
    };
  return {
    message: `pattern \`${pattern.slice(0, 60)}\` takes exponential time on some texts`,
    hint: "let no repeated part match the same text in two ways: `(a+)+` is `a+`",
  };
}
