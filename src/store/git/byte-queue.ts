import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";

/**
 * Reads what a long-lived process prints, by count or line by line, as it arrives. What is there already is handed out
 * without waiting: thousands of small answers arrive in one piece. One reader at a time.
 */
export interface ByteQueue {
  /** The next `count` bytes; undefined while not all have arrived. */
  take(count: number): Buffer | undefined;
  /** The next line without its line break; undefined while it has not arrived. */
  line(): string | undefined;
  /**
   * Waits for more to arrive. When many bytes are expected and few came, it lets them gather for a moment: a process
   * that writes each answer on its own would wake us up for each.
   */
  more(expected?: number): Promise<void>;
}

/** The next line of a process, waited for; `expected` is how many bytes are still to come, with this line. */
export async function nextLine(queue: ByteQueue, expected = 0): Promise<string> {
  for (;;) {
    const line = queue.line();
    if (line !== undefined) return line;
    await queue.more(expected);
  }
}

/** The next bytes of a process, waited for. */
export async function nextBytes(queue: ByteQueue, count: number, expected: number): Promise<Buffer> {
  for (;;) {
    const bytes = queue.take(count);
    if (bytes !== undefined) return bytes;
    await queue.more(expected);
  }
}

/** Bytes; a pipe holds more. */
const many = 65_536;

const newline = 0x0a;

/**
 * Makes a {@link ByteQueue} over a process's standard output. Waiting keeps Node alive; an idle process does not.
 * `ended` makes the error for a reader that waits when the process is gone.
 */
export function byteQueue(
  child: ChildProcessWithoutNullStreams,
  ended: (code: number | null, stderr: string) => Error,
): ByteQueue {
  const inbox = openInbox(child, ended);
  let held: Buffer = Buffer.alloc(0);
  /** How much of `held` was handed out. */
  let at = 0;
  /** What arrived behind `held`: joined once, when enough is there, because a large object arrives in many pieces. */
  let behind: Buffer[] = [];
  let size = 0;

  const join = (): void => {
    if (behind.length === 0) return;
    held = Buffer.concat([held.subarray(at), ...behind]);
    at = 0;
    behind = [];
    size = held.length;
  };

  return {
    take(count) {
      if (size - at < count) return undefined;
      if (held.length - at < count) join();
      const bytes = held.subarray(at, at + count);
      at += count;
      return bytes;
    },
    line() {
      let end = held.indexOf(newline, at);
      if (end < 0) {
        join();
        end = held.indexOf(newline, at);
      }
      if (end < 0) return undefined;
      const line = held.toString("utf8", at, end);
      at = end + 1;
      return line;
    },
    async more(expected = 0) {
      const piece = await inbox.next();
      behind.push(piece);
      size += piece.length;
      if (piece.length < many / 2 && expected - (size - at) > many) await inbox.rest();
    },
  };
}

function openInbox(
  child: ChildProcessWithoutNullStreams,
  ended: (code: number | null, stderr: string) => Error,
) {
  const arrived: Buffer[] = [];
  const stderr: Buffer[] = [];
  let failure: Error | undefined;
  let wake = () => {};

  const fail = (error: Error) => {
    failure ??= error;
    wake();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    arrived.push(chunk);
    wake();
  });
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.on("error", fail);
  child.on("close", (code) => {
    fail(ended(code, Buffer.concat(stderr).toString()));
  });

  // Pipes are sockets, though their types do not say so.
  const sockets = [child.stdin, child.stdout, child.stderr] as unknown as Socket[];
  // The process too: its pipes end before its exit code is known, and Node would not wait for that.
  const handles = [child, ...sockets];
  for (const handle of handles) handle.unref();

  return {
    async rest(): Promise<void> {
      child.stdout.pause();
      await new Promise((resolve) => setTimeout(resolve, 1));
      child.stdout.resume();
    },
    async next(): Promise<Buffer> {
      if (arrived.length === 0 && !failure) {
        for (const handle of handles) handle.ref();
        await new Promise<void>((resolve) => (wake = resolve));
        for (const handle of handles) handle.unref();
      }
      const piece = arrived.shift();
      if (piece) return piece;
      throw failure ?? new Error("woken without a reason");
    },
  };
}
