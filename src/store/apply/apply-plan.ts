import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import type { Plan } from "../../core/plan.js";
import type { Repository } from "../git/repository.js";
import type { FileChange } from "./changes.js";
import { carryOut, lockFor, type CarriedOut } from "./carry-out.js";
import { unwritable } from "./durable.js";
import { heal } from "./heal.js";
import { runPostCommit } from "./hooks.js";
import { journalOf } from "./journal.js";
import { Patience, placesOf } from "./locks.js";
import { thisRun } from "./owner.js";
import { prepare, signatureOf } from "./prepare.js";
import type { ApplyOptions, Run } from "./run.js";

/** What a plan became. */
export interface Receipt {
  /** Full id of the new commit; null when nothing was to be committed. */
  readonly commit: string | null;
  /** The branch that moved, by its short name; null when HEAD is detached. */
  readonly branch: string | null;
  /** The commit is on no branch: only HEAD and its reflog know it. */
  readonly detached: boolean;
  /** What happened to the files. */
  readonly changes: readonly Pick<FileChange, "path" | "before" | "after">[];
}

/** What to tell about a change that was made. */
export function receiptOf(repository: Repository, { prepared, commit }: CarriedOut): Receipt {
  const { branch } = repository.head;
  return {
    commit,
    branch: branch?.replace(/^refs\/heads\//, "") ?? null,
    detached: branch === null,
    changes: prepared.changes,
  };
}

/** A run with everything that its options leave out. */
export function startRun(repository: Repository, plan: Plan, options: ApplyOptions): Run {
  return {
    ...{ repository, plan, options },
    commit: options.commit ?? true,
    owner: thisRun(),
    places: placesOf(repository),
    patience: new Patience(options.lockLimit ?? tenSeconds),
    onStep: options.onStep ?? (() => undefined),
    note: options.note ?? (() => undefined),
  };
}

const tenSeconds = 10_000;

/**
 * Makes a plan true: one commit, its files in the work tree and its entries in the index, all or nothing. The only
 * writer. Staged and unstaged work of the user stays as it is, byte for byte, and in no commit of ours. Killed at any
 * point it leaves the old state or the new one, and the next run puts the rest in order. Returns when everything is
 * on disk for good.
 * @throws PromptSyncError `HEAD_MOVED`, `LOCKED`, `WORK_IN_PROGRESS`, `UNCOMMITTED_CHANGES`, `IDENTITY_MISSING`,
 * `HOOK_REFUSED`, `SIGNING_FAILED`, `PATH_UNSAFE`, `VERSION_EXISTS`, `FILE_UNWRITABLE`: nothing was changed then;
 * `COMMIT_UNCERTAIN`: it was
 */
export async function applyPlan(run: Run): Promise<CarriedOut> {
  const { repository, onStep, note } = run;
  try {
    refuseHere(run);
    if (repository.top === null) return await applyBare(run);
    await heal(repository, run);
    const prepared = await prepare(run).catch(nullIfPerhapsOthers);
    if (prepared?.changes.length === 0) return { prepared, commit: null, journal: journalOf(run, prepared) };
    const done = await carryOut(run, repository.top, async () =>
      prepared?.indexSignature === signatureOf(repository) ? prepared : prepare(run),
    );
    if (done.commit !== null && done.prepared.hooks.has("post-commit")) {
      await onStep("run post-commit");
      await runPostCommit(repository, note);
    }
    if (done.commit?.startsWith("00")) await tidy(repository);
    return done;
  } catch (error) {
    throw isPromptSyncError(error) ? error : unwritable(error);
  }
}

/** Without the lock, what another run is about to commit looks like edits of the user: under the lock it does not. */
function nullIfPerhapsOthers(error: unknown): null {
  if (isPromptSyncError(error) && ["UNCOMMITTED_CHANGES", "VERSION_EXISTS"].includes(error.code)) return null;
  throw error;
}

/** Plumbing never tidies up, so one change in 256 asks git whether it is time to. How that ends changes nothing. */
async function tidy(repository: Repository): Promise<void> {
  await repository.git.run(["maintenance", "run", "--auto", "--quiet"]).catch(() => undefined);
}

async function applyBare(run: Run): Promise<CarriedOut> {
  const prepared = await prepare(run);
  if (prepared.commit !== null) {
    await run.onStep("lock branch");
    const branch = await lockFor(run, prepared.commit);
    await run.onStep("move branch");
    await branch.move();
  }
  return { prepared, commit: prepared.commit, journal: journalOf(run, prepared) };
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
