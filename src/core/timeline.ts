import { isoDate } from "./date.js";
import type { SkewedCommit } from "./listing.js";

/** A commit of a branch, and when it counts as made. */
export interface Moment {
  readonly commit: string;
  /** What its committer's clock said, in seconds since 1970. */
  readonly seconds: number;
  /**
   * The largest committer date on its first-parent chain, in seconds since 1970: a commit cannot be older than what
   * it builds on, so a clock that went back is not believed.
   */
  readonly effective: number;
}

/**
 * The commits of a branch along first parents, the oldest first. A branch has many and a question is about one of
 * them, so they are columns of numbers and bytes; {@link momentOf} makes an object of one.
 */
export interface Timeline {
  /** What each committer's clock said, in seconds since 1970. */
  readonly seconds: Float64Array;
  /** When each counts as made; never falls. */
  readonly effective: Float64Array;
  /** The full ids as hexadecimal characters, one behind the other. */
  readonly ids: Buffer;
}

/** Makes a timeline from the dates and the ids of a branch's commits, the oldest first. */
export function timelineOf(seconds: Float64Array, ids: Buffer): Timeline {
  let latest = Number.NEGATIVE_INFINITY;
  const effective = seconds.map((at) => (latest = Math.max(latest, at)));
  return { seconds, effective, ids };
}

/** The commit at a place of a timeline. */
export function momentOf({ seconds, effective, ids }: Timeline, index: number): Moment {
  const width = ids.length / seconds.length;
  return {
    commit: ids.toString("latin1", index * width, (index + 1) * width),
    seconds: seconds[index] ?? 0,
    effective: effective[index] ?? 0,
  };
}

/** The place of a commit, looked for from another place on; -1 when it is not there. */
export function indexOfCommit({ seconds, ids }: Timeline, commit: string, from = 0): number {
  const width = ids.length / seconds.length;
  if (width !== commit.length) return -1;
  for (
    let at = ids.indexOf(commit, from * width, "latin1");
    at >= 0;
    at = ids.indexOf(commit, at + 1, "latin1")
  )
    if (at % width === 0) return at / width;
  return -1;
}

/** What a branch had at a moment. */
export interface TimelineAnswer {
  readonly moment: Moment;
  /**
   * The commits whose clock had gone back and made a difference: the moment's own, and those that say they were made
   * by then and count as later.
   */
  readonly skewed: readonly Moment[];
}

/** The newest commit that counts as made at a moment (ms since 1970) or before; undefined when there was none. */
export function momentAt(timeline: Timeline, time: number): TimelineAnswer | undefined {
  const at = Math.floor(time / 1000);
  const { seconds, effective } = timeline;
  let [low, high] = [0, effective.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((effective[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return undefined;
  const places = [low - 1];
  for (let later = low; later < seconds.length; later++) if ((seconds[later] ?? 0) <= at) places.push(later);
  return { moment: momentOf(timeline, low - 1), skewed: skewedAmong(timeline, places) };
}

/** The commits whose clock had gone back. */
export function skewedOf(timeline: Timeline): readonly Moment[] {
  return skewedAmong(timeline, timeline.seconds.keys());
}

/** Clocks that are kept right by the network differ by so much, in seconds. */
const tolerance = 2;

function skewedAmong(timeline: Timeline, places: Iterable<number>): readonly Moment[] {
  const { seconds, effective } = timeline;
  const late = [...places].filter((at) => (seconds[at] ?? 0) < (effective[at] ?? 0) - tolerance);
  if (late.length === 0) return [];
  const reached = reachedBy(seconds);
  return late.flatMap((at) =>
    (seconds[at] ?? 0) < (reached[at] ?? 0) - tolerance ? [momentOf(timeline, at)] : [],
  );
}

/**
 * The time that some clock had surely reached by each commit. One that says a second after its parent tells nothing:
 * our commits are dated so when many are made within a second, ahead of every clock.
 */
function reachedBy(seconds: Float64Array): Float64Array {
  let latest = Number.NEGATIVE_INFINITY;
  return seconds.map((at, index) => {
    if (at !== (seconds[index - 1] ?? 0) + 1) latest = Math.max(latest, at);
    return latest;
  });
}

/** A commit with its dates as text. */
export function skewedCommit({ commit, seconds, effective }: Moment): SkewedCommit {
  return { commit, date: isoDate(seconds), effective: isoDate(effective) };
}
