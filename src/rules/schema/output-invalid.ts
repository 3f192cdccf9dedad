import { schemaViolations } from "./schema-violations.js";
import { rule } from "../rule.js";

export default rule({
  id: "schema-output-invalid",
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "the output schema is JSON Schema or Picoschema",
  why: "Readers of the answer rely on it; a schema that cannot be read checks nothing.",
  wrong: "output: { schema: { score: int } }",
  right: "output: { schema: { score: integer } }",
  check: (world) => schemaViolations(world, ["output", "schema"]),
});
