import { chmodSync, statSync } from "node:fs";
import { errorCode, renameSynced, unwritable, writeSynced } from "./apply/durable.js";
import { throughDraft } from "./through-draft.js";

/**
 * Puts a text in the place of a file, which keeps its permissions, or makes the file and its folders. Whoever reads it
 * meanwhile sees the old text or the new one, after a power cut too.
 * @throws PromptSyncError `FILE_UNWRITABLE`
 */
export function replaceFile(path: string, text: string): void {
  try {
    throughDraft(path, (draft) => {
      const mode = modeOf(path);
      writeSynced(draft, text, mode);
      if (mode !== undefined) chmodSync(draft, mode); // what the umask took away
      renameSynced(draft, path);
    });
  } catch (error) {
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
