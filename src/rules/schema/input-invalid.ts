import { schemaViolations } from "./schema-violations.js";
import { rule } from "../rule.js";

export default rule({
  id: "schema-input-invalid",
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "the input schema is JSON Schema or Picoschema",
  why: "Callers are checked against it; a schema that cannot be read checks nothing.",
  wrong: "input: { schema: { company: strin } }",
  right: "input: { schema: { company: string } }",
  check: (world) => schemaViolations(world, ["input", "schema"]),
});
