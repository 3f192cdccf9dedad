import type { Arm } from "../state/state.js";
import { servingCanary } from "./canary.js";
import type { Decision } from "./decision.js";
import type { Reason } from "./resolution.js";
import { servingAll } from "./serving.js";
import type { Subject } from "./subject.js";

/** An alias block, whose it is, and what is said about it. */
export interface Block {
  readonly arm: Arm;
  readonly step: "alias" | "tenant";
  /** A tenant's rule stays `tenant.<id>`, whichever arm is served. */
  readonly rule: string;
  /** Why the block is served where its canary does not split. */
  readonly reason: Reason;
  /** How the trail calls it: `alias production`, `tenant acme's production`. */
  readonly owner: string;
  readonly alias: string;
  readonly path: readonly string[];
}

/** Serves an alias block: its canary's side for the caller's key, else what it serves to all. */
export function servingArm(subject: Subject, block: Block, next: Decision): Decision {
  const { arm, step, rule, reason, owner, alias, path } = block;
  const { serve: version, canary } = arm;
  const detail = `${owner} serves ${version}`;
  const offer = { version, step, rule, reason, detail, alias, path: [...path, "serve"] };
  const toAll = servingAll(subject, offer, next);
  if (canary === undefined) return toAll;
  return servingCanary(subject, { ...block, canary, path: [...path, "canary"] }, toAll);
}
