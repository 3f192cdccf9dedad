import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { linkWithoutOverwrite, removeFile, syncFolder, writeSynced } from "./durable.js";
import { isGone, parseOwner, printOwner, type Owner } from "./owner.js";
import { makeFolder } from "../make-folder.js";

/** Where one run keeps its things inside the git directory of a work tree. */
export interface Places {
  readonly folder: string;
  /** One run of PromptSync at a time; outlives a killed one together with its journal. */
  readonly lock: string;
  /** Held while the remains of a dead run are put in order. */
  readonly recovery: string;
  readonly journal: string;
  /** Git's own lock of the index. */
  readonly indexLock: string;
  /** A private file of one run. */
  temporary(owner: Owner, name: string): string;
}

/** The {@link Places} of a repository's work tree. */
export function placesOf(repository: Repository): Places {
  const folder = join(repository.gitDirectory, "promptsync");
  return {
    folder,
    lock: join(folder, "lock"),
    recovery: join(folder, "recovery"),
    journal: join(folder, "journal"),
    indexLock: `${repository.indexFile}.lock`,
    temporary: (owner, name) => join(folder, `${owner.id}.${name}`),
  };
}

/** Waits in small, uneven steps, for `limit` milliseconds in all. */
export class Patience {
  readonly #end: number;

  constructor(limit: number) {
    this.#end = performance.now() + limit;
  }

  /** @throws PromptSyncError `LOCKED` when the time is over */
  async wait(path: string, holder: Owner | null): Promise<void> {
    if (performance.now() >= this.#end) throw locked(path, holder);
    await setTimeout(10 + Math.random() * 40);
  }
}

/**
 * Takes a lock that says whose it is from its first moment: the content is complete before the file has its name.
 * `stale` gets a holder that is gone for certain, and puts its remains in order.
 */
export async function takeLock(
  places: Places,
  path: string,
  owner: Owner,
  {
    patience,
    stale,
  }: { readonly patience: Patience; readonly stale: (holder: Owner) => void | Promise<void> },
): Promise<void> {
  while (!tryLock(places, path, owner)) {
    const holder = holderOf(path);
    if (holder && isGone(holder)) await stale(holder);
    else await patience.wait(path, holder);
  }
}

/**
 * Takes git's own lock of the index. One that a dead run of ours left can be dropped here: only one run at a time
 * gets this far, because it holds {@link Places.lock} or {@link Places.recovery}.
 */
export function takeIndexLock(places: Places, owner: Owner, patience: Patience): Promise<void> {
  const stale = (holder: Owner) => {
    dropLock(places.indexLock, holder);
  };
  return takeLock(places, places.indexLock, owner, { patience, stale });
}

/** Takes a lock if it is free: gives it as another name to a file that says who we are. */
export function tryLock(places: Places, path: string, owner: Owner): boolean {
  const card = places.temporary(owner, "card");
  if (!existsSync(card)) {
    // Without its name on disk, a power cut would take the folder and with it the journal.
    if (makeFolder(places.folder)) syncFolder(dirname(places.folder));
    // Synced once: a lock that a power cut leaves behind must still say whose it is.
    writeSynced(card, printOwner(owner));
  }
  return linkWithoutOverwrite(card, path);
}

/**
 * Removes the private files of one run, and those of runs that were killed before they had a lock. A run makes its card
 * before its other files: where there are some without a card, a power cut took it.
 */
export function removeTemporaries(places: Places, run: Owner): void {
  const names = readdirSync(places.folder).filter((name) => privateFile.test(name));
  const cards = new Map(names.filter((name) => name.endsWith(".card")).map((name) => [runOf(name), name]));
  for (const name of names) {
    const id = runOf(name);
    const card = cards.get(id);
    const isGoneRun = card === undefined || isCardOfDead(join(places.folder, card));
    if (id === run.id || (isGoneRun && holderOf(places.lock)?.id !== id))
      removeFile(join(places.folder, name));
  }
}

const privateFile = /^[0-9a-f]{16}\./;

const runOf = (name: string): string => name.split(".", 1)[0] ?? "";

/** A card without words is of a run that was killed while it wrote them: nobody takes an hour for that. */
function isCardOfDead(path: string): boolean {
  const owner = holderOf(path);
  if (owner !== null) return isGone(owner);
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > anHour;
}

const anHour = 3_600_000;

/** Who holds a lock; null when nobody does, or a program that is not ours. */
export function holderOf(path: string): Owner | null {
  try {
    return parseOwner(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

/** Drops a lock if it is this owner's. */
export function dropLock(path: string, owner: Owner): void {
  if (holderOf(path)?.id === owner.id) removeFile(path);
}

function locked(path: string, holder: Owner | null): PromptSyncError {
  if (holder === null) {
    return new PromptSyncError("LOCKED", `another git process holds \`${path}\``, {
      hint: "wait until it is done; if no git runs here any more, remove that file",
      file: path,
    });
  }
  const who = `process ${String(holder.pid)} on ${holder.host}`;
  return new PromptSyncError("LOCKED", `${who} holds \`${path}\``, {
    hint: `wait until it is done; if it is gone for certain, remove that file`,
    file: path,
    data: { pid: holder.pid, host: holder.host },
  });
}
