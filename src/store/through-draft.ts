import { basename, dirname, join } from "node:path";
import { removeFile } from "./apply/durable.js";
import { makeFolder } from "./make-folder.js";

/**
 * Lets `work` write a file under another name in the folder of the one it is meant for, which is made if need be, and
 * give it its name when it is whole: nobody ever sees half of it. Nothing is left of a draft that got no name.
 * Throws what `work` and the file system throw.
 */
export function throughDraft<T>(path: string, work: (draft: string) => T): T {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path).slice(0, 100)}.${String(process.pid)}.promptsync.tmp`);
  try {
    makeFolder(folder);
    removeFile(draft); // of a process that was killed
    return work(draft);
  } finally {
    removeQuietly(draft);
  }
}

/** The first error is the one to tell. */
function removeQuietly(path: string): void {
  try {
    removeFile(path);
  } catch {
    // where it could not be made, it cannot be removed
  }
}
