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
import { refLock } from "./move-branch.js";
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
    await settleBranch(repository, journal);
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
 * Waits for the dead run's last git process: it lets go of the branch as soon as it notices. A lock that stays was
 * left by a git that is gone too, and is ours to remove when it holds the commit that the journal names.
 */
async function settleBranch(repository: Repository, { branch, to }: Journal): Promise<void> {
  const lock = refLock(repository, branch);
  const isOurs = () => to !== null && readIfThere(lock)?.toString().trim() === to;
  for (let left = 20; isOurs() && left > 0; left--) await setTimeout(50);
  if (!isOurs()) return;
  removeFile(lock);
  // The same git process locks HEAD for its reflog, with a file that stays empty.
  const head = refLock(repository, null);
  if (readIfThere(head)?.length === 0) removeFile(head);
}
