import { servingArm } from "../arm.js";
import { passedLine, passing, type Decision } from "../decision.js";
import type { Subject } from "../subject.js";

/** Serves what the prompt's alias block says. */
export function servesAlias(subject: Subject, next: Decision): Decision {
  const { alias, arm } = subject;
  if (alias === undefined) return next;
  if (arm === undefined) return passing(passedLine("alias", `the prompt has no alias ${alias}`), next);
  const block = {
    arm,
    step: "alias",
    rule: "alias",
    reason: "STATIC",
    owner: `alias ${alias}`,
    alias,
    path: subject.path("aliases", alias),
  } as const;
  return servingArm(subject, block, next);
}
