import { chmodSync, existsSync, lstatSync, readFileSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import { refuseLinks } from "../listing/walk.js";
import type { FileChange } from "./changes.js";
import {
  errorCode,
  linkWithoutOverwrite,
  removeFile,
  renameSynced,
  syncAll,
  syncFolder,
  writeNew,
  writeSynced,
} from "./durable.js";
import type { Owner } from "./owner.js";
import type { OnStep } from "./steps.js";
import { makeFolder } from "../make-folder.js";

/**
 * Gives the files of the work tree their new contents, each of them at once or not at all: all are written and synced
 * under a temporary name first.
 */
export async function writeFiles(
  top: string,
  owner: Owner,
  changes: readonly FileChange[],
  onStep: OnStep,
): Promise<void> {
  const touched = changes.filter(({ before, after }) => !(before && after?.equals(before)));
  const written: string[] = [];
  const folders = new Set([top]);
  for (const { path, after, entry } of touched) {
    refuseLinks(top, path);
    for (let at = dirname(path); at !== "."; at = dirname(at)) folders.add(join(top, at));
    if (after === null) continue;
    await onStep("write file", path);
    const temporary = temporaryFor(top, path, owner.id);
    makeFolder(dirname(temporary));
    writeNew(temporary, after, entry?.mode === "100755" ? 0o777 : 0o666);
    written.push(temporary);
  }
  await syncAll(written);
  for (const change of touched) {
    await onStep("name file", change.path);
    const target = join(top, change.path);
    refuseOther(target, change);
    if (change.after === null) removeFile(target);
    else putInPlace(temporaryFor(top, change.path, owner.id), target, change);
  }
  await syncAll(folders);
}

/** Where a file is written before it gets its name; in the same folder, so that naming is one step. */
export function temporaryFor(top: string, path: string, run: string): string {
  return join(top, dirname(path), `.promptsync-${run}-${basename(path)}`);
}

/** The folders that a change has to make, parents first, relative to the top. */
export function missingFolders(top: string, changes: readonly FileChange[]): string[] {
  const missing = new Set<string>();
  for (const { path, after } of changes) {
    if (after === null) continue;
    for (let at = dirname(path); at !== "." && !existsSync(join(top, at)); at = dirname(at)) missing.add(at);
  }
  return [...missing].sort((a, b) => a.length - b.length);
}

/** Puts bytes at a path whatever is there now, keeping its permissions. Used to undo. */
export function restoreFile(target: string, temporary: string, bytes: Buffer | null): void {
  if (bytes === null) {
    removeFile(target);
    syncFolder(dirname(target));
    return;
  }
  makeFolder(dirname(target));
  writeSynced(temporary, bytes);
  keepMode(temporary, target);
  renameSynced(temporary, target);
}

function putInPlace(temporary: string, target: string, { path, before }: FileChange): void {
  if (before !== null) {
    keepMode(temporary, target);
    renameSync(temporary, target);
  } else if (linkWithoutOverwrite(temporary, target)) removeFile(temporary);
  else throw appeared(path);
}

function keepMode(temporary: string, target: string): void {
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found) chmodSync(temporary, found.mode & 0o777);
}

/** Somebody may have saved the file since it was read; that work is not ours to overwrite. */
function refuseOther(target: string, { path, before }: FileChange): void {
  if (before?.equals(readIfThere(target) ?? Buffer.alloc(0)) ?? !existsSync(target)) return;
  throw appeared(path);
}

/** The bytes of a file, or null when it is not there. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return null;
    throw error;
  }
}

function appeared(path: string): PromptSyncError {
  return new PromptSyncError(
    "UNCOMMITTED_CHANGES",
    `\`${path}\` was edited while the change was being made`,
    {
      hint: "look at the file, then run the command again",
      file: path,
    },
  );
}
