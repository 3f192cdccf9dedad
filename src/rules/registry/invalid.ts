import { foundInRegistry, rule } from "../rule.js";

const id = "registry-invalid";

export default rule({
  id,
  category: "registry",
  severity: "error",
  scope: "static",
  checks: "promptsync.yaml fits its schema",
  why: "It is the only file that decides what is served.",
  wrong: 'aliases: { prod: { serv: "1.0.0" } }',
  right: 'aliases: { prod: { serve: "1.0.0" } }',
  check: (world) => foundInRegistry(id, world),
});
