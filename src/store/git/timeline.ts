import { timestampOf } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import type { SkewedCommit } from "../../core/listing.js";
import { momentAt, skewedCommit, timelineOf, type Timeline } from "../../core/timeline.js";
import type { Repository } from "./repository.js";

/** The branch whose history decides. */
export interface Branch {
  /** Its name, such as `main`. */
  readonly base: string;
  /** The remote whose copy of the branch is read where there is no local one. */
  readonly remote: string;
}

/**
 * The commit that a branch stands at: the local one, else as it was last fetched, else HEAD. Null where nothing is
 * committed. No git process of its own.
 */
export async function tipOf({ objects, head }: Repository, { base, remote }: Branch): Promise<string | null> {
  const names = [`refs/heads/${base}^{commit}`, `refs/remotes/${remote}/${base}^{commit}`];
  const [local, fetched] = await objects.info(names);
  return local?.id ?? fetched?.id ?? head.commit;
}

/** Every commit of a branch along first parents with its date. One git process. */
export async function readTimeline(repository: Repository, branch: Branch): Promise<Timeline> {
  const tip = await tipOf(repository, branch);
  if (tip === null) return [];
  // `--timestamp` prints the committer date without reading a format.
  const args = ["rev-list", "--first-parent", "--timestamp", tip, "--"];
  const lines = (await repository.git.run(args)).stdout.toString().trimEnd().split("\n");
  const commits = lines.map((line) => {
    const at = line.indexOf(" ");
    return { commit: line.slice(at + 1), seconds: Number(line.slice(0, at)) };
  });
  return timelineOf(commits.reverse());
}

/**
 * The newest commit of a branch that counts as made at a moment or before, and the commits whose clocks made that
 * another one than their own dates would have.
 * @throws PromptSyncError `REVISION_NOT_FOUND` when nothing is that old
 */
export function commitAt(
  timeline: Timeline,
  moment: Date,
  base: string,
): { readonly commit: string; readonly skewed: readonly SkewedCommit[] } {
  const answer = momentAt(timeline, moment.getTime());
  if (answer !== undefined) {
    const { commit, seconds, effective } = answer.moment;
    const own = seconds < effective ? [answer.moment] : [];
    return { commit, skewed: [...own, ...answer.skewed].map(skewedCommit) };
  }
  throw new PromptSyncError(
    "REVISION_NOT_FOUND",
    `\`${base}\` has no commit from before ${timestampOf(moment)}`,
    {
      hint: "`git log --first-parent` shows how far back it goes; a shallow clone has no more",
    },
  );
}
