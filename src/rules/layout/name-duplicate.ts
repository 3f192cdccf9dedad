import { foundInRegistry, rule } from "../rule.js";

const id = "layout-name-duplicate";

export default rule({
  id,
  category: "layout",
  severity: "error",
  scope: "static",
  checks: "a prompt's name stands in one group only",
  why: "References name a prompt without its group, so two prompts of one name could not be told apart.",
  wrong: "task/qualify-lead/ and sales/qualify-lead/",
  right: "task/qualify-lead/ and sales/qualify-deal/",
  check: (world) => foundInRegistry(id, world),
});
