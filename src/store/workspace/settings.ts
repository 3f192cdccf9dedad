import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { configFileName, readConfig, type Config } from "../../core/config.js";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { decodeText } from "../listing/decode-text.js";
import { readFromDisk } from "../listing/read-files.js";

/**
 * Reads the settings file that is named, else the repository's.
 * @throws PromptSyncError `CONFIG_INVALID`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readSettings(
  repository: Repository,
  root: string,
  file: string | undefined,
): Promise<Config> {
  if (repository.top === null && file === undefined) {
    const [object] = await repository.objects.read([`HEAD:${configFileName}`], 1 << 18);
    return readConfig(object?.bytes?.toString("utf8"));
  }
  const path = file ?? join(root, configFileName);
  if (!existsSync(path)) {
    if (file === undefined) return readConfig(undefined);
    throw new PromptSyncError("FILE_NOT_FOUND", `settings file \`${file}\` does not exist`, {
      hint: "check the path after `--config`",
    });
  }
  const bytes = readFromDisk("", path, 1 << 18);
  if (bytes instanceof PromptSyncError) throw bytes;
  const text = decodeText(bytes, file ?? configFileName);
  if (text instanceof PromptSyncError) throw text;
  return readConfig(text, file ?? configFileName);
}

/**
 * Reads the settings as a commit has them: the usual ones when it has no file; undefined when the file that was named
 * stands outside the repository, and when it cannot be used.
 */
export async function settingsAt(
  repository: Repository,
  { commit, file }: { readonly commit: string; readonly file: string | undefined },
): Promise<Config | undefined> {
  const path = file === undefined ? configFileName : insideOf(repository, file);
  if (path === undefined) return undefined;
  const [object] = await repository.objects.read([`${commit}:${path}`], 1 << 18);
  try {
    return readConfig(object?.bytes?.toString("utf8"));
  } catch (error) {
    if (isPromptSyncError(error)) return undefined; // an older schema: what it asked for is not known
    throw error;
  }
}

function insideOf({ top }: Repository, file: string): string | undefined {
  if (top === null) return undefined;
  const path = relative(top, file).split(sep).join("/");
  return path === "" || path.startsWith("../") ? undefined : path;
}
