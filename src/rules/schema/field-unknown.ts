import { foundInVersions, rule } from "../rule.js";

const id = "schema-field-unknown";

export default rule({
  id,
  category: "schema",
  severity: "warning",
  scope: "static",
  checks: "every key is one that the schema knows, begins with x- or stands under metadata",
  why: "A mistyped key does nothing, and looks as if it did.",
  wrong: "temprature: 0.2",
  right: "config: { temperature: 0.2 }",
  checkPrompts: (world) => foundInVersions(id, world),
});
