import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import { checkPath } from "./apply/check-path.js";
import { errorCode, linkWithoutOverwrite, syncFolder, writeSynced } from "./apply/durable.js";
import { refuseLinks } from "./listing/walk.js";
import { throughDraft } from "./through-draft.js";

/** A file to make, its path relative to the root. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/**
 * Makes files that do not exist yet, each of them whole, and never overwrites one; returns the paths of those it made.
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

/** Half a file would be kept by the next run as one of the user's own, so it gets its name when it is whole. */
function createFile(target: string, { path, text, executable = false }: NewFile): boolean {
  try {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return false;
    return throughDraft(target, (draft) => {
      writeSynced(draft, text, executable ? 0o777 : 0o666);
      const isMade = linkWithoutOverwrite(draft, target);
      syncFolder(dirname(target));
      return isMade;
    });
  } catch (cause) {
    throw new PromptSyncError(
      "FILE_UNWRITABLE",
      `\`${path}\` cannot be written (${errorCode(cause) || "unknown"})`,
      { hint: "check that its folder is a folder and that you may write there", file: path, cause },
    );
  }
}
