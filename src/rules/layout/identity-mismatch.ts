import { foundInVersions, rule } from "../rule.js";

const id = "layout-identity-mismatch";

export default rule({
  id,
  category: "layout",
  severity: "error",
  scope: "static",
  checks: "the name and version in a file are those of its path",
  why: "A copied file that still carries its old number would claim to be another version.",
  wrong: 'version: "1.2.0"   # in 1.3.0.md',
  right: 'version: "1.3.0"   # in 1.3.0.md',
  fixable: true,
  checkPrompts: (world) => foundInVersions(id, world),
});
