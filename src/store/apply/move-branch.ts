import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import { byteQueue, nextLine } from "../git/byte-queue.js";
import type { Repository } from "../git/repository.js";
import { gitFailed } from "../git/run.js";
import { errorCode, removeFile, syncAll, syncedGit } from "./durable.js";
import { readIfThere } from "./work-files.js";

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

/** A branch that git has locked for us, after it saw the old value. */
export interface LockedBranch {
  /**
   * The commit point: returns when the branch has moved for good.
   * @throws PromptSyncError `COMMIT_UNCERTAIN` when it has moved, and the disk does not confirm it
   */
  move(): Promise<void>;
  /** Lets the branch be, as git does by itself when our process dies. Rejects when a lock cannot be removed. */
  release(): Promise<void>;
}

/**
 * Locks the branch for a move, if it is still where the change expects it. One git process, to which the last word
 * is said in {@link LockedBranch.move}: without that word nothing moves, even when our process is gone.
 * @throws PromptSyncError `HEAD_MOVED`, `HOOK_REFUSED`, `GIT_FAILED`
 */
export async function lockBranch(repository: Repository, wanted: BranchMove): Promise<LockedBranch> {
  const { branch, from, to, subject } = wanted;
  const ref = branch ?? "HEAD";
  const message = `commit${from === null ? " (initial)" : ""}: ${subject}`;
  const args = [...syncedGit, "update-ref", "--no-deref", "-m", message, "--stdin"];
  const git = repository.git.start(args);
  let words = "";
  const answers = byteQueue(git, (code, stderr) => {
    words = stderr;
    return gitFailed(args, code, stderr);
  });
  const closed = new Promise<void>((resolve) => {
    git.once("close", (_code, signal) => {
      // A git that ends by itself lets go of its locks.
      if (signal !== null) dropRefLocks(repository, branch, to);
      resolve();
    });
  });
  const say = async (commands: string, count: number) => {
    git.stdin.write(commands);
    for (let left = count; left > 0; left--) await nextLine(answers);
  };
  // The ref decides what happened, not git's words.
  const unlessMoved = async () => {
    git.ref();
    await closed;
    const [now] = await repository.objects.info([ref]);
    if (now?.id !== to) throw notMoved(repository, wanted, now?.id ?? null, words);
  };

  // Zeros as the old value: the ref must not exist.
  const update = `update ${ref} ${to} ${from ?? "0".repeat(to.length)}`;
  await say(`start\n${update}\nprepare\n`, 2).catch(unlessMoved);
  const held = refLocks(repository, branch).map((path) => ({ path, id: identityOf(path) }));
  /** Git only warns when it cannot remove a lock of its own, and goes. */
  const dropHeld = () => {
    for (const { path, id } of held) if (id !== undefined && identityOf(path) === id) removeFile(path);
  };
  return {
    async move() {
      await say("commit\n", 1).catch(unlessMoved);
      git.stdin.end();
      try {
        dropHeld();
        await syncRef(repository, branch);
      } catch (cause) {
        throw notConfirmed(wanted, cause);
      }
    },
    async release() {
      git.ref();
      git.stdin.end();
      await closed;
      dropHeld();
    },
  };
}

/** The files that git makes for a move: the lock of the branch, and one of HEAD for its reflog. */
export function refLocks(repository: Repository, branch: string | null): readonly string[] {
  return [...new Set([refLock(repository, branch), refLock(repository, null)])];
}

/** Tells a file from another one that has its name later; undefined when there is none. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && [found.dev, found.ino, found.ctimeNs].join(":");
}

/** The file by which git locks a ref. */
function refLock(repository: Repository, branch: string | null): string {
  return branch === null
    ? join(repository.gitDirectory, "HEAD.lock")
    : join(repository.commonDirectory, `${branch}.lock`);
}

/** Removes what a git process that somebody killed left of its locks; one for HEAD's reflog stays empty. */
function dropRefLocks(repository: Repository, branch: string | null, to: string): void {
  for (const lock of refLocks(repository, branch)) {
    const content = readIfThere(lock)?.toString().trim();
    if (content === "" || content === to) removeFile(lock);
  }
}

/** Syncs the folders down to the ref, and that of HEAD's lock: git syncs the ref's bytes, and no names. */
async function syncRef(repository: Repository, branch: string | null): Promise<void> {
  const folders = [repository.gitDirectory, join(repository.commonDirectory, "reftable")];
  for (let at = dirname(branch ?? ""); at !== "."; at = dirname(at)) {
    folders.push(join(repository.commonDirectory, at));
  }
  await syncAll(folders);
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
    hint: stderr.trim() || "git said nothing; `git status` and `git fsck` may say why",
  });
}

function notConfirmed({ to }: BranchMove, cause: unknown): PromptSyncError {
  return new PromptSyncError(
    "COMMIT_UNCERTAIN",
    `commit \`${to.slice(0, 12)}\` is made, but the disk did not confirm it (${errorCode(cause)})`,
    {
      hint: "look at the disk, then at `git log -1` and `git fsck`; run the command again if the commit is not there",
      data: { commit: to },
      cause,
    },
  );
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
