import { foundInRegistry, rule } from "../rule.js";

const id = "layout-unexpected-file";

export default rule({
  id,
  category: "layout",
  severity: "warning",
  scope: "static",
  checks: "the registry holds version files and state files only",
  why: "The registry folder is what applications copy, mount and bundle; strays travel along.",
  wrong: "prompt-templates/qualify-lead/notes.txt",
  right: "docs/qualify-lead-notes.txt",
  check: (world) => foundInRegistry(id, world),
});
