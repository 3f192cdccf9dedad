import { isJsonObject, type JsonValue } from "../../core/json.js";
import { isJsonSchema } from "../../core/picoschema.js";
import { schemaReadingOf } from "../../core/schema-reading.js";
import type { VersionFile, Violation } from "../rule.js";
import { compileProblems, type SchemaProblem } from "./compile-problems.js";

/** A schema of a version, and where it stands in the front-matter. */
export interface WrittenSchema {
  readonly path: readonly (string | number)[];
  readonly schema: JsonValue;
}

/** What is wrong with schemas of a version. */
export function* schemaViolations(file: VersionFile, schemas: readonly WrittenSchema[]): Iterable<Violation> {
  for (const { path, schema } of schemas) {
    for (const { pointer, message, hint, ...more } of problemsOf(schema)) {
      const place = file.locate([...path, ...stepsOf(pointer)]);
      const { path: name, name: prompt, version } = file;
      yield {
        message,
        hint,
        ...more,
        file: name,
        prompt,
        version,
        ...place,
        data: { pointer: `/${path.join("/")}${pointer}` },
      };
    }
  }
}

/** The schemas that say what callers and tools give (`input`), or what the model gives (`output`). */
export function schemasOf({ prompt }: VersionFile, role: "input" | "output"): WrittenSchema[] {
  const { input, output, tools = [] } = prompt?.frontMatter ?? {};
  const own = (role === "input" ? input : output)?.schema;
  const key = role === "input" ? "outputSchema" : "inputSchema"; // the model writes what a tool gets
  const ofTools = tools.flatMap((tool, index): WrittenSchema[] => {
    const schema = typeof tool === "string" ? undefined : tool[key];
    return schema === undefined ? [] : [{ path: ["tools", index, key], schema }];
  });
  return [...(own === undefined ? [] : [{ path: [role, "schema"], schema: own }]), ...ofTools];
}

function problemsOf(schema: JsonValue): readonly SchemaProblem[] {
  const { problems } = schemaReadingOf(schema);
  if (problems.length > 0 || !isJsonObject(schema) || !isJsonSchema(schema)) return problems;
  return [...compileProblems(schema)];
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
