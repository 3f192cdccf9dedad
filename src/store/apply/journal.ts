import { readFileSync } from "node:fs";
import type { Repository } from "../git/repository.js";
import { renameSynced, writeSynced } from "./durable.js";
import type { FileChange } from "./changes.js";
import type { Places } from "./locks.js";
import { newObject, type TreeEntry } from "./tree.js";
import type { Owner } from "./owner.js";
import { missingFolders } from "./work-files.js";

/** What one run is about to do to files and index: enough to undo all of it, from another process. */
export interface Journal {
  readonly run: string;
  /** False when the change stays in the working tree: no commit can then say that it is done. */
  readonly commit: boolean;
  readonly files: readonly JournalFile[];
  /** Folders that the run makes, parents first. */
  readonly folders: readonly string[];
}

/** One file of a {@link Journal}; contents are blob ids, null where there is no file. */
export interface JournalFile {
  readonly path: string;
  readonly committed: TreeEntry | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** The journal of a change, before its first effect. The blobs it names have to be stored by then. */
export function journalOf(
  repository: Repository,
  owner: Owner,
  changes: readonly FileChange[],
  commit: boolean,
): Journal {
  const blob = (bytes: Buffer | null) => bytes && newObject("blob", bytes, repository.objectFormat).id;
  const files = changes.map(({ path, committed, before, after }) => ({
    path,
    committed,
    before: blob(before),
    after: blob(after),
  }));
  const folders = repository.top === null ? [] : missingFolders(repository.top, changes);
  return { run: owner.id, commit, files, folders };
}

/** Puts the journal where the next run looks for it, complete and for good. */
export function writeJournal(places: Places, owner: Owner, journal: Journal): void {
  const temporary = places.temporary(owner, "journal");
  writeSynced(temporary, `${JSON.stringify(journal)}\n`);
  renameSynced(temporary, places.journal);
}

/** Reads the journal of one run; null when that run wrote none. */
export function readJournal(places: Places, run: string): Journal | null {
  try {
    const journal = JSON.parse(readFileSync(places.journal, "utf8")) as Journal;
    return journal.run === run ? journal : null;
  } catch {
    return null;
  }
}
