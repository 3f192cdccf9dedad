import { entryOf } from "../../state/state.js";
import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";

/** The scopes of user versions, the most personal first; `project.scopes` says otherwise. */
export const defaultScopes = ["chat", "character", "profile"];

/** Serves the version that the caller's chat, character or profile has of its own. */
export function servesOverride(decision: Decision): Resolution | undefined {
  const { request, state, catalog } = decision;
  if (request.scopes === undefined) return undefined;
  for (const scope of catalog.state.project?.scopes ?? defaultScopes) {
    const id = entryOf(request.scopes, scope);
    if (id === undefined) continue;
    const entry = entryOf(entryOf(state.overrides, scope), id);
    if (entry === undefined) {
      decision.pass("override", `${scope} ${id} has no version of its own`);
      continue;
    }
    const served = decision.serve(entry.serve, {
      step: "override",
      rule: `override.${scope}`,
      reason: "TARGETING_MATCH",
      detail: `${scope} ${id} has its own version`,
      path: decision.path("overrides", scope, id),
    });
    if (served) return served;
  }
  return undefined;
}
