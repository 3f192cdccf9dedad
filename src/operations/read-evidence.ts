import { readFileSync } from "node:fs";
import type { BasePicture } from "../rules/rule.js";
import { readSquashed } from "../core/trailers.js";
import { messageVariable } from "../store/apply/message-variable.js";
import { readHistory } from "../store/git/history.js";
import type { Workspace } from "../store/workspace.js";

/** How a commit says that the gates of its moves passed: one line a check. */
const evidence = /^Promptsync-Gate: .*\S/m;

/** The moves that a message proves, those of squashed commits too: `prompt@alias=version`. A rollback needs no proof. */
export function movesProven(message: string): string[] {
  return readSquashed(message).flatMap(({ text, records }) => {
    const isGated = evidence.test(text);
    return records
      .filter(({ action }) => isGated || action === "rollback")
      .map(({ prompt = "", alias = "", to = "" }) => `${prompt}@${alias}=${to}`);
  });
}

/**
 * Reads which moves since a commit carry the evidence of their gates, or lead back to what was served before and need
 * none. Of the next commit, the message counts that PromptSync is about to write. One or two git processes.
 */
export async function readEvidence(
  { repository, config }: Workspace,
  base: string | null,
  isNextCommit: boolean,
): Promise<NonNullable<BasePicture["hasEvidence"]>> {
  const since = new Set(isNextCommit ? movesProven(nextMessage(repository.git.environment)) : []);
  const before = base === null ? [] : await readHistory(repository, { paths: [config.registry], from: base });
  const known = new Set(before.map(({ commit }) => commit));
  for (const { commit, message } of await readHistory(repository, { paths: [config.registry] })) {
    if (known.has(commit)) continue;
    for (const move of movesProven(message)) since.add(move);
  }
  return ({ prompt, alias, to }) => since.has(`${prompt}@${alias}=${to}`);
}

/** The message of the commit whose hook this runs in; empty when it is not one of ours. */
function nextMessage(environment: NodeJS.ProcessEnv): string {
  const file = environment[messageVariable];
  try {
    return file === undefined ? "" : readFileSync(file, "utf8");
  } catch {
    return ""; // a variable that outlived its commit proves nothing
  }
}
