import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import { decodeText } from "../listing/decode-text.js";
import { stampOf, type StampedFile } from "./list-folder.js";

/**
 * The text of a file as it was listed; `changed` when the file is another one by now, or becomes one while it is read.
 * The last component may be no link. Errors are `FILE_UNREADABLE`: facts about the file.
 */
export async function readStamped(
  root: string,
  { path, stamp }: StampedFile,
  limit: number,
): Promise<string | "changed" | PromptSyncError> {
  try {
    // O_NONBLOCK: opening a named pipe would wait for a writer.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await open(join(root, path), flags);
    try {
      const stats = await handle.stat({ bigint: true });
      if (stampOf(stats) !== stamp) return "changed";
      if (stats.size > limit)
        return unreadable(path, `has ${String(stats.size)} bytes, more than ${String(limit)}`);
      const bytes = await handle.readFile();
      if (stampOf(await handle.stat({ bigint: true })) !== stamp) return "changed";
      return decodeText(bytes, path);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const { code = "unknown" } = cause as NodeJS.ErrnoException;
    return code === "ENOENT" ? "changed" : unreadable(path, `cannot be read (${code})`, cause);
  }
}

function unreadable(path: string, why: string, cause?: unknown): PromptSyncError {
  const hint = "check that it is a prompt, and a plain file that you may read";
  return new PromptSyncError("FILE_UNREADABLE", `\`${path}\` ${why}`, { hint, file: path, cause });
}
