import { timestampOf } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import type { SkewedCommit } from "../../core/listing.js";
import { indexOfCommit, momentAt, skewedCommit, timelineOf, type Timeline } from "../../core/timeline.js";
import { isHistoryFixed } from "./fixed-history.js";
import { keepTimeline, readKeptTimeline, type KeptTimeline } from "./kept-timeline.js";
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

/**
 * Every commit of a branch along first parents with its date. One git process, and none when the same was read
 * before: a long timeline is kept in the git directory, and read on from where it ends.
 */
export async function readTimeline(repository: Repository, branch: Branch): Promise<Timeline> {
  const tip = await tipOf(repository, branch);
  if (tip === null) return timelineOf(new Float64Array(), Buffer.alloc(0));
  const kept = readKeptTimeline(repository);
  if (kept?.tip === tip) return kept.timeline;
  const wasFixed = isHistoryFixed(repository);
  const timeline =
    (kept === undefined ? undefined : await continued(repository, tip, kept)) ??
    lineOf(await listed(repository, [tip]), tip.length).timeline;
  if (wasFixed) keepTimeline(repository, { tip, timeline });
  return timeline;
}

/** The timeline of another commit from a kept one with which it shares its beginning; undefined when it shares none. */
async function continued(
  repository: Repository,
  tip: string,
  { tip: old, timeline: known }: KeptTimeline,
): Promise<Timeline | undefined> {
  const [present] = await repository.objects.info([old]);
  if (present === undefined || present === null) return undefined;
  const more = lineOf(await listed(repository, ["--parents", tip, `^${old}`]), tip.length);
  const from = indexOfCommit(known, more.before ?? tip) + 1;
  if (from === 0) return undefined;
  const seconds = new Float64Array(from + more.timeline.seconds.length);
  seconds.set(known.seconds.subarray(0, from));
  seconds.set(more.timeline.seconds, from);
  return timelineOf(seconds, Buffer.concat([known.ids.subarray(0, from * tip.length), more.timeline.ids]));
}

async function listed({ git }: Repository, range: readonly string[]): Promise<Buffer> {
  // `--timestamp` prints the committer date without reading a format.
  return (await git.run(["rev-list", "--first-parent", "--timestamp", ...range, "--"])).stdout;
}

const [newline, digit] = [0x0a, 0x30];

/** Reads `<seconds> <id>` and perhaps parents a line, the newest commit first; `before` is the oldest one's parent. */
function lineOf(bytes: Buffer, width: number): { readonly timeline: Timeline; readonly before?: string } {
  const dates: number[] = [];
  const places: number[] = [];
  let end = 0;
  for (let at = 0; at < bytes.length; at = end + 1) {
    let seconds = 0;
    for (let next = bytes[at] ?? 0; next >= digit; next = bytes[++at] ?? 0)
      seconds = seconds * 10 + next - digit;
    dates.push(seconds);
    places.push(at + 1);
    end = bytes.indexOf(newline, at + 1 + width);
  }
  const ids = Buffer.allocUnsafe(places.length * width);
  for (const [index, at] of places.reverse().entries()) bytes.copy(ids, index * width, at, at + width);
  const timeline = timelineOf(Float64Array.from(dates.reverse()), ids);
  const parents = bytes.toString("latin1", (places[0] ?? 0) + width, end).trim();
  return parents === "" ? { timeline } : { timeline, before: parents.slice(0, width) };
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
    return { commit: answer.moment.commit, skewed: answer.skewed.map(skewedCommit) };
  }
  throw new PromptSyncError(
    "REVISION_NOT_FOUND",
    `\`${base}\` has no commit from before ${timestampOf(moment)}`,
    {
      hint: "`git log --first-parent` shows how far back it goes; a shallow clone has no more",
    },
  );
}
