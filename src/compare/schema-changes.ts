import type { JsonValue } from "../core/json.js";
import { compareSchemas, type CompareOptions, type SchemaChange } from "../schema-compat/index.js";

/** Names what changed from one schema to another. Most versions leave theirs alone: then nothing has to be loaded. */
export function schemaChanges(
  before: JsonValue,
  after: JsonValue,
  options: CompareOptions,
): readonly SchemaChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return compareSchemas(before, after, options).changes;
}
