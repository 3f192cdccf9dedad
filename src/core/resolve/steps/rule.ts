import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";
import { holds } from "../when.js";

/** Serves what the first rule asks for whose conditions all hold; rules stand by `order`, then by id. */
export function servesRule(decision: Decision): Resolution | undefined {
  const rules = Object.entries(decision.state.rules ?? {});
  rules.sort(([a, one], [b, other]) => (one.order ?? 0) - (other.order ?? 0) || (a < b ? -1 : 1));
  for (const [id, rule] of rules) {
    if (!holds(rule.when, decision.request)) {
      decision.pass("rule", `rule ${id} does not hold`, decision.path("rules", id));
      continue;
    }
    const served = decision.serve(rule.serve, {
      step: "rule",
      rule: `rule.${id}`,
      reason: "TARGETING_MATCH",
      detail: `rule ${id} holds`,
      path: decision.path("rules", id),
      alias: decision.aliasArm === undefined ? null : (decision.alias ?? null),
    });
    if (served) return served;
  }
  return undefined;
}
