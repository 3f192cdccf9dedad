import { foundInVersions, rule } from "../rule.js";

const id = "schema-yaml-invalid";

export default rule({
  id,
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "the front-matter is plain YAML: no duplicate keys, anchors, aliases or tags",
  why: "What YAML parsers disagree about, reviewers do not see.",
  wrong: "model: a\nmodel: b",
  right: "model: b",
  checkPrompts: (world) => foundInVersions(id, world),
});
