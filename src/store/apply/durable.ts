import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Tells git to sync what it writes before it says so: its default leaves loose objects to chance, and a reported
 * commit could be lost with the power.
 */
export const syncedGit = ["-c", "core.fsync=committed,loose-object,reference,index"] as const;

/** Writes a new file and waits until its bytes are on disk. Fails when the file exists. */
export function writeSynced(path: string, bytes: string | Uint8Array, mode = 0o666): void {
  const file = openSync(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    mode,
  );
  try {
    const data = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    for (let at = 0; at < data.length;) at += writeSync(file, data, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until a file's bytes are on disk. */
export function syncFile(path: string): void {
  const file = openSync(path, constants.O_RDWR);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the names in a folder are on disk; a folder that is gone, and Windows, have nothing to sync. */
export function syncFolder(path: string): void {
  let folder: number | undefined;
  try {
    folder = openSync(path, constants.O_RDONLY);
    fsyncSync(folder);
  } catch (error) {
    if (!["ENOENT", "EISDIR", "EPERM", "EINVAL", "ENOTSUP", "EACCES"].includes(errorCode(error))) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/** Gives a finished file its name, and says whether it could: never over a file that exists. */
export function linkWithoutOverwrite(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  unlinkSync(temporary);
  return true;
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
