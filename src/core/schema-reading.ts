import type { JsonValue } from "./json.js";
import { toJsonSchema, type SchemaReading } from "./picoschema.js";

const known = new WeakMap<object, SchemaReading>();

/** What {@link toJsonSchema} makes of a schema that never changes, such as that of a version: made once for all who ask. */
export function schemaReadingOf(schema: JsonValue): SchemaReading {
  if (typeof schema !== "object" || schema === null) return toJsonSchema(schema);
  const reading = known.get(schema) ?? toJsonSchema(schema);
  known.set(schema, reading);
  return reading;
}
