import { entryOf } from "../../state/state.js";
import { passedLine, type Decision } from "../decision.js";
import { serving } from "../serving.js";
import type { Subject } from "../subject.js";

/** The scopes of user versions, the most personal first; `project.scopes` says otherwise. */
export const defaultScopes = ["chat", "character", "profile"];

/** Serves the version that the caller's chat, character or profile has of its own. */
export function servesOverride(subject: Subject, next: Decision): Decision {
  const { overrides } = subject.state;
  const order = subject.catalog.state.project?.scopes ?? defaultScopes;
  const startingAt =
    (start: number): Decision =>
    (request, passed) => {
      const { scopes } = request;
      if (scopes === undefined) return next(request, passed);
      let before = passed;
      for (let at = start; at < order.length; at++) {
        const scope = order[at] ?? "";
        const id = entryOf(scopes, scope);
        if (id === undefined) continue;
        const entry = entryOf(entryOf(overrides, scope), id);
        if (entry !== undefined) {
          const path = subject.path("overrides", scope, id);
          const rule = `override.${scope}`;
          const offer = { step: "override", rule, reason: "TARGETING_MATCH", path } as const;
          const serve = serving(subject, { version: entry.serve, ...offer }, startingAt(at + 1));
          return serve(request, before, { detail: `${scope} ${id} has its own version`, bucket: null });
        }
        before = { line: passedLine("override", `${scope} ${id} has no version of its own`), before };
      }
      return next(request, before);
    };
  return startingAt(0);
}
