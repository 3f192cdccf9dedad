import type { Decision } from "../decision.js";
import { servingAll } from "../serving.js";
import type { Subject } from "../subject.js";

/** Serves the prompt's default version. */
export function servesDefault(subject: Subject, next: Decision): Decision {
  const version = subject.state.default;
  if (version === undefined) return next;
  const offer = {
    version,
    step: "default",
    rule: "default",
    reason: "DEFAULT",
    detail: `the default version is ${version}`,
    path: subject.path("default"),
  } as const;
  return servingAll(subject, offer, next);
}
