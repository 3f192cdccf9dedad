import { setTimeout } from "node:timers/promises";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import type { Plan } from "../../core/plan.js";
import { openNetwork, type Talk } from "../git/network.js";
import { fetchBranch, lookAt, publishTarget, push, type RemoteBranch } from "../git/remote.js";
import type { Repository } from "../git/repository.js";
import { applyPlan, receiptOf, startRun } from "./apply-plan.js";
import type { CarriedOut } from "./carry-out.js";
import { keepUp, nothingLeft, type Applied, type ApplyOptions, type Receipt } from "./apply.js";
import { fastForward, takeBack } from "./take-back.js";

/** How a plan is applied and published. */
export interface PublishOptions extends ApplyOptions {
  /** Name of the remote. */
  readonly remote: string;
  /**
   * Makes the plan again for a commit that the remote has and this clone had not; null when nothing is left to do.
   * @throws PromptSyncError `CHANGE_CONFLICT` when the intent no longer holds there
   */
  readonly replan: (commit: string) => Promise<Plan | null>;
  /** The longest wait for a sign of life of the remote, in ms; twenty seconds when left out. */
  readonly silence?: number;
  /** How often the change is made again before giving up; 100 when left out: of eight busy clones one lost 30 times. */
  readonly tries?: number;
}

/**
 * Applies a plan and publishes its commit. When somebody was faster, the change is taken back, made again on what they
 * published, and pushed again: never merged, never rebased as text.
 *
 * What was committed here stays here when it cannot be published: `REMOTE_REJECTED` and `REMOTE_UNREACHABLE` name it.
 * With `CHANGE_CONFLICT` nothing was changed.
 */
export async function publish(repository: Repository, plan: Plan, options: PublishOptions): Promise<Receipt> {
  const target = await publishTarget(repository, options.remote);
  const talk = await openNetwork(repository, { silence: options.silence ?? 20_000 });
  let applied = await keepUp(repository, plan, options);
  for (let left = options.tries ?? 100; applied !== null; left--) {
    const { done, plan: made } = applied;
    const { commit } = done;
    if (commit === null) return receiptOf(repository, done);
    const overtaken = await pushOnce(repository, talk, { target, commit });
    if (overtaken === null) return receiptOf(repository, done);
    if (left <= 1) throw rejected(commit, target, "others were faster every time");
    applied = await makeAgain(repository, { done, plan: made, commit, target, overtaken, options });
  }
  return nothingLeft(repository);
}

/**
 * Publishes what an earlier run committed and could not publish: the branch as it stands here.
 * @throws PromptSyncError `REMOTE_REJECTED`, `REMOTE_UNREACHABLE`
 */
export async function publishHead(
  repository: Repository,
  options: Pick<PublishOptions, "remote" | "silence">,
): Promise<void> {
  const { commit } = repository.head;
  if (commit === null) return;
  const target = await publishTarget(repository, options.remote);
  const talk = await openNetwork(repository, { silence: options.silence ?? 20_000 });
  const overtaken = await pushOnce(repository, talk, { target, commit });
  if (overtaken === null) return;
  throw rejected(commit, target, bothMoved);
}

const bothMoved = "both sides have commits that the other has not: `git pull --rebase`, then `git push`";

/** Pushes, and returns null when the remote has the commit; else the commit that the remote has instead. */
async function pushOnce(
  repository: Repository,
  talk: Talk,
  { target, commit }: { readonly target: RemoteBranch; readonly commit: string },
): Promise<string | null> {
  for (let left = 10; ; left--) {
    const result = await push(talk, target, commit);
    if (result.kind === "pushed") return null;
    // An uneven pause lets one of many writers through; between fetch and push there is none, that time is precious.
    if (result.kind === "rejected") await setTimeout(Math.random() * 150);
    // Only the remote knows what happened.
    const now =
      result.kind === "unknown" ? await lookAt(talk, target) : await fetchBranch(repository, talk, target);
    if (now === commit) return null;
    if (now === undefined) throw unreachable(commit, target, result.words);
    if (result.kind === "unknown") throw rejected(commit, target, result.words);
    const isAncestor = now === null || (await isIn(repository, now, commit));
    if (!isAncestor && now !== null) return (await isIn(repository, commit, now)) ? null : now;
    // The branch is still where we thought: another push holds its lock for a moment, or the remote has a rule.
    if (left <= 1 || !/lock|failed to update ref/.test(result.words))
      throw rejected(commit, target, result.words);
    await setTimeout(50 + Math.random() * 150);
  }
}

interface Again {
  readonly done: CarriedOut;
  /** The plan that was carried out. */
  readonly plan: Plan;
  readonly commit: string;
  readonly target: RemoteBranch;
  /** The commit that the remote has. */
  readonly overtaken: string;
  readonly options: PublishOptions;
}

/** Makes the change on what the remote has; null when nothing is left to do there. */
async function makeAgain(repository: Repository, again: Again): Promise<Applied | null> {
  const { done, plan: first, commit, target, overtaken, options } = again;
  const { base } = first;
  if (base === null || repository.top === null || !(await isIn(repository, base, overtaken))) {
    throw rejected(commit, target, bothMoved);
  }
  let plan: Plan | null;
  try {
    plan = await options.replan(overtaken);
  } catch (error) {
    await takeBack(repository, done, { ...options, base });
    throw error;
  }
  await takeBack(repository, done, { ...options, base }).catch((error: unknown) => {
    throw rejected(commit, target, isPromptSyncError(error) ? error.message : String(error));
  });
  try {
    await fastForward(repository, overtaken);
  } catch (error) {
    // The user's own edits are in the way: the change stays here, as it was made first.
    const kept = await applyPlan(startRun(repository, first, options));
    throw rejected(
      kept.commit ?? commit,
      target,
      isPromptSyncError(error) ? (error.hint ?? error.message) : String(error),
    );
  }
  return plan && keepUp(repository, plan, options);
}

/** Says whether a commit is in the history of another. */
async function isIn(repository: Repository, older: string, newer: string): Promise<boolean> {
  const { code } = await repository.git.run(["merge-base", "--is-ancestor", older, newer], {
    accept: [0, 1],
  });
  return code === 0;
}

function rejected(commit: string, target: RemoteBranch, words: string): PromptSyncError {
  return new PromptSyncError(
    "REMOTE_REJECTED",
    `commit \`${commit.slice(0, 12)}\` is made here, but \`${target.label}\` did not take it`,
    {
      hint: words,
      data: { commit, remote: target.label },
    },
  );
}

function unreachable(commit: string, target: RemoteBranch, words: string): PromptSyncError {
  return new PromptSyncError(
    "REMOTE_UNREACHABLE",
    `commit \`${commit.slice(0, 12)}\` is made here, but \`${target.remote}\` cannot be reached`,
    {
      hint: `${words}\n\`git push\` publishes it later`.trim(),
      data: { commit, remote: target.label },
    },
  );
}
