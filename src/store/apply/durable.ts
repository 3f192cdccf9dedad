import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";

/**
 * For git processes that change something: git's default leaves the index to chance. An object is synced before it
 * gets its name; synced afterwards, a power cut could leave an empty file of that name, and git would take it for the
 * object and never write it again.
 */
export const syncedGit = ["-c", "core.fsync=committed,reference,index"] as const;

/** Writes a new file. Fails when the file exists. Durable only after a sync. */
export function writeNew(path: string, bytes: string | Uint8Array, mode = 0o666): void {
  const file = create(path, mode);
  try {
    writeAll(file, bytes);
  } finally {
    closeSync(file);
  }
}

/** Writes a new file and waits until its bytes are on disk. Fails when the file exists. */
export function writeSynced(path: string, bytes: string | Uint8Array, mode = 0o666): void {
  const file = create(path, mode);
  try {
    writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function create(path: string, mode: number): number {
  return openSync(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    mode,
  );
}

function writeAll(file: number, bytes: string | Uint8Array): void {
  const data = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  for (let at = 0; at < data.length;) at += writeSync(file, data, at);
}

/** What a path that cannot be synced is: gone, or a folder on a system that syncs none. */
const notSynced = ["ENOENT", "ENOTDIR", "EISDIR", "EPERM", "EINVAL", "ENOTSUP", "EACCES"];

/**
 * Waits until the bytes of files and the names in folders are on disk. All together, because a journaling file
 * system then writes its journal once instead of once each. What is gone has nothing to sync.
 */
export async function syncAll(paths: Iterable<string>): Promise<void> {
  const sync = async (path: string) => {
    const file = await open(path, constants.O_RDONLY);
    await file.sync().finally(() => file.close());
  };
  const waiting = [...new Set(paths)];
  // A few at a time: there may be thousands, and a process has a limit of open files.
  while (waiting.length > 0) {
    const some = waiting.splice(0, 64).map((path) =>
      sync(path).catch((error: unknown) => {
        if (!notSynced.includes(errorCode(error))) throw error;
      }),
    );
    await Promise.all(some);
  }
}

/** Waits until the names in a folder are on disk. */
export function syncFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(path, constants.O_RDONLY);
    fsyncSync(folder);
  } catch (error) {
    if (!notSynced.includes(errorCode(error))) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/** Gives a finished file a second name, and says whether it could: never over a file that exists. */
export function linkWithoutOverwrite(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (!noLinks.includes(errorCode(error))) throw error;
    return copyWithoutOverwrite(temporary, path);
  }
  return true;
}

/** What a file system without hard links says. */
const noLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

function copyWithoutOverwrite(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Gives a finished file its name, in the place of what had it, and waits for the folder. */
export function renameSynced(temporary: string, path: string): void {
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Removes a file if it is there. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

/** The `code` of a system error, such as `ENOENT`; empty for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * The error for a system call that could not write; what is no error of the system stays what it is. The path is the
 * system's, unless the caller knows which one the user would recognise.
 */
export function unwritable(cause: unknown, named?: string): unknown {
  const code = errorCode(cause);
  if (code === "" || isPromptSyncError(cause)) return cause;
  const path = named ?? (cause instanceof Error && "path" in cause ? String(cause.path) : undefined);
  const what = path === undefined ? "the change" : `\`${path}\``;
  return new PromptSyncError("FILE_UNWRITABLE", `${what} cannot be written (${code})`, {
    hint: "make room, or allow writing, then run the command again",
    file: path,
    cause,
  });
}
