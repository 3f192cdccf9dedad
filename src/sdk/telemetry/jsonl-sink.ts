import { appendLines } from "../../store/usage/append-lines.js";
import type { Sink } from "./sink.js";

/** Settings of a usage log. */
export interface JsonlOptions {
  /** Such as `.promptsync/usage.jsonl`, which `promptsync analytics` reads when nothing else is set. */
  readonly file: string;
  /** A file that would grow beyond this many bytes is set aside (32 MiB). */
  readonly maxBytes?: number;
  /** How many files that were set aside are kept beside the current one (10). */
  readonly keep?: number;
}

/** Makes a sink that appends one line of JSON an event; several processes may share the file. */
export function jsonlSink({ file, maxBytes = 32 << 20, keep = 10 }: JsonlOptions): Sink {
  return {
    write: (events) =>
      appendLines({ file, maxBytes, keep }, events.map((event) => `${JSON.stringify(event)}\n`).join("")),
  };
}
