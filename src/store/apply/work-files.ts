import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import { refuseLinks } from "../listing/walk.js";
import type { FileChange } from "./changes.js";
import {
  errorCode,
  linkWithoutOverwrite,
  removeFile,
  renameSynced,
  syncFolder,
  writeSynced,
} from "./durable.js";
import type { Owner } from "./owner.js";
import type { OnStep } from "./steps.js";

/** Gives the files of the work tree their new contents, one by one, each of them at once or not at all. */
export async function writeFiles(
  top: string,
  owner: Owner,
  changes: readonly FileChange[],
  onStep: OnStep,
): Promise<void> {
  const folders = new Set<string>();
  for (const change of changes) {
    const { path, before, after, entry } = change;
    if (before && after?.equals(before)) continue;
    refuseLinks(top, path);
    const target = join(top, path);
    for (let at = dirname(path); at !== "."; at = dirname(at)) folders.add(join(top, at));
    await onStep("write file", path);
    if (after === null) {
      refuseOther(target, change);
      removeFile(target);
      continue;
    }
    const temporary = temporaryFor(target, owner.id);
    mkdirSync(dirname(target), { recursive: true });
    writeSynced(temporary, after, entry?.mode === "100755" ? 0o777 : 0o666);
    await onStep("name file", path);
    putInPlace(temporary, target, change);
  }
  for (const folder of [...folders, top]) syncFolder(folder);
}

/** Where a file is written before it gets its name; in the same folder, so that naming is one step. */
export function temporaryFor(target: string, run: string): string {
  return join(dirname(target), `.promptsync-${run}`);
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
export function restoreFile(target: string, run: string, bytes: Buffer | null): void {
  const temporary = temporaryFor(target, run);
  removeFile(temporary);
  if (bytes === null) {
    removeFile(target);
    syncFolder(dirname(target));
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeSynced(temporary, bytes);
  keepMode(temporary, target);
  renameSynced(temporary, target);
}

function putInPlace(temporary: string, target: string, change: FileChange): void {
  try {
    if (change.before !== null) {
      refuseOther(target, change);
      keepMode(temporary, target);
      renameSync(temporary, target);
    } else if (!linkWithoutOverwrite(temporary, target)) throw appeared(change.path);
  } finally {
    if (existsSync(temporary)) unlinkSync(temporary);
  }
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
