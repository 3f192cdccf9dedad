import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import { replaceFile } from "./replace-file.js";

/** A file of the working tree that says something else from now on. */
export interface Rewrite {
  /** Relative to the top folder. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Rewrites files of the working tree; each is whole at any moment.
 * @throws PromptSyncError `UNCOMMITTED_CHANGES` when a file was edited since it was read; nothing is written then;
 * `FILE_UNWRITABLE`
 */
export function rewriteFiles(top: string, files: readonly Rewrite[]): void {
  const edited = files.find(({ path, before }) => readNow(join(top, path)) !== before);
  if (edited !== undefined)
    throw new PromptSyncError("UNCOMMITTED_CHANGES", `\`${edited.path}\` changed while it was being mended`, {
      hint: "run the command again",
      file: edited.path,
    });
  for (const { path, after } of files) replaceFile(join(top, path), after);
}

/** The text of a file; undefined when it is gone or cannot be read any more. */
function readNow(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
