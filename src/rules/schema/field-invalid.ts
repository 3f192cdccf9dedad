import { foundInVersions, rule } from "../rule.js";

const id = "schema-field-invalid";

export default rule({
  id,
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "every key has a value of the right type",
  why: "A wrong type is dropped or coerced by the next reader, without a word.",
  wrong: "version: 1.10   # the number 1.1",
  right: 'version: "1.10.0"',
  checkPrompts: (world) => foundInVersions(id, world),
});
