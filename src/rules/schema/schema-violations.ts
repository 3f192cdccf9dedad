import { isJsonObject, type JsonValue } from "../../core/json.js";
import { toJsonSchema } from "../../core/picoschema.js";
import type { Violation, World } from "../rule.js";

/** What is wrong with the schema that stands at a path of each version's front-matter. */
export function* schemaViolations({ versions }: World, path: readonly string[]): Iterable<Violation> {
  for (const { prompt, name, version, path: file, locate } of versions) {
    const schema = path.reduce<JsonValue | undefined>(
      (at, step) => (isJsonObject(at) ? at[step] : undefined),
      prompt?.frontMatter as unknown as JsonValue | undefined,
    );
    if (schema === undefined) continue;
    for (const { pointer, message, hint } of toJsonSchema(schema).problems) {
      const place = locate([...path, ...pointer.split("/").slice(1)]);
      yield { message, hint, file, prompt: name, version, ...place, data: { pointer } };
    }
  }
}
