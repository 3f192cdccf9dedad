import { statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Repository } from "../git/repository.js";
import { removeFile } from "./durable.js";
import { readJournal, type Journal } from "./journal.js";
import {
  dropLock,
  holderOf,
  removeTemporaries,
  takeIndexLock,
  tryLock,
  type Patience,
  type Places,
} from "./locks.js";
import { refLocks } from "./move-branch.js";
import { isGone, type Owner } from "./owner.js";
import { undo } from "./undo.js";
import { readIfThere } from "./work-files.js";

/**
 * Puts the remains of a run in order whose process is gone: what it had not committed is undone, and the locks whose
 * content names it are dropped. Two processes never do this at once; killed in the middle, the next one goes on.
 */
export async function recover(
  repository: Repository,
  { places, owner, patience, dead }: RecoverRequest,
): Promise<void> {
  if (!tryLock(places, places.recovery, owner)) {
    const holder = holderOf(places.recovery);
    if (holder && isGone(holder)) dropLock(places.recovery, holder);
    else await patience.wait(places.recovery, holder);
    return;
  }
  try {
    if (holderOf(places.lock)?.id !== dead.id) return;
    await heal(repository, { places, owner, patience, dead });
    dropLock(places.lock, dead);
  } finally {
    dropLock(places.recovery, owner);
  }
}

interface RecoverRequest {
  readonly places: Places;
  readonly owner: Owner;
  readonly patience: Patience;
  /** The run whose process is gone. */
  readonly dead: Owner;
}

async function heal(repository: Repository, request: RecoverRequest): Promise<void> {
  const { places, owner, patience, dead } = request;
  const journal = readJournal(places, dead.id);
  if (journal) {
    // A person may have removed git's lock, as git itself advises.
    const isLocked = holderOf(places.indexLock)?.id === dead.id;
    if (!isLocked) await takeIndexLock(places, owner, patience);
    await settleBranch(repository, { journal, places, dead });
    try {
      await undo(repository, { places, owner, journal });
    } finally {
      dropLock(places.indexLock, owner);
    }
  }
  dropLock(places.indexLock, dead);
  if (journal) removeFile(places.journal);
  removeTemporaries(places, dead);
}

/**
 * Waits for the dead run's last git process: it lets go of its locks as soon as it notices. Locks that stay were left
 * by a git that is gone too.
 */
async function settleBranch(
  repository: Repository,
  { journal, places, dead }: { readonly journal: Journal; readonly places: Places; readonly dead: Owner },
): Promise<void> {
  const { branch, to } = journal;
  const locks = refLocks(repository, branch);
  const began = statOf(places.journal)?.mtimeMs ?? Number.POSITIVE_INFINITY;
  const left = () =>
    locks.filter((lock) => {
      const content = readIfThere(lock)?.toString().trim();
      if (content === to) return true;
      // Git makes the lock of a branch before it writes into it, and never writes into the one of HEAD. An empty lock
      // is the dead run's when it is younger than the journal, and the run still holds the index, as it does there.
      const isYounger = (statOf(lock)?.mtimeMs ?? 0) >= began;
      return content === "" && to !== null && isYounger && holderOf(places.indexLock)?.id === dead.id;
    });
  for (let turns = 20; left().length > 0 && turns > 0; turns--) await setTimeout(50);
  for (const lock of left()) removeFile(lock);
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });
