import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { startRun } from "./apply-plan.js";
import { carryOut, type CarriedOut } from "./carry-out.js";
import { headMoved } from "./move-branch.js";
import type { Prepared } from "./prepare.js";
import type { ApplyOptions, Run } from "./run.js";

/**
 * Undoes a change that was made a moment ago: the branch, the index and the files are what they were before it, also
 * files that git did not know. Under the same locks and with the same journal as the change itself.
 * @throws PromptSyncError `HEAD_MOVED`, `UNCOMMITTED_CHANGES` when somebody built upon it already
 */
export async function takeBack(
  repository: Repository,
  done: CarriedOut,
  { base, ...options }: ApplyOptions & { readonly base: string },
): Promise<void> {
  const { commit } = done;
  if (commit === null || repository.top === null) throw new TypeError("there is no commit to take back");
  const message = "promptsync: take back, to make it again on what the remote has\n";
  const run = startRun(repository, { effects: [], audit: [], message, base: commit }, options);
  await carryOut(run, repository.top, () => invert(run, done.prepared, { base, commit }));
}

async function invert(
  { repository }: Run,
  prepared: Prepared,
  { base, commit }: { readonly base: string; readonly commit: string },
): Promise<Prepared> {
  const [head] = await repository.objects.info(["HEAD^{commit}"]);
  if (head?.id !== commit) throw headMoved(repository.head.branch, head?.id ?? null);
  return {
    ...prepared,
    changes: prepared.changes.map(({ path, committed, entry, before, after }) => ({
      path,
      committed: entry,
      entry: committed,
      before: after,
      after: before,
    })),
    entries: new Map(prepared.changes.map(({ path, committed }) => [path, committed])),
    commit: base,
    hooks: new Set(),
  };
}

/** Moves the branch and the work tree forward to a commit that was fetched, as `git pull` would. */
export async function fastForward(repository: Repository, to: string): Promise<void> {
  const { code, stderr } = await repository.git.run(["merge", "--ff-only", "--quiet", to], {
    accept: [0, 1, 2, 128],
    unsealed: true,
  });
  if (code === 0) return;
  throw new PromptSyncError(
    "UNCOMMITTED_CHANGES",
    "what the remote has cannot be merged into the working tree",
    {
      hint: stderr.trim(),
    },
  );
}
