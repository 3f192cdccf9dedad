import type { PromptState } from "../../state/state.js";
import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";
import { holds } from "../when.js";

type Rules = NonNullable<PromptState["rules"]>;

/** The rules of a map in their order, kept as long as the map: states do not change. */
const ranks = new WeakMap<Rules, readonly (readonly [id: string, rule: Rules[string]])[]>();

/** Serves what the first rule asks for whose conditions all hold; rules stand by `order`, then by id. */
export function servesRule(decision: Decision): Resolution | undefined {
  const { rules } = decision.state;
  if (rules === undefined) return undefined;
  for (const [id, rule] of ranked(rules)) {
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

function ranked(rules: Rules): readonly (readonly [id: string, rule: Rules[string]])[] {
  const known = ranks.get(rules);
  if (known !== undefined) return known;
  const entries = Object.entries(rules);
  entries.sort(([a, one], [b, other]) => (one.order ?? 0) - (other.order ?? 0) || (a < b ? -1 : 1));
  ranks.set(rules, entries);
  return entries;
}
