import { existsSync } from "node:fs";
import { join } from "node:path";
import { configFileName, readConfig, type Config } from "../../core/config.js";
import { PromptSyncError } from "../../core/errors.js";
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
