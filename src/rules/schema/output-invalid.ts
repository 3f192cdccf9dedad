import { rule, type Violation } from "../rule.js";
import { schemasOf, schemaViolations } from "./schema-violations.js";

export default rule({
  id: "schema-output-invalid",
  category: "schema",
  severity: "error",
  scope: "static",
  checks:
    "the output schema is JSON Schema or Picoschema that can be used: known keywords, references that end, patterns that are not slow",
  why: "Readers of the answer rely on it; a schema that cannot be read checks nothing, and one without an end hangs them.",
  wrong: 'output: { schema: { allOf: [{ $ref: "#" }], type: object } }',
  right: "output: { schema: { score: integer } }",
  *checkPrompts({ versions }): Iterable<Violation> {
    for (const file of versions) yield* schemaViolations(file, schemasOf(file, "output"));
  },
});
