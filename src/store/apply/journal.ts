import { renameSynced, writeSynced } from "./durable.js";
import type { Places } from "./locks.js";
import type { Owner } from "./owner.js";
import type { Prepared } from "./prepare.js";
import type { Run } from "./run.js";
import { newObject, type TreeEntry } from "./tree.js";
import { missingFolders, readIfThere } from "./work-files.js";

/** What one run is about to do to files and index: enough to undo all of it, from another process. */
export interface Journal {
  readonly run: string;
  /** The branch to move; null for a detached HEAD. */
  readonly branch: string | null;
  /** The commit to move it to; null when the change stays in the working tree. */
  readonly to: string | null;
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
export function journalOf({ repository, owner }: Run, { changes, commit }: Prepared): Journal {
  const blob = (bytes: Buffer | null) => bytes && newObject("blob", bytes, repository.objectFormat).id;
  return {
    run: owner.id,
    branch: repository.head.branch,
    to: commit,
    files: changes.map(({ path, committed, before, after }) => ({
      path,
      committed,
      before: blob(before),
      after: blob(after),
    })),
    folders: repository.top === null ? [] : missingFolders(repository.top, changes),
  };
}

/** Puts the journal where the next run looks for it, complete and for good. */
export function writeJournal(places: Places, owner: Owner, journal: Journal): void {
  const temporary = places.temporary(owner, "journal");
  writeSynced(temporary, `${JSON.stringify(journal)}\n`);
  renameSynced(temporary, places.journal);
}

/** Reads the journal of one run; null when that run wrote none. Throws what reading throws: it may be there. */
export function readJournal(places: Places, run: string): Journal | null {
  const text = readIfThere(places.journal)?.toString();
  if (text === undefined) return null;
  try {
    const journal = JSON.parse(text) as Journal;
    return journal.run === run ? journal : null;
  } catch {
    return null; // a journal gets its name when it is whole: this one is of somebody else
  }
}
