import { chmodSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode, removeFile, renameSynced, unwritable, writeSynced } from "./apply/durable.js";
import { makeFolder } from "./make-folder.js";

/**
 * Puts a text in the place of a file, which keeps its permissions, or makes the file and its folders. Whoever reads it
 * meanwhile sees the old text or the new one, after a power cut too.
 * @throws PromptSyncError `FILE_UNWRITABLE`
 */
export function replaceFile(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${String(process.pid)}.promptsync.tmp`);
  try {
    makeFolder(dirname(path));
    removeFile(draft); // of a process that was killed
    const mode = modeOf(path);
    writeSynced(draft, text, mode);
    if (mode !== undefined) chmodSync(draft, mode); // what the umask took away
    renameSynced(draft, path);
  } catch (error) {
    removeQuietly(draft);
    throw unwritable(error, path);
  }
}

function modeOf(path: string): number | undefined {
  try {
    return statSync(path).mode & 0o7777;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
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
