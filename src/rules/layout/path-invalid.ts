import { foundInRegistry, rule } from "../rule.js";

const id = "layout-path-invalid";

export default rule({
  id,
  category: "layout",
  severity: "error",
  scope: "static",
  checks: "every prompt file stands at [<group>/]<name>/<x.y.z>.md",
  why: "The path is the version's identity: a file that stands elsewhere is never served, and nobody is told.",
  wrong: "prompt-templates/support/Triage/v1.2.md",
  right: "prompt-templates/support/triage/1.2.0.md",
  check: (world) => foundInRegistry(id, world),
});
