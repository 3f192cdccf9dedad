import { usualPeriods } from "../../core/config.js";
import { entryAt } from "../registry/entry.js";
import { rule, type Violation } from "../rule.js";

export default rule({
  id: "waiver-invalid",
  category: "waiver",
  severity: "error",
  scope: "static",
  checks: `every waiver names a rule and a target, has a reason, and ends within ${usualPeriods.waiver} days (\`periods.waiver\`)`,
  why: "A waiver without a reason or an end is a rule that was switched off, and nobody remembers why.",
  wrong: "waivers:\n  - { rule: template-variable-unused, target: triage, reason: todo }",
  right:
    "waivers:\n  - { rule: template-variable-unused, target: triage, reason: removed with 2.0.0 in March, expires: 2027-01-31 }",
  *check(world): Iterable<Violation> {
    for (const { index, problem } of world.waivers ?? []) {
      if (problem === undefined) continue;
      const { severity = "error", message, hint } = problem;
      yield { message, hint, severity, ...entryAt(world, ["waivers", String(index)]) };
    }
  },
});
