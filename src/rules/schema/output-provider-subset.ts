import { pointerAsWritten } from "../../compare/locate.js";
import { namesIn, propertiesOf } from "../../compare/contract.js";
import type { JsonObject } from "../../core/json.js";
import { isJsonSchema, joinPointer } from "../../core/picoschema.js";
import { schemaReadingOf } from "../../core/schema-reading.js";
import { rule, type Violation } from "../rule.js";
import { subschemas } from "./compile-problems.js";
import { stepsOf } from "./schema-violations.js";

/** What the strict mode of a provider refuses or ignores, beyond open objects. */
interface Provider {
  readonly name: string;
  readonly models: RegExp;
  readonly refused: readonly string[];
  /** Whether every property has to be required. */
  readonly allRequired: boolean;
}

const branches = ["oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas"];
const rare = ["patternProperties", "propertyNames", "unevaluatedProperties", "contains", "uniqueItems"];
const bounds = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
];

/** @see https://platform.openai.com/docs/guides/structured-outputs and https://docs.claude.com/en/docs/build-with-claude/structured-outputs */
const providers: readonly Provider[] = [
  {
    name: "Anthropic",
    models: /claude|anthropic/i,
    refused: [...branches, ...rare, ...bounds],
    allRequired: false,
  },
  { name: "OpenAI", models: /gpt|openai|^o\d/i, refused: ["allOf", ...branches, ...rare], allRequired: true },
];
const unknown: Provider = {
  name: "most providers",
  models: /(?:)/,
  refused: [...branches, ...rare],
  allRequired: true,
};

export default rule({
  id: "schema-output-provider-subset",
  category: "schema",
  severity: "warning",
  scope: "static",
  checks: "with `output.strict`, the schema keeps to what the provider's strict mode can guarantee",
  why: "Providers refuse or ignore the rest, so that the guarantee is not what the schema says.",
  wrong: "output: { strict: true, schema: { type: object, properties: { note: { type: string } } } }",
  right: "output: { strict: true, schema: { note: string } }",
  *checkPrompts({ versions }): Iterable<Violation> {
    for (const file of versions) {
      const { output, model = "" } = file.prompt?.frontMatter ?? {};
      if (output?.strict !== true || output.schema === undefined) continue;
      const written = output.schema;
      const provider = providers.find(({ models }) => models.test(model)) ?? unknown;
      const { schema: root } = schemaReadingOf(written);
      for (const { schema, pointer } of subschemas(root, "")) {
        for (const { keyword, message, hint } of demands(schema, provider, isJsonSchema(written))) {
          const steps = stepsOf(pointerAsWritten(written, joinPointer(pointer, keyword)));
          yield {
            message,
            hint,
            file: file.path,
            prompt: file.name,
            version: file.version,
            ...file.locate(["output", "schema", ...steps], "key"),
            data: { provider: provider.name, keyword, pointer: joinPointer(pointer, keyword) },
          };
        }
      }
    }
  },
});

interface Demand {
  readonly keyword: string;
  readonly message: string;
  readonly hint: string;
}

function* demands(
  schema: JsonObject,
  { name, refused, allRequired }: Provider,
  isWritten: boolean,
): Iterable<Demand> {
  for (const keyword of refused) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const hint =
      keyword === "oneOf" ? "write `anyOf`" : "say it in the description, and check it after the answer";
    yield { keyword, message: `\`${keyword}\` is not kept by the strict mode of ${name}`, hint };
  }
  const properties = Object.keys(propertiesOf(schema));
  if (properties.length === 0 && schema.type !== "object") return;
  if (schema.additionalProperties !== false && isWritten)
    yield {
      keyword: "additionalProperties",
      message: `an object is open; strict mode needs it closed`,
      hint: "add `additionalProperties: false`",
    };
  if (!allRequired) return;
  for (const property of properties.filter((key) => !namesIn(schema.required).includes(key)))
    yield {
      keyword: `properties/${property}`,
      message: `property \`${property}\` is optional; strict mode needs it required and nullable`,
      hint: `add \`${property}\` to \`required\` and let its type include null`,
    };
}
