import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "./repository.js";

/**
 * The newest first-parent commit of the base branch that is not younger than a moment, by committer date. Where there
 * is no such branch, HEAD is the branch.
 * @throws PromptSyncError `REVISION_NOT_FOUND` when nothing is that old
 */
export async function commitAt(repository: Repository, moment: Date, base: string): Promise<string> {
  const [branch] = await repository.objects.info([`refs/heads/${base}^{commit}`]);
  const from = branch?.id ?? repository.head.commit;
  const before = `--before=@${Math.floor(moment.getTime() / 1000)}`;
  const commit =
    from === null
      ? ""
      : (await repository.git.run(["rev-list", "-1", "--first-parent", before, from, "--"])).stdout
          .toString()
          .trim();
  if (commit !== "") return commit;
  throw new PromptSyncError(
    "REVISION_NOT_FOUND",
    `\`${base}\` has no commit from before ${moment.toISOString()}`,
    {
      hint: "`git log --first-parent` shows how far back it goes; a shallow clone has no more",
    },
  );
}
