import { createReadStream } from "node:fs";
import { PromptSyncError } from "../../core/errors.js";

/** A line of a text file; the text is null when the line is longer than the limit. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
  /** The file ends inside the line: somebody may still be writing it. */
  readonly isUnfinished: boolean;
}

/**
 * Reads a file's lines, a chunk of the file at a time, so that memory holds no more than that and one line.
 * @param limit the longest line, in bytes
 * @throws PromptSyncError `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function* readLines(file: string, limit: number): AsyncGenerator<readonly Line[]> {
  let rest: Buffer[] = [];
  let waiting = 0; // bytes of `rest`, kept or not
  let number = 0;
  const end = (last: Buffer, isUnfinished: boolean): Line => {
    const isLong = waiting + last.length > limit;
    const text = isLong ? null : Buffer.concat([...rest, last]).toString("utf8");
    rest = [];
    waiting = 0;
    return { number: (number += 1), text, isUnfinished };
  };
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      const bytes = chunk as Buffer;
      const lines: Line[] = [];
      let start = 0;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
        lines.push(end(bytes.subarray(start, at), false));
        start = at + 1;
      }
      waiting += bytes.length - start;
      if (waiting <= limit) rest.push(bytes.subarray(start));
      else rest = [];
      yield lines;
    }
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
  if (waiting > 0) yield [end(Buffer.alloc(0), true)];
}

function unreadable(file: string, error: NodeJS.ErrnoException): PromptSyncError {
  if (error.code === "ENOENT")
    return new PromptSyncError("FILE_NOT_FOUND", `\`${file}\` does not exist`, {
      hint: "check the path after `--from`",
    });
  return new PromptSyncError("FILE_UNREADABLE", `\`${file}\` cannot be read: ${error.message}`, {
    hint: "name a file of JSON lines",
    cause: error,
  });
}
