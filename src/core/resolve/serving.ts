import { deepFreeze } from "../json.js";
import { entryOf, type Deprecation } from "../state/state.js";
import { passedLine, trailOf, type Decision, type Passed } from "./decision.js";
import type { Reason, Resolution, ResolveRequest, TrailLine } from "./resolution.js";
import type { Subject } from "./subject.js";

/** A version that a step wants to serve, and what is said about it. */
export interface Offer {
  readonly version: string;
  readonly step: string;
  readonly rule: string;
  readonly reason: Reason;
  readonly path?: readonly string[];
  readonly alias?: string | null;
  readonly arm?: "baseline" | "candidate";
}

/** Serves a version to a request; `why` is what it alone knows. */
export type Serve = (
  request: ResolveRequest,
  passed: Passed,
  why: { readonly detail: string; readonly bucket: number | null },
) => Resolution;

/**
 * Serves a version, to each request for a reason of its own; a yanked one is left to `next`. Where the prompt has no
 * such version, a request that comes so far throws `VERSION_NOT_FOUND`.
 */
export function serving(subject: Subject, offer: Offer, next: Decision): Serve {
  const { version, step, rule, reason, path, alias = null, arm = null } = offer;
  const { name, state } = subject;
  if (subject.isYanked(version)) {
    return (request, passed, { detail }) =>
      next(request, { line: yankedLine(subject, version, { step, detail }), before: passed });
  }
  if (!subject.has(version)) {
    return () => {
      throw subject.unknownVersion(version, path);
    };
  }
  const deprecated = inFixedOrder(entryOf(state.deprecations, version));
  return (_, passed, { detail, bucket }) => {
    const line: TrailLine =
      path === undefined ? { step, matched: true, detail } : { step, matched: true, detail, path };
    const trail = trailOf(passed, line);
    return { name, version, alias, reason, rule, arm, bucket, deprecated, trail };
  };
}

/** Serves a version to all for the same reason: the answer to requests that passed nothing is made once. */
export function servingAll(
  subject: Subject,
  { detail, ...offer }: Offer & { readonly detail: string },
  next: Decision,
): Decision {
  const serve = serving(subject, offer, next);
  const why = { detail, bucket: null };
  if (!subject.canServe(offer.version)) return (request, passed) => serve(request, passed, why);
  const answer = deepFreeze(serve({}, undefined, why)); // everybody gets it
  return (request, passed) => (passed === undefined ? answer : serve(request, passed, why));
}

/** Why a yanked version is passed over. */
export function yankedLine(
  subject: Subject,
  version: string,
  { step, detail }: Pick<TrailLine, "step" | "detail">,
): TrailLine {
  const why = entryOf(subject.state.yanked, version)?.reason ?? "no reason given";
  return passedLine(step, `${detail}, but ${version} is yanked: ${why}`, subject.path("yanked", version));
}

/** The order of keys in the file must not show in the answer. */
function inFixedOrder(entry: Deprecation | undefined): Deprecation | null {
  if (entry === undefined) return null;
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}
