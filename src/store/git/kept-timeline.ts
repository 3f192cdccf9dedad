import { endianness } from "node:os";
import { timelineOf, type Timeline } from "../../core/timeline.js";
import { keep, keptFile, openKept } from "../kept-file.js";
import { isHistoryFixed } from "./fixed-history.js";
import type { Repository } from "./repository.js";

/** Below this many commits git answers as fast as a file is read. */
const fewest = 500;

/** A timeline and the commit that it ends at. */
export interface KeptTimeline {
  readonly tip: string;
  readonly timeline: Timeline;
}

/**
 * The timeline that was kept in the git directory, whatever commit it ends at: commits never change, so it is right
 * for ever. Undefined when there is none, when it was damaged, and where {@link isHistoryFixed} says no.
 */
export function readKeptTimeline(repository: Repository): KeptTimeline | undefined {
  const kept = openKept(fileOf(repository));
  if (kept === undefined || !isHistoryFixed(repository)) return undefined;
  const { key, bytes } = kept;
  const tip = key.slice(format.length);
  const count = bytes.length / (8 + tip.length);
  const isWhole = key.startsWith(format) && /^[0-9a-f]{40,64}$/.test(tip) && Number.isInteger(count);
  if (!isWhole || bytes.subarray(-tip.length).toString("latin1") !== tip) return undefined;
  const numbers = new Float64Array(count);
  new Uint8Array(numbers.buffer).set(bytes.subarray(0, count * 8));
  return { tip, timeline: timelineOf(numbers, bytes.subarray(count * 8)) };
}

/** Keeps a timeline for the next run; whoever deletes the file loses nothing. */
export function keepTimeline(repository: Repository, { tip, timeline }: KeptTimeline): void {
  const { seconds, ids } = timeline;
  if (seconds.length < fewest || !isHistoryFixed(repository)) return;
  keep(fileOf(repository), `${format}${tip}`, Buffer.concat([new Uint8Array(seconds.buffer), ids]));
}

const format = `promptsync timeline 1 ${endianness()} `;

const fileOf = ({ commonDirectory }: Repository): string => keptFile(commonDirectory, "timeline");
