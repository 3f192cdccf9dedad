import type { Decision } from "./decision.js";
import type { ResolveRequest, TrailLine } from "./resolution.js";
import { servingAll, type Offer } from "./serving.js";
import type { Subject } from "./subject.js";

/** An offer to all requests, or to those for which a condition holds. */
export interface Candidate {
  readonly offer: Offer & { readonly detail: string };
  readonly condition?: {
    readonly holds: (request: ResolveRequest) => boolean;
    /** What the trail says where it does not hold. */
    readonly otherwise: TrailLine;
  };
}

/** Serves the first candidate whose condition holds and that is not yanked; each is compiled when it is reached. */
export function servingFirst(subject: Subject, candidates: readonly Candidate[], next: Decision): Decision {
  for (const { condition } of candidates) Object.freeze(condition?.otherwise); // it is in many trails
  const compiled: (Decision | undefined)[] = [];
  const startingAt = (start: number): Decision => {
    return (request, passed) => {
      let before = passed;
      for (let at = start; ; at++) {
        const candidate = candidates[at];
        if (candidate === undefined) return next(request, before);
        const { offer, condition } = candidate;
        if (condition === undefined || condition.holds(request))
          return (compiled[at] ??= servingAll(subject, offer, startingAt(at + 1)))(request, before);
        before = { line: condition.otherwise, before };
      }
    };
  };
  return candidates.length === 0 ? next : startingAt(0);
}
