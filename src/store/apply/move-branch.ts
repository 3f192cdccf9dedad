import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { syncedGit, syncFolder } from "./durable.js";

/** Which ref a commit goes to, and what it has to be until then. */
export interface BranchMove {
  /** Full name of the branch; null for a detached HEAD. */
  readonly branch: string | null;
  /** The commit that the ref names; null on an unborn branch. */
  readonly from: string | null;
  readonly to: string;
  /** First line of the commit's message, for the reflog. */
  readonly subject: string;
}

/**
 * Moves the branch from one commit to the next, if it is still there: the commit point. When git fails, the ref
 * decides what happened.
 * @throws PromptSyncError `HEAD_MOVED`, `HOOK_REFUSED`, `GIT_FAILED`
 */
export async function moveBranch(repository: Repository, move: BranchMove): Promise<void> {
  const { branch, from, to, subject } = move;
  const ref = branch ?? "HEAD";
  const message = `commit${from === null ? " (initial)" : ""}: ${subject}`;
  const result = await repository.git.run(
    // Zeros as the old value: the ref must not exist.
    [...syncedGit, "update-ref", "--no-deref", "-m", message, ref, to, from ?? "0".repeat(to.length)],
    { accept: [0, 1, 128] },
  );
  if (result.code !== 0) {
    const [now] = await repository.objects.info([ref]);
    if (now?.id !== to) throw notMoved(repository, move, now?.id ?? null, result.stderr);
  }
  syncRef(repository, branch);
}

/** Syncs the folders up to the ref's own: git syncs the ref's bytes, not its name. */
function syncRef(repository: Repository, branch: string | null): void {
  if (branch === null) {
    syncFolder(repository.gitDirectory);
    return;
  }
  for (let at = dirname(branch); at !== "."; at = dirname(at))
    syncFolder(join(repository.commonDirectory, at));
  syncFolder(join(repository.commonDirectory, "reftable"));
}

function notMoved(
  repository: Repository,
  move: BranchMove,
  now: string | null,
  stderr: string,
): PromptSyncError {
  if (now !== move.from) return headMoved(move.branch, now);
  if (existsSync(join(repository.hooksDirectory, "reference-transaction"))) {
    return new PromptSyncError("HOOK_REFUSED", "hook `reference-transaction` refused the commit", {
      hint: stderr.trim(),
      data: { hook: "reference-transaction", output: stderr },
    });
  }
  return new PromptSyncError("GIT_FAILED", `\`${move.branch ?? "HEAD"}\` could not be moved`, {
    hint: stderr.trim(),
  });
}

/** The error for a branch that is not where the change expects it. */
export function headMoved(branch: string | null, now: string | null): PromptSyncError {
  const name = branch?.replace(/^refs\/heads\//, "") ?? "HEAD";
  const where = now === null ? "does not exist any more" : `moved to \`${now.slice(0, 12)}\``;
  return new PromptSyncError("HEAD_MOVED", `\`${name}\` ${where} while the change was being made`, {
    hint: "nothing was changed: run the command again",
    data: { branch: name, commit: now },
  });
}
