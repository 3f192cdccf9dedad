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

/** The commits of a branch along first parents, the oldest first; `effective` never falls. */
export type Timeline = readonly Moment[];

/** Makes a timeline from the commits of a branch, the oldest first. */
export function timelineOf(commits: readonly Pick<Moment, "commit" | "seconds">[]): Timeline {
  let effective = Number.NEGATIVE_INFINITY;
  return commits.map(({ commit, seconds }) => {
    effective = Math.max(effective, seconds);
    return { commit, seconds, effective };
  });
}

/** What a branch had at a moment. */
export interface TimelineAnswer {
  readonly moment: Moment;
  /** The commits whose own clock would have led elsewhere: they say they were made by then, and count as later. */
  readonly skewed: readonly Moment[];
}

/** The newest commit that counts as made at a moment (ms since 1970) or before; undefined when there was none. */
export function momentAt(timeline: Timeline, time: number): TimelineAnswer | undefined {
  const seconds = Math.floor(time / 1000);
  let [low, high] = [0, timeline.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeline[middle]?.effective ?? 0) <= seconds) low = middle + 1;
    else high = middle;
  }
  const moment = timeline[low - 1];
  if (moment === undefined) return undefined;
  return { moment, skewed: timeline.slice(low).filter((later) => later.seconds <= seconds) };
}

/** The commits whose clock had gone back. */
export function skewedOf(timeline: Timeline): readonly Moment[] {
  return timeline.filter(({ seconds, effective }) => seconds < effective);
}

/** A commit with its dates as text. */
export function skewedCommit({ commit, seconds, effective }: Moment): SkewedCommit {
  return { commit, date: isoDate(seconds), effective: isoDate(effective) };
}
