import { PromptSyncError } from "../../core/errors.js";
import { openSimpleGit } from "./network.js";
import type { Repository } from "./repository.js";
import { readGitSettings } from "./settings.js";

/**
 * Sets what is not set yet, in the repository's own configuration; returns the keys that it set. Keys and values are
 * ours, never a user's words.
 * @throws PromptSyncError `GIT_FAILED`
 */
export async function setMissing(
  repository: Repository,
  wanted: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const settings = await readGitSettings(repository.git);
  const missing = Object.entries(wanted).filter(([key]) => settings.get(key) === undefined);
  if (missing.length === 0) return [];
  const talk = await openSimpleGit(repository, { silence: 10_000, unsafe: { allowUnsafeMergeDriver: true } });
  for (const [key, value] of missing) {
    const { code, stderr } = await talk(["config", "--local", key, value]);
    if (code === 0) continue;
    throw new PromptSyncError("GIT_FAILED", `\`git config ${key}\` ended with exit code ${String(code)}`, {
      hint: stderr.trim() === "" ? "check that you may write the repository's configuration" : stderr.trim(),
    });
  }
  return missing.map(([key]) => key);
}
