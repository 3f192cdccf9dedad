import type { Resolution, ResolveRequest, TrailLine } from "./resolution.js";
import type { Subject } from "./subject.js";

/**
 * What is left to decide for a request: ends in a version, or throws.
 *
 * It is compiled once for a prompt and an alias of a catalog, so that whatever does not depend on the request is
 * settled before one comes.
 */
export type Decision = (request: ResolveRequest, passed: Passed) => Resolution;

/** One step, compiled for a subject: serves a version itself, or leaves the request to `next`. */
export type Step = (subject: Subject, next: Decision) => Decision;

/** The lines of what did not decide, the newest first; undefined when there are none. */
export type Passed = { readonly line: TrailLine; readonly before: Passed } | undefined;

/** The line of a step that does not decide; `path` is the entry of the state that says so. */
export function passedLine(step: string, detail: string, path?: readonly string[]): TrailLine {
  return path === undefined ? { step, matched: false, detail } : { step, matched: false, detail, path };
}

/** Leaves every request to `next`, and the trail says why. */
export function passing(line: TrailLine, next: Decision): Decision {
  Object.freeze(line); // it is in many trails
  return (request, passed) => next(request, { line, before: passed });
}

/** The lines that were passed, the oldest first, and the one that decided. */
export function trailOf(passed: Passed, last: TrailLine): readonly TrailLine[] {
  let length = 1;
  for (let at = passed; at !== undefined; at = at.before) length += 1;
  const trail = new Array<TrailLine>(length); // filled from its end: turning it round takes longer
  trail[--length] = last;
  for (let at = passed; at !== undefined; at = at.before) trail[--length] = at.line;
  return trail;
}
