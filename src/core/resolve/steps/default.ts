import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";

/** Serves the prompt's default version. */
export function servesDefault(decision: Decision): Resolution | undefined {
  const version = decision.state.default;
  if (version === undefined) return undefined;
  return decision.serve(version, {
    step: "default",
    rule: "default",
    reason: "DEFAULT",
    detail: `the default version is ${version}`,
    path: decision.path("default"),
  });
}
