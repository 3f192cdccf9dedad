import { closeSync, constants, fsyncSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import { checkPath } from "./apply/check-path.js";
import { refuseLinks } from "./listing/walk.js";
import { makeFolder } from "./make-folder.js";

/** A file to make, its path relative to the root. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/**
 * Makes files that do not exist yet, and never overwrites one; returns the paths of those it made.
 * @throws PromptSyncError `FILE_EXISTS` unless existing files are kept, `PATH_UNSAFE` for git's own folder and
 * when the way leads through a link, `FILE_UNWRITABLE` when a file or its folder cannot be made
 */
export function createFiles(
  root: string,
  files: readonly NewFile[],
  { keepExisting = false } = {},
): string[] {
  const created: string[] = [];
  for (const file of files) {
    const { path } = file;
    checkPath(path);
    refuseLinks(root, path);
    if (createFile(join(root, path), file)) created.push(path);
    else if (!keepExisting) {
      throw new PromptSyncError("FILE_EXISTS", `\`${path}\` exists already`, {
        hint: "edit it, or remove it first",
        file: path,
      });
    }
  }
  return created;
}

function createFile(target: string, { path, text, executable = false }: NewFile): boolean {
  try {
    makeFolder(dirname(target));
    const handle = openSync(
      target,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      executable ? 0o777 : 0o666,
    );
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new PromptSyncError("FILE_UNWRITABLE", `\`${path}\` cannot be written (${code ?? "unknown"})`, {
      hint: "check that its folder is a folder and that you may write there",
      file: path,
      cause,
    });
  }
}
