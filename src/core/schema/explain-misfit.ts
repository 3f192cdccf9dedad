import { isJsonObject, type JsonObject, type JsonValue } from "../json.js";
import { nearest } from "../suggest.js";
import type { Contract, SchemaProblem } from "./check.js";
import { contracts } from "./contracts.js";
import { knownKeys } from "./known-keys.js";
import * as bundle from "./validators/bundle.js";
import * as config from "./validators/config.js";
import * as prompt from "./validators/prompt.js";
import * as state from "./validators/state.js";
import { formatInWords, typeInWords, valueInWords } from "./words.js";

interface AjvError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}

/** A validator made by `.config/compile-schemas.js`. */
interface Validator {
  (value: unknown): boolean;
  errors?: readonly AjvError[] | null;
}

const validators = { bundle, config, prompt, state } as unknown as Record<
  Contract,
  { readonly validate: Validator }
>;

/** What a value that breaks a contract lacks, in words; an empty list when it keeps to it. */
export function explainMisfit(contract: Contract, value: JsonValue): SchemaProblem[] {
  const { validate } = validators[contract];
  if (validate(value)) return [];
  const schema = contracts[contract];
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
