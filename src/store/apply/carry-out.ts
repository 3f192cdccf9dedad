import { dirname, join } from "node:path";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { errorCode, removeFile, renameSynced, syncFolder } from "./durable.js";
import { changed, runHooks } from "./hooks.js";
import { buildIndex } from "./index-entries.js";
import { journalOf, readJournal, writeJournal, type Journal } from "./journal.js";
import { dropLock, removeTemporaries, takeIndexLock, takeLock } from "./locks.js";
import { makeCommit } from "./make-commit.js";
import { lockBranch, type LockedBranch } from "./move-branch.js";
import type { Owner } from "./owner.js";
import { hasMessageHook, type Prepared } from "./prepare.js";
import { recover } from "./recover.js";
import type { Run } from "./run.js";
import { syncObjects } from "./store-objects.js";
import { undo } from "./undo.js";
import { readIfThere, writeFiles } from "./work-files.js";

/** A change that was made, and what it takes to make it undone. */
export interface CarriedOut {
  readonly commit: string | null;
  readonly prepared: Prepared;
  readonly journal: Journal;
}

/**
 * Makes a prepared change under both locks, all or nothing. `confirm` looks again once the locks are held: what was
 * prepared may be out of date by then.
 */
export async function carryOut(run: Run, top: string, confirm: () => Promise<Prepared>): Promise<CarriedOut> {
  const { repository, places, owner, onStep, patience } = run;
  const stale = (dead: Owner) => recover(repository, { places, owner, patience, dead });
  try {
    await onStep("take lock");
    await takeLock(places, places.lock, owner, { patience, stale });
    if (run.commit) {
      await onStep("take index lock");
      await takeIndexLock(places, owner, patience);
    }
    const prepared = await confirm();
    const journal = journalOf(run, prepared);
    let commit: string | null = null;
    if (prepared.changes.length > 0) {
      await onStep("write journal");
      writeJournal(places, owner, journal);
      commit = await change(run, top, { prepared, journal });
    }
    // What is done stays done, even when a lock cannot be dropped any more: it names a process that ends now.
    await release(run).catch((error: unknown) => {
      run.note(
        `the locks could not be removed (${errorCode(error)}); the next writing command of promptsync does it`,
      );
    });
    return { commit, prepared, journal };
  } catch (error) {
    // What could not be undone keeps its journal and its locks: the next run tries again.
    if (error instanceof NotUndone) throw error.shown;
    // The first error says more than that a lock cannot be dropped: the next run drops it.
    await release(run).catch(() => undefined);
    throw error;
  }
}

async function release({ repository, places, owner, onStep }: Run): Promise<void> {
  await onStep("drop index lock");
  dropLock(places.indexLock, owner);
  // After a power cut a lock may be back that was removed last, git's own of HEAD too: only the journal says whose it is.
  syncFolder(repository.gitDirectory);
  await onStep("drop journal");
  if (readJournal(places, owner.id)) removeFile(places.journal);
  removeTemporaries(places, owner);
  await onStep("drop lock");
  dropLock(places.lock, owner);
}

interface Work {
  readonly prepared: Prepared;
  readonly journal: Journal;
}

async function change(run: Run, top: string, { prepared, journal }: Work): Promise<string | null> {
  const { repository, places, owner, onStep } = run;
  let branch: LockedBranch | undefined;
  let force = false;
  try {
    await writeFiles(top, owner, prepared.changes, onStep);
    if (prepared.commit === null) return null;
    // A hook may change the files, and then they are put back all the same.
    force = runsHooks(prepared);
    const commit = force ? await passHooks(run, top, prepared) : prepared.commit;
    if (commit !== journal.to) writeJournal(places, owner, { ...journal, to: commit });
    const index = places.temporary(owner, "index");
    await buildIndex(repository, index, prepared.entries, { fromDisk: true });
    // An empty lock of git's is proven ours by that of the index alone, which must not be lost before it.
    syncFolder(dirname(places.indexLock));
    await onStep("lock branch");
    branch = await lockFor(run, commit);
    await onStep("write index");
    renameSynced(index, repository.indexFile);
    await onStep("move branch");
    await branch.move();
    return commit;
  } catch (error) {
    if (isPromptSyncError(error) && error.code === "COMMIT_UNCERTAIN") throw error; // it is made: nothing to undo
    const letGo = branch?.release() ?? Promise.resolve();
    await letGo
      .finally(() => undo(repository, { places, owner, journal, force }))
      .catch((cause: unknown) => {
        throw new NotUndone(cause);
      });
    throw error;
  }
}

/** Locks the branch that HEAD is on for the move from the plan's base. */
export function lockFor({ repository, plan }: Run, to: string): Promise<LockedBranch> {
  const subject = plan.message.split("\n", 1)[0] ?? "";
  return lockBranch(repository, { branch: repository.head.branch, from: plan.base, to, subject });
}

const runsHooks = ({ hooks }: Prepared): boolean => hooks.has("pre-commit") || hasMessageHook(hooks);

/** Runs the hooks that the user expects, and returns the commit: another one when a hook changed the message. */
async function passHooks(run: Run, top: string, prepared: Prepared): Promise<string> {
  const { repository, plan, places, owner, onStep, note } = run;
  const { tree, hooks, changes, dates, sign } = prepared;
  await onStep("run hooks");
  const message = await runHooks(repository, {
    ...{ found: hooks, tree, message: plan.message, note },
    index: places.temporary(owner, "hook-index"),
    messageFile: places.temporary(owner, "message"),
  });
  for (const { path, after } of changes) {
    const now = readIfThere(join(top, path));
    if (now === null ? after !== null : !after?.equals(now)) throw changed(`\`${path}\``);
  }
  if (prepared.commit !== null && message === plan.message && !(sign && hasMessageHook(hooks)))
    return prepared.commit;
  const last = await makeCommit(repository, { tree, parent: plan.base, message, dates, sign });
  await syncObjects(repository, [last]);
  return last;
}

/** An undo that could not be finished. */
class NotUndone extends Error {
  readonly shown: unknown;

  constructor(cause: unknown) {
    super("not undone");
    const why = errorCode(cause) || (cause instanceof Error ? cause.message : String(cause));
    this.shown = new PromptSyncError(
      "FILE_UNWRITABLE",
      `the change could neither be finished nor undone (${why})`,
      {
        hint: "make room, or allow writing, then run any writing command: it puts everything back first",
        cause,
      },
    );
  }
}
