import { existsSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";

/** What git writes down while something is unfinished. A bisect is not here: committing during one is fine. */
const refs = { MERGE_HEAD: "merge", CHERRY_PICK_HEAD: "cherry-pick", REVERT_HEAD: "revert" } as const;
const folders = { "rebase-merge": "rebase", "rebase-apply": "rebase", sequencer: "cherry-pick" } as const;

/**
 * Refuses to commit in the middle of a merge, rebase, cherry-pick or revert: the commit would land in the middle too.
 * @throws PromptSyncError `WORK_IN_PROGRESS`
 */
export async function refuseWorkInProgress(repository: Repository): Promise<void> {
  const names = Object.keys(refs) as (keyof typeof refs)[];
  const found = await repository.objects.info(names);
  const ref = names.find((_, index) => found[index] !== null);
  const folder = (Object.keys(folders) as (keyof typeof folders)[]).find((name) =>
    existsSync(join(repository.gitDirectory, name)),
  );
  // A rebase picks commits one by one, so it may look like both.
  const state = folder?.startsWith("rebase") ? "rebase" : ref ? refs[ref] : folder && folders[folder];
  if (state === undefined) return;
  throw new PromptSyncError("WORK_IN_PROGRESS", `a ${state} is not finished yet`, {
    hint: `finish it with \`git ${state} --continue\`, or undo it with \`git ${state} --abort\``,
    data: { state },
  });
}
