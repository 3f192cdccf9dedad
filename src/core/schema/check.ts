import { isJsonObject, type JsonObject, type JsonValue } from "../json.js";
import { nearest } from "../suggest.js";
import { knownKeys } from "./known-keys.js";
import { formatInWords, typeInWords, valueInWords } from "./words.js";

/** One thing that a value lacks against its schema. */
export interface SchemaProblem {
  readonly kind: "missing" | "unknown" | "wrong";
  /** The entry at fault; for `missing` the object that lacks the key. */
  readonly path: readonly string[];
  /** The missing or unknown key. */
  readonly key?: string;
  readonly message: string;
  readonly hint: string;
  /** The key is at fault, not its value. */
  readonly isAboutKey: boolean;
  /** The nearest allowed word. */
  readonly suggestion?: string;
  readonly expected?: string;
}

interface AjvError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}

/** A validator made by `.config/compile-schemas.js`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly AjvError[] | null;
}

/** Checks a value against a compiled schema and says what is wrong in words; an empty list when nothing is. */
export function checkSchema(validate: Validator, schema: JsonObject, value: JsonValue): SchemaProblem[] {
  if (validate(value)) return [];
  const problems = (validate.errors ?? []).flatMap((error) => describe(error, schema, value) ?? []);
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const id = `${problem.path.join("/")} ${problem.key ?? ""} ${problem.kind === "wrong" ? "" : problem.kind}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function describe(error: AjvError, schema: JsonObject, root: JsonValue): SchemaProblem | undefined {
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);
  const field = path.join(".");
  const value = path.reduce<JsonValue | undefined>(
    (at, step) =>
      Array.isArray(at)
        ? (at as readonly JsonValue[])[Number(step)]
        : isJsonObject(at)
          ? at[step]
          : undefined,
    root,
  );
  const wrong = (expected: string, hint: string, suggestion?: string): SchemaProblem => ({
    kind: "wrong",
    isAboutKey: false,
    path,
    message: `\`${field}\` must be ${expected}, got ${valueInWords(value)}`,
    hint,
    expected,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  switch (error.keyword) {
    case "required": {
      const key = String(error.params["missingProperty"]);
      const whole = field === "" ? key : `${field}.${key}`;
      return {
        kind: "missing",
        isAboutKey: false,
        path,
        key,
        message: `\`${whole}\` is missing`,
        hint: `add \`${key}:\``,
      };
    }
    case "additionalProperties": {
      const key = String(error.params["additionalProperty"]);
      const known = knownKeys(schema, path);
      const suggestion = nearest(key, known);
      const where = field === "" ? "" : ` in \`${field}\``;
      return {
        kind: "unknown",
        isAboutKey: true,
        path: [...path, key],
        key,
        message: `\`${key}\` is no known key${where}${suggestion === undefined ? "" : `; did you mean \`${suggestion}\`?`}`,
        hint: suggestion === undefined ? `known keys: ${known.join(", ")}` : `write \`${suggestion}\``,
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    }
    case "enum":
    case "const": {
      const allowed = (error.params["allowedValues"] as unknown[] | undefined) ?? [
        error.params["allowedValue"],
      ];
      const words = allowed.map(String);
      const suggestion = typeof value === "string" ? nearest(value, words) : undefined;
      return wrong(
        words.map((word) => `\`${word}\``).join(" or "),
        suggestion === undefined
          ? `write ${words.map((word) => `\`${word}\``).join(" or ")}`
          : `did you mean \`${suggestion}\`?`,
        suggestion,
      );
    }
    case "type": {
      const types = [error.params["type"]].flat().map(String);
      const isQuotable =
        types.includes("string") && (typeof value === "number" || typeof value === "boolean");
      return wrong(
        types.map(typeInWords).join(" or "),
        isQuotable
          ? "put it in quotes, so that YAML reads it as a text"
          : `write ${types.map(typeInWords).join(" or ")}`,
      );
    }
    case "pattern":
    case "not":
      return error.propertyName === undefined
        ? wrong(formatInWords(error.schemaPath), `write ${formatInWords(error.schemaPath)}`)
        : undefined; // the propertyNames error tells it
    case "propertyNames": {
      const key = String(error.params["propertyName"]);
      return {
        kind: "wrong",
        isAboutKey: true,
        path: [...path, key],
        key,
        message: `\`${key}\` is no allowed name in \`${field}\``,
        hint: 'use a-z, 0-9 and single `.`, `_`, `-` between them; versions in full, such as "1.2.0"',
      };
    }
    case "minLength":
    case "minItems":
    case "minProperties":
      return error.propertyName === undefined
        ? wrong("not empty", "give it a value or remove the key")
        : undefined;
    case "maxLength":
      return error.propertyName === undefined
        ? wrong(`at most ${String(error.params["limit"])} characters`, "shorten it")
        : undefined;
    case "minimum":
    case "maximum":
      return wrong(
        `${String(error.params["comparison"])} ${String(error.params["limit"])}`,
        "change the number",
      );
    case "uniqueItems":
      return wrong("a list without repeated items", "remove the repeated item");
    default:
      return undefined; // anyOf and $ref repeat what their parts say
  }
}

function unescapePointer(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
