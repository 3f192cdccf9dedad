import { existsSync } from "node:fs";
import { PromptSyncError } from "../../core/errors.js";
import { filesSetAside } from "./append-lines.js";

/**
 * The files of the usage log that the settings name, the oldest first.
 * @throws PromptSyncError `FILE_NOT_FOUND`
 */
export async function findLogs(file: string): Promise<readonly string[]> {
  const files = [...(await filesSetAside(file)), ...(existsSync(file) ? [file] : [])];
  if (files.length > 0) return files;
  throw new PromptSyncError("FILE_NOT_FOUND", `there is no usage log \`${file}\``, {
    hint: "let the application write one with `jsonlSink`, name others with `--from`, or set `usage` in `.promptsyncrc`",
  });
}
