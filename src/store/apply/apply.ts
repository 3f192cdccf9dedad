import { join } from "node:path";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import type { Plan } from "../../core/plan.js";
import type { Repository } from "../git/repository.js";
import { errorCode, removeFile, renameSynced } from "./durable.js";
import { changed, runHooks, runPostCommit } from "./hooks.js";
import { buildIndex } from "./index-entries.js";
import { journalOf, writeJournal, type Journal } from "./journal.js";
import {
  dropLock,
  holderOf,
  Patience,
  placesOf,
  removeTemporaries,
  takeIndexLock,
  takeLock,
} from "./locks.js";
import { makeCommit } from "./make-commit.js";
import { lockBranch, type LockedBranch } from "./move-branch.js";
import { isGone, thisRun, type Owner } from "./owner.js";
import { hasMessageHook, prepare, signatureOf, type Prepared } from "./prepare.js";
import { recover } from "./recover.js";
import type { ApplyOptions, Run } from "./run.js";
import { syncObjects } from "./store-objects.js";
import { undo } from "./undo.js";
import { readIfThere, writeFiles } from "./work-files.js";

export type { ApplyOptions } from "./run.js";

/** What a plan became. */
export interface Receipt {
  /** Full id of the new commit; null when nothing was to be committed. */
  readonly commit: string | null;
  /** The branch that moved, by its short name; null when HEAD is detached. */
  readonly branch: string | null;
  /** The commit is on no branch: only HEAD and its reflog know it. */
  readonly detached: boolean;
  /** The files that changed, relative to the repository root. */
  readonly files: readonly string[];
}

/**
 * Makes a plan true: one commit, its files in the work tree and its entries in the index, all or nothing. The only
 * writer. Staged and unstaged work of the user stays as it is, byte for byte, and in no commit of ours. Killed at any
 * point it leaves the old state or the new one, and the next run puts the rest in order. Returns when everything is
 * on disk for good.
 * @throws PromptSyncError `HEAD_MOVED`, `LOCKED`, `WORK_IN_PROGRESS`, `UNCOMMITTED_CHANGES`, `IDENTITY_MISSING`,
 * `HOOK_REFUSED`, `SIGNING_FAILED`, `PATH_UNSAFE`, `VERSION_EXISTS`, `FILE_UNREADABLE`: nothing was changed then
 */
export async function apply(repository: Repository, plan: Plan, options: ApplyOptions): Promise<Receipt> {
  const run: Run = {
    ...{ repository, plan, options },
    commit: options.commit ?? true,
    owner: thisRun(),
    places: placesOf(repository),
    patience: new Patience(options.lockLimit ?? tenSeconds),
    onStep: options.onStep ?? (() => undefined),
    note: options.note ?? (() => undefined),
  };
  try {
    refuseHere(run);
    if (repository.top === null) return await applyBare(run);
    await healLastRun(run);
    const prepared = await prepare(run);
    if (prepared.changes.length === 0) return receipt(run, prepared, null);
    return receipt(run, prepared, await applyLocked(run, repository.top, prepared));
  } catch (error) {
    throw isPromptSyncError(error) ? error : unwritable(error);
  }
}

const tenSeconds = 10_000;

async function applyBare(run: Run): Promise<Receipt> {
  const prepared = await prepare(run);
  if (prepared.commit !== null) {
    await run.onStep("lock branch");
    const branch = await lockFor(run, prepared.commit);
    await run.onStep("move branch");
    await branch.move();
  }
  return receipt(run, prepared, prepared.commit);
}

async function applyLocked(run: Run, top: string, prepared: Prepared): Promise<string | null> {
  const { repository, places, owner, onStep, patience } = run;
  const stale = (dead: Owner) => recover(repository, { places, owner, patience, dead });
  await onStep("take lock");
  await takeLock(places, places.lock, owner, { patience, stale });
  const release = async () => {
    await onStep("drop index lock");
    dropLock(places.indexLock, owner);
    await onStep("drop journal");
    removeFile(places.journal);
    removeTemporaries(places, owner);
    await onStep("drop lock");
    dropLock(places.lock, owner);
  };
  let commit: string | null;
  try {
    if (run.commit) {
      await onStep("take index lock");
      await takeIndexLock(places, owner, patience);
    }
    const ready = signatureOf(repository) === prepared.indexSignature ? prepared : await prepare(run);
    const journal = journalOf(run, ready);
    await onStep("write journal");
    writeJournal(places, owner, journal);
    commit = await carryOut(run, top, { prepared: ready, journal });
  } catch (error) {
    // What could not be undone keeps its journal and its locks: the next run tries again.
    if (!(error instanceof NotUndone)) await release();
    throw error instanceof NotUndone ? error.shown : error;
  }
  await release();
  if (prepared.hooks.has("post-commit") && commit !== null) {
    await onStep("run post-commit");
    await runPostCommit(repository, run.note);
  }
  return commit;
}

async function carryOut(
  run: Run,
  top: string,
  work: { prepared: Prepared; journal: Journal },
): Promise<string | null> {
  const { repository, places, owner, onStep } = run;
  const { changes, entries } = work.prepared;
  let force = false;
  let branch: LockedBranch | undefined;
  try {
    await writeFiles(top, owner, changes, onStep);
    if (!run.commit) return null;
    // A hook may change the files, and then they are to be undone all the same.
    force = runsHooks(work.prepared);
    const commit = await passHooks(run, top, work.prepared);
    if (commit !== work.journal.to) writeJournal(places, owner, { ...work.journal, to: commit });
    const index = places.temporary(owner, "index");
    await buildIndex(repository, index, entries, { fromDisk: true });
    await onStep("lock branch");
    branch = await lockFor(run, commit);
    await onStep("write index");
    renameSynced(index, repository.indexFile);
    await onStep("move branch");
    await branch.move();
    return commit;
  } catch (error) {
    await branch?.release();
    await undo(repository, { places, owner, journal: work.journal, force }).catch((cause: unknown) => {
      throw new NotUndone(cause);
    });
    throw error;
  }
}

/** Runs the hooks that the user expects, and returns the commit: another one when a hook changed the message. */
async function passHooks(run: Run, top: string, prepared: Prepared): Promise<string> {
  const { repository, plan, places, owner, onStep, note } = run;
  const { tree, hooks, changes, dates, sign, commit } = prepared;
  if (commit === null) throw new TypeError("a change without a commit has no hooks");
  if (!runsHooks(prepared)) return commit;
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
  if (message === plan.message && !(sign && hasMessageHook(hooks))) return commit;
  const last = await makeCommit(repository, { tree, parent: plan.base, message, dates, sign });
  await syncObjects(repository, [last]);
  return last;
}

const runsHooks = ({ hooks }: Prepared): boolean => hooks.has("pre-commit") || hasMessageHook(hooks);

function lockFor({ repository, plan }: Run, to: string): Promise<LockedBranch> {
  const subject = plan.message.split("\n", 1)[0] ?? "";
  return lockBranch(repository, { branch: repository.head.branch, from: plan.base, to, subject });
}

function refuseHere({ repository, commit }: Run): void {
  if (!commit && repository.top === null) {
    throw new PromptSyncError("NOT_A_REPOSITORY", `\`${repository.gitDirectory}\` has no working tree`, {
      hint: "leave `--no-commit` out: in a bare repository a change can only be committed",
    });
  }
  const { GIT_INDEX_FILE: index, GIT_QUARANTINE_PATH: quarantine } = repository.git.environment;
  if (!commit || (index === undefined && quarantine === undefined)) return;
  throw new PromptSyncError(
    "LOCKED",
    "a git hook of this repository is running: its commit would lose ours",
    {
      hint: "run the command after the commit, or with `--no-commit` inside the hook",
    },
  );
}

/** Before anything is read: what a killed run left would look like the user's own edits. */
async function healLastRun({ repository, places, owner, patience }: Run): Promise<void> {
  for (let dead = holderOf(places.lock); dead && isGone(dead); dead = holderOf(places.lock)) {
    await recover(repository, { places, owner, patience, dead });
  }
}

function receipt({ repository }: Run, { changes }: Prepared, commit: string | null): Receipt {
  const { branch } = repository.head;
  return {
    commit,
    branch: branch?.replace(/^refs\/heads\//, "") ?? null,
    detached: branch === null,
    files: changes.map(({ path }) => path),
  };
}

/** An undo that could not be finished. */
class NotUndone extends Error {
  readonly shown: unknown;

  constructor(cause: unknown) {
    super("not undone");
    const why = errorCode(cause) || (cause instanceof Error ? cause.message : String(cause));
    this.shown = new PromptSyncError(
      "FILE_UNREADABLE",
      `the change could neither be finished nor undone (${why})`,
      {
        hint: "make room, or allow writing, then run any writing command: it puts everything back first",
        cause,
      },
    );
  }
}

function unwritable(cause: unknown): unknown {
  const code = errorCode(cause);
  if (code === "") return cause;
  const path = cause instanceof Error && "path" in cause ? String(cause.path) : "a file";
  return new PromptSyncError("FILE_UNREADABLE", `\`${path}\` cannot be written (${code})`, {
    hint: "make room, or allow writing, then run the command again",
    file: path,
    cause,
  });
}
