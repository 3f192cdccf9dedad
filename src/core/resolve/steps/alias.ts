import { servesArm } from "../arm.js";
import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";

/** Serves what the prompt's alias block says. */
export function servesAlias(decision: Decision): Resolution | undefined {
  const { alias, aliasArm } = decision;
  if (alias === undefined) return undefined;
  if (aliasArm === undefined) {
    decision.pass("alias", `the prompt has no alias ${alias}`);
    return undefined;
  }
  return servesArm(decision, aliasArm, {
    step: "alias",
    rule: "alias",
    reason: "STATIC",
    owner: `alias ${alias}`,
    alias,
    path: decision.path("aliases", alias),
  });
}
