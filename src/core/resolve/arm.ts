import { PromptSyncError } from "../errors.js";
import type { Arm, Canary } from "../state/state.js";
import { bucket, isWithin } from "./bucket.js";
import type { Decision } from "./decision.js";
import type { Reason, Resolution } from "./resolution.js";

/** Whose alias block is served, and what is said about it. */
export interface Block {
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
export function servesArm(decision: Decision, arm: Arm, block: Block): Resolution | undefined {
  const served = arm.canary === undefined ? undefined : servesCanary(decision, arm, arm.canary, block);
  if (served !== undefined) return served;
  const { step, rule, reason, alias, path } = block;
  const detail = `${block.owner} serves ${arm.serve}`;
  return decision.serve(arm.serve, { step, rule, reason, detail, alias, path: [...path, "serve"] });
}

/** Undefined when the canary decides nothing: it is paused, at 0 %, not respected, or its candidate is yanked. */
function servesCanary(decision: Decision, arm: Arm, canary: Canary, block: Block): Resolution | undefined {
  const { key = "", respectCanary } = decision.request;
  const { percent, seed, state } = canary;
  const { alias, reason } = block;
  const path = [...block.path, "canary"];
  if (respectCanary === false) {
    decision.pass("canary", `the caller takes no part in the canary of ${canary.serve}`, path);
    return undefined;
  }
  if (state !== "running" || percent <= 0) {
    decision.pass("canary", `canary of ${canary.serve} is ${state} at ${percent} %`, path);
    return undefined;
  }
  const step = "canary";
  if (percent >= 100) {
    const detail = `canary of ${canary.serve} is at ${percent} %: everybody gets it`;
    const rule = ruleOf(block, "canary.candidate");
    return decision.serve(canary.serve, { step, rule, reason, detail, path, alias, arm: "candidate" });
  }
  if (key === "") {
    refuseMissingKey(decision, block);
    const detail = `canary of ${canary.serve} is at ${percent} %, and without a key the baseline is served`;
    const rule = ruleOf(block, "canary.no_key");
    const why = block.step === "tenant" ? reason : "DEFAULT";
    return decision.serve(arm.serve, { step, rule, reason: why, detail, path, alias, arm: "baseline" });
  }
  const place = bucket(seed, key);
  const isCandidate = isWithin(place, percent);
  return decision.serve(isCandidate ? canary.serve : arm.serve, {
    step,
    rule: ruleOf(block, isCandidate ? "canary.candidate" : "canary.baseline"),
    reason: "SPLIT",
    detail: `canary of ${canary.serve} is at ${percent} %, and key ${key} is in bucket ${place} of 10000`,
    path,
    alias,
    arm: isCandidate ? "candidate" : "baseline",
    bucket: place,
  });
}

/** A tenant's rule stays its own, whichever side of its canary is served. */
function ruleOf({ step, rule }: Block, side: string): string {
  return step === "tenant" ? rule : side;
}

function refuseMissingKey({ catalog, name }: Decision, { owner }: Block): void {
  if (catalog.state.project?.on_missing_key !== "error") return;
  throw new PromptSyncError(
    "TARGETING_KEY_MISSING",
    `${owner} of \`${name}\` runs a canary and no key was given`,
    { hint: "pass the key that users are split by: `--key <id>`" },
  );
}
