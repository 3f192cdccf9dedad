import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PromptSyncError } from "../core/errors.js";

/** A file of the working tree that says something else from now on. */
export interface Rewrite {
  /** Relative to the top folder. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Rewrites files of the working tree; each is whole at any moment.
 * @throws PromptSyncError `UNCOMMITTED_CHANGES` when a file was edited since it was read; nothing is written then
 */
export function rewriteFiles(top: string, files: readonly Rewrite[]): void {
  const edited = files.find(({ path, before }) => readFileSync(join(top, path), "utf8") !== before);
  if (edited !== undefined)
    throw new PromptSyncError("UNCOMMITTED_CHANGES", `\`${edited.path}\` changed while it was being mended`, {
      hint: "run the command again",
      file: edited.path,
    });
  for (const { path, after } of files) {
    const target = join(top, path);
    const draft = join(dirname(target), `.${process.pid}.promptsync.tmp`);
    writeFileSync(draft, after);
    renameSync(draft, target);
  }
}
