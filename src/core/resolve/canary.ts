import { PromptSyncError } from "../errors.js";
import type { Canary } from "../state/state.js";
import type { Block } from "./arm.js";
import { bucketsOf, isWithin } from "./bucket.js";
import { passedLine, passing, type Decision } from "./decision.js";
import type { Reason } from "./resolution.js";
import { serving, servingAll, type Offer } from "./serving.js";
import type { Subject } from "./subject.js";

/** A block with its canary; the path is the canary's. */
type CanaryBlock = Block & { readonly canary: Canary };

/**
 * Serves a side of a canary. `next` serves the block to all, for where the canary decides nothing: it is paused, at 0 %
 * or not respected, or its side is yanked.
 */
export function servingCanary(subject: Subject, block: CanaryBlock, next: Decision): Decision {
  const { serve } = block.canary;
  const noPart = passedLine("canary", `the caller takes no part in the canary of ${serve}`, block.path);
  const refused = passing(noPart, next);
  const respected = servingShare(subject, block, next);
  return (request, passed) => (request.respectCanary === false ? refused : respected)(request, passed);
}

function servingShare(subject: Subject, block: CanaryBlock, next: Decision): Decision {
  const { canary, reason, path } = block;
  const { serve, percent, state } = canary;
  if (state !== "running" || percent <= 0) {
    return passing(passedLine("canary", `canary of ${serve} is ${state} at ${percent} %`, path), next);
  }
  if (percent >= 100) {
    const detail = `canary of ${serve} is at ${percent} %: everybody gets it`;
    return servingAll(subject, { ...sideOf(block, "candidate", reason), detail }, next);
  }
  return splitting(subject, block, next);
}

/** The candidate for the keys in the first buckets, as many as the canary's share; the baseline for the others. */
function splitting(subject: Subject, block: CanaryBlock, next: Decision): Decision {
  const { serve, percent, seed } = block.canary;
  const share = `canary of ${serve} is at ${percent} %`;
  const bucketOf = bucketsOf(seed);
  const keyless = servingKeyless(subject, block, next);
  const candidate = serving(subject, sideOf(block, "candidate", "SPLIT"), next);
  const baseline = serving(subject, sideOf(block, "baseline", "SPLIT"), next);
  return (request, passed) => {
    const { key = "" } = request;
    if (key === "") return keyless(request, passed);
    const place = bucketOf(key);
    const detail = `${share}, and key ${key} is in bucket ${place} of 10000`;
    return (isWithin(place, percent) ? candidate : baseline)(request, passed, { detail, bucket: place });
  };
}

/** The baseline for callers without a key, or the error that the project wants for them. */
function servingKeyless(subject: Subject, block: CanaryBlock, next: Decision): Decision {
  const { canary, owner, step, reason } = block;
  if (subject.catalog.state.project?.on_missing_key === "error") {
    return () => {
      throw new PromptSyncError(
        "TARGETING_KEY_MISSING",
        `${owner} of \`${subject.name}\` runs a canary and no key was given`,
        { hint: "pass the key that users are split by: `--key <id>`" },
      );
    };
  }
  const detail = `canary of ${canary.serve} is at ${canary.percent} %, and without a key the baseline is served`;
  const why = step === "tenant" ? reason : "DEFAULT";
  return servingAll(
    subject,
    { ...sideOf(block, "baseline", why), rule: ruleOf(block, "no_key"), detail },
    next,
  );
}

function sideOf(block: CanaryBlock, arm: "baseline" | "candidate", reason: Reason): Offer {
  const { canary, alias, path } = block;
  const version = arm === "candidate" ? canary.serve : block.arm.serve;
  return { version, step: "canary", rule: ruleOf(block, arm), reason, path, alias, arm };
}

/** A tenant's rule stays its own, whichever side of its canary is served. */
function ruleOf({ step, rule }: Block, side: string): string {
  return step === "tenant" ? rule : `canary.${side}`;
}
