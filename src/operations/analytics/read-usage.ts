import { isSplit, Splits, tenantOf } from "../../analytics/split-check.js";
import { Usage } from "../../analytics/usage.js";
import { readEvent, type ReadEvent } from "../../core/telemetry/read-event.js";
import type { PastArms } from "../../store/usage/past-arms.js";
import { readLines } from "../../store/usage/read-lines.js";

const longestLine = 1 << 16; // bytes; our own lines have some 600
const namedLines = 20;

/** A line that is no event. */
export interface MalformedLine {
  readonly file: string;
  readonly line: number;
}

/** What the logs say. */
export interface ReadUsage {
  readonly usage: Usage;
  readonly splits: Splits;
  /** Times of the first and the last event that counts; null without one. */
  readonly first: string | null;
  readonly last: string | null;
  readonly events: number;
  readonly malformed: number;
  /** The first of the malformed lines. */
  readonly malformedLines: readonly MalformedLine[];
}

/**
 * Reads usage logs a chunk at a time. A last line without an end is passed over when it is no event: somebody is
 * writing it. Without `pastArms` nothing is known of the states, so no split is checked.
 * @throws PromptSyncError `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readUsage(
  files: readonly string[],
  isWanted: (event: ReadEvent) => boolean,
  pastArms: PastArms | undefined,
): Promise<ReadUsage> {
  const usage = new Usage();
  const splits = new Splits();
  const malformedLines: MalformedLine[] = [];
  let [malformed, count] = [0, 0];
  let first: string | null = null;
  let last: string | null = null;
  for (const file of files) {
    for await (const lines of readLines(file, longestLine)) {
      const events: ReadEvent[] = [];
      for (const { number, text, isUnfinished } of lines) {
        if (text?.trim() === "") continue; // what ended a half line
        const event = text === null ? undefined : readEvent(text);
        if (event !== undefined) {
          if (isWanted(event)) events.push(event);
        } else if (!isUnfinished) {
          malformed += 1;
          if (malformedLines.length < namedLines) malformedLines.push({ file, line: number });
        }
      }
      await pastArms?.load(events.filter(isSplit).flatMap(addressOf));
      for (const event of events) {
        usage.add(event);
        if (event.event === "served") {
          const [address] = addressOf(event);
          splits.add(event, address && pastArms?.find(address));
        }
        if (first === null || event.time < first) first = event.time;
        if (last === null || event.time > last) last = event.time;
      }
      count += events.length;
    }
  }
  return { usage, splits, first, last, events: count, malformed, malformedLines };
}

function addressOf(event: Extract<ReadEvent, { event: "served" }>) {
  const { prompt, alias, catalog } = event;
  return catalog.commit === null ? [] : [{ commit: catalog.commit, prompt, alias, tenant: tenantOf(event) }];
}
