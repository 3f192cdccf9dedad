import { isPromptSyncError } from "../errors.js";
import type { Catalog } from "../catalog.js";
import type { Reason, Resolution, ResolveRequest } from "./resolution.js";
import { resolve } from "./resolve.js";

/** The commit that left a catalog as it is. */
export interface TracePoint {
  readonly commit: string;
  readonly author: string;
  readonly subject: string;
  /** When it counts as made, ISO 8601 in UTC. */
  readonly since: string;
}

/** A stretch of time in which a request got one answer. Dates are ISO 8601 in UTC. */
export interface Segment {
  readonly from: string;
  /** Null while it lasts. */
  readonly to: string | null;
  readonly prompt: string | null;
  /** Null when the request was refused. */
  readonly version: string | null;
  readonly reason: Reason | "ERROR";
  readonly rule: string | null;
  readonly arm: Resolution["arm"];
  /** Which file was served; null when the request was refused. */
  readonly file: { readonly path: string; readonly blob: string | null } | null;
  /** What the last step of the trail said, or why the request was refused. */
  readonly detail: string;
  /** The code of the refusal. */
  readonly error: string | null;
  /** The commit that brought the answer. */
  readonly commit: string;
  readonly author: string;
  readonly subject: string;
}

type Answer = Omit<Segment, "from" | "to" | "commit" | "author" | "subject">;

/**
 * What a request got from commit to commit: the same decision on every catalog. Commits that changed nothing for it
 * are one stretch, and a refusal is an answer too; the time before the prompt existed is left out.
 */
export class Trace {
  readonly segments: Segment[] = [];
  #seen: Catalog | undefined;

  constructor(private readonly request: ResolveRequest) {}

  /** Goes on by one commit, which is asked for when it matters; the oldest comes first. */
  add(catalog: Catalog, pointOf: () => TracePoint): void {
    if (this.#seen !== undefined && hasSameInput(this.#seen, catalog, this.request)) return;
    this.#seen = catalog;
    const answer = answerOf(catalog, this.request);
    const last = this.segments.at(-1);
    if (last === undefined && answer.error === "PROMPT_NOT_FOUND") return;
    if (last !== undefined && isSame(last, answer)) return;
    const { commit, author, subject, since } = pointOf();
    if (last !== undefined) this.segments[this.segments.length - 1] = { ...last, to: since };
    this.segments.push({ from: since, to: null, ...answer, commit, author, subject });
  }
}

/** Everything that a decision about one prompt reads, by identity: what a commit left alone is the same object. */
function hasSameInput(one: Catalog, other: Catalog, { name, capability }: ResolveRequest): boolean {
  if (one.prompts !== other.prompts) return false;
  if (one.state === other.state) return true;
  const [a, b] = [one.state, other.state];
  if (capability !== undefined || name === undefined || a.prompts?.[name] !== b.prompts?.[name]) return false;
  if (one.stateText.problems.length + other.stateText.problems.length > 0) return false;
  return a.project === b.project && a.emergencies === b.emergencies;
}

function answerOf(catalog: Catalog, request: ResolveRequest): Answer {
  try {
    const { name, version, reason, rule, arm, trail } = resolve(catalog, request);
    const found = catalog.prompts.get(name)?.versions.find((it) => it.version === version);
    const file = found === undefined ? null : { path: found.path, blob: found.blob };
    const detail = trail.at(-1)?.detail ?? "";
    return { prompt: name, version, reason, rule, arm, file, detail, error: null };
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    const nothing = { version: null, rule: null, arm: null, file: null };
    return {
      prompt: request.name ?? null,
      ...nothing,
      reason: "ERROR",
      detail: error.message,
      error: error.code,
    };
  }
}

/** The same version decided by the same rule from the same bytes; how it is worded does not matter. */
function isSame(one: Answer, other: Answer): boolean {
  return (
    one.prompt === other.prompt &&
    one.version === other.version &&
    one.reason === other.reason &&
    one.rule === other.rule &&
    one.arm === other.arm &&
    one.error === other.error &&
    one.file?.blob === other.file?.blob
  );
}
