import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { readCommit, type CommitFacts } from "../git/revision.js";
import { readGitSettings } from "../git/settings.js";
import { readChanges, type FileChange } from "./changes.js";
import { commitDates, type CommitDates } from "./commit-date.js";
import { findHooks, type Hook } from "./hooks.js";
import { refuseWorkInProgress } from "./in-progress.js";
import { makeCommit } from "./make-commit.js";
import { headMoved } from "./move-branch.js";
import type { Run } from "./run.js";
import { readStaged } from "./staged.js";
import { storeObjects, syncObjects } from "./store-objects.js";
import { changeTree, newObject, TreeReader, type Entries, type NewObject } from "./tree.js";

/** Everything that can be known and made before the first lock: objects that no ref names are no change. */
export interface Prepared {
  readonly changes: readonly FileChange[];
  /** What the index and the tree hold afterwards at the changed paths. */
  readonly entries: Entries;
  readonly tree: string;
  /** The new commit; null when it is not to be made. */
  readonly commit: string | null;
  readonly dates: CommitDates;
  readonly sign: boolean;
  readonly hooks: ReadonlySet<Hook>;
  /** Tells whether the index is still the one that was looked at. */
  readonly indexSignature: string;
}

/**
 * Checks everything, stores the objects and makes the commit. Changes nothing that anybody can see.
 * @throws PromptSyncError `HEAD_MOVED`, `WORK_IN_PROGRESS`, `LOCKED` and what {@link readChanges}, {@link makeCommit}
 * throw
 */
export async function prepare(run: Run): Promise<Prepared> {
  const { repository, plan, options, onStep } = run;
  const indexSignature = signatureOf(repository);
  const [facts, staged, settings] = await inOrder(
    refuseWorkInProgress(repository).then(() => readBase(run)),
    repository.top === null || !run.commit ? new Set<string>() : readStaged(repository, plan.base),
    readGitSettings(repository.git),
    run.commit && refuseBranchElsewhere(repository),
  );

  const reader = new TreeReader(repository);
  const start = { reader, tree: facts?.tree ?? null, staged, commit: run.commit };
  const changes = await readChanges(
    repository,
    { effects: plan.effects, alongside: options.alongside ?? [] },
    start,
  );
  const entries: Entries = new Map(changes.map(({ path, entry }) => [path, entry]));
  const { id: tree, objects } = await changeTree(reader, start.tree, entries, repository.objectFormat);
  const hooks = findHooks(repository, settings);
  const dates = commitDates(repository.git.environment, options.now, facts?.seconds ?? null);
  const sign = settings.isTrue("commit.gpgsign");
  const prepared = { changes, entries, tree, dates, sign, hooks, indexSignature };
  if (changes.length === 0) return { ...prepared, commit: null };

  await onStep("store objects");
  const stored = blobsAndTrees(repository, changes, run.commit ? objects : []);
  const ids = stored.map((object) => object.id);
  await storeObjects(repository, stored);
  if (!run.commit) {
    await syncObjects(repository, ids);
    return { ...prepared, commit: null };
  }
  await onStep("make commit");
  const { message } = plan;
  // A hook may still change the message; then the final commit is the one to sign.
  const signNow = sign && !hasMessageHook(hooks);
  const commit = await makeCommit(repository, { tree, parent: plan.base, message, dates, sign: signNow });
  await syncObjects(repository, [...ids, commit]);
  return { ...prepared, commit };
}

/** The commit that the plan was made for, as long as HEAD is still there; null on an unborn branch. */
async function readBase({ repository, plan }: Run): Promise<CommitFacts | null> {
  const [head] = await repository.objects.info(["HEAD^{commit}"]);
  if ((head?.id ?? null) !== plan.base) throw headMoved(repository.head.branch, head?.id ?? null);
  return plan.base === null ? null : readCommit(repository, plan.base);
}

/** Waits for all; of several refusals the first in this order is the one to show, not the fastest. */
async function inOrder<T extends readonly unknown[]>(
  ...work: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return (await Promise.all(work)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}

/** Says whether a hook may change the message. */
export function hasMessageHook(hooks: ReadonlySet<Hook>): boolean {
  return hooks.has("prepare-commit-msg") || hooks.has("commit-msg");
}

/** Changes whenever the index file does. */
export function signatureOf(repository: Repository): string {
  const found = statSync(repository.indexFile, { bigint: true, throwIfNoEntry: false });
  return found ? [found.ino, found.size, found.mtimeNs].join(" ") : "none";
}

/** New contents, and old ones that git does not have yet: they are what an undo puts back. */
function blobsAndTrees(
  repository: Repository,
  changes: readonly FileChange[],
  trees: readonly NewObject[],
): NewObject[] {
  const objects = new Map<string, NewObject>();
  for (const { committed, before, after } of changes) {
    for (const bytes of [before, after]) {
      const blob = bytes && newObject("blob", bytes, repository.objectFormat);
      if (blob && blob.id !== committed?.id) objects.set(blob.id, blob);
    }
  }
  for (const tree of trees) objects.set(tree.id, tree);
  return [...objects.values()];
}

/** Moving a branch under another work tree would make all its files there look changed. */
async function refuseBranchElsewhere(repository: Repository): Promise<void> {
  const { branch } = repository.head;
  if (branch === null || !existsSync(join(repository.commonDirectory, "worktrees"))) return;
  const { stdout } = await repository.git.run(["worktree", "list", "--porcelain", "-z"]);
  for (const record of stdout.toString().split("\0\0")) {
    const lines = record.split("\0");
    const path = lines[0]?.replace(/^worktree /, "") ?? "";
    if (!lines.includes(`branch ${branch}`) || path === repository.top) continue;
    const name = branch.replace(/^refs\/heads\//, "");
    throw new PromptSyncError("LOCKED", `branch \`${name}\` is checked out in \`${path}\``, {
      hint: `run the command there: \`-C ${path}\``,
      data: { branch: name, path },
    });
  }
}
