import { setTimeout } from "node:timers/promises";
import { isPromptSyncError } from "../../core/errors.js";
import type { Plan } from "../../core/plan.js";
import type { Repository } from "../git/repository.js";
import { applyPlan, receiptOf, startRun, type Receipt } from "./apply-plan.js";
import type { CarriedOut } from "./carry-out.js";
import type { ApplyOptions as RunOptions } from "./run.js";

export type { Receipt } from "./apply-plan.js";

/** How a plan is applied while others may write to the same work tree. */
export interface ApplyOptions extends RunOptions {
  /**
   * Makes the plan again for the work tree as it is now; null when nothing is left to do. Left out: `HEAD_MOVED`.
   * @throws PromptSyncError `CHANGE_CONFLICT` when the intent no longer holds there
   */
  readonly replanHere?: (repository: Repository) => Promise<Plan | null>;
}

/**
 * Makes a plan true, as {@link applyPlan} does. When another process was faster and moved the branch, the change is
 * planned again on its commit, after an uneven pause.
 * @throws PromptSyncError what {@link applyPlan} throws; `HEAD_MOVED` only when the branch moved every time
 */
export async function apply(repository: Repository, plan: Plan, options: ApplyOptions): Promise<Receipt> {
  const applied = await keepUp(repository, plan, options);
  return applied === null ? nothingLeft(repository) : receiptOf(repository, applied.done);
}

/** The receipt when somebody else made the very change. */
export function nothingLeft({ head }: Repository): Receipt {
  return {
    commit: null,
    branch: head.branch?.replace(/^refs\/heads\//, "") ?? null,
    detached: head.branch === null,
    changes: [],
  };
}

/** A plan that was carried out, perhaps not the first one. */
export interface Applied {
  readonly plan: Plan;
  readonly done: CarriedOut;
}

/** How often a change is planned again before the user is told. */
const mostTries = 60;

/** {@link apply} for callers that may have to take the change back; null when nothing was left to do. */
export async function keepUp(
  repository: Repository,
  plan: Plan,
  options: ApplyOptions,
): Promise<Applied | null> {
  let here = repository;
  let made = plan;
  for (let left = mostTries; ; left--) {
    try {
      return { plan: made, done: await applyPlan(startRun(here, made, options)) };
    } catch (error) {
      const isOvertaken = isPromptSyncError(error) && error.code === "HEAD_MOVED";
      if (!isOvertaken || options.replanHere === undefined || left <= 1) throw error;
    }
    await setTimeout(Math.random() * 100);
    const [head] = await repository.objects.info(["HEAD^{commit}"]);
    here = { ...repository, head: { ...repository.head, commit: head?.id ?? null } };
    const again = await options.replanHere(here);
    if (again === null) return null;
    made = again;
  }
}
