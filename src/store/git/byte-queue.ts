import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";

/** Reads what a long-lived process prints, by count or up to a byte, as it arrives. One reader at a time. */
export interface ByteQueue {
  /** The next `count` bytes. */
  take(count: number): Promise<Buffer>;
  /** Everything up to and with the next `byte`. */
  through(byte: number): Promise<Buffer>;
}

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

  const cut = (count: number) => {
    const bytes = held.subarray(0, count);
    held = held.subarray(count);
    return bytes;
  };

  return {
    async take(count) {
      // Joined once, when everything is there: a large object arrives in many pieces.
      const pieces = [held];
      for (let size = held.length; size < count;) {
        const piece = await inbox.next();
        pieces.push(piece);
        size += piece.length;
      }
      if (pieces.length > 1) held = Buffer.concat(pieces);
      return cut(count);
    },
    async through(byte) {
      let at = held.indexOf(byte);
      while (at < 0) {
        const seen = held.length;
        held = Buffer.concat([held, await inbox.next()]);
        at = held.indexOf(byte, seen);
      }
      return cut(at + 1);
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
