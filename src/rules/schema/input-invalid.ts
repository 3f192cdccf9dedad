import { rule, type Violation } from "../rule.js";
import { schemasOf, schemaViolations } from "./schema-violations.js";

export default rule({
  id: "schema-input-invalid",
  category: "schema",
  severity: "error",
  scope: "static",
  checks:
    "the input schema is JSON Schema or Picoschema that can be used: known keywords, references that end, patterns that are not slow",
  why: "Callers are checked against it; a schema that cannot be read checks nothing.",
  wrong: "input: { schema: { company: strin } }",
  right: "input: { schema: { company: string } }",
  *checkPrompts({ versions }): Iterable<Violation> {
    for (const file of versions) yield* schemaViolations(file, schemasOf(file, "input"));
  },
});
