import type { BasePicture } from "../rules/rule.js";
import { readTrailers } from "../core/trailers.js";
import { readHistory } from "../store/git/history.js";
import type { Workspace } from "../store/workspace.js";

/** How a commit says that the gates of its moves passed: one line a check. */
export const evidence = /^Promptsync-Gate: .*\S/m;

/**
 * Reads which moves since a commit carry the evidence of their gates, or lead back to what was served before and need
 * none. One or two git processes.
 */
export async function readEvidence(
  { repository, config }: Workspace,
  base: string | null,
): Promise<NonNullable<BasePicture["hasEvidence"]>> {
  const since = new Set<string>();
  const before = base === null ? [] : await readHistory(repository, { paths: [config.registry], from: base });
  const known = new Set(before.map(({ commit }) => commit));
  for (const { commit, message } of await readHistory(repository, { paths: [config.registry] })) {
    if (known.has(commit)) continue;
    const isGated = evidence.test(message);
    for (const { action, prompt = "", alias = "", to = "" } of readTrailers(message))
      if (isGated || action === "rollback") since.add(`${prompt}@${alias}=${to}`);
  }
  return ({ prompt, alias, to }) => since.has(`${prompt}@${alias}=${to}`);
}
