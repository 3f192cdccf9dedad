import { fstatSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import process from "node:process";

/** A stream that people or programs read. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined when it is none. */
  readonly columns: number | undefined;
}

/** The world that the command line talks to; the tests have a twin of it. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: {
    readonly isTerminal: boolean;
    /** Everything until the end of the stream. */
    readonly read: () => Promise<string>;
  };
  /** The working directory, absolute. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    stdout: output(1, () => process.stdout),
    stderr: output(2, () => process.stderr),
    stdin: {
      get isTerminal() {
        return process.stdin.isTTY;
      },
      read: readStdin,
    },
    directory: process.cwd(),
    environment: process.env,
    now: () => new Date(),
  };
}

/** A stream by its descriptor. Node's own stream is opened when it is needed: opening takes as long as most commands. */
function output(descriptor: 1 | 2, open: () => NodeJS.WriteStream): Output {
  const stream = mayBeTerminal(descriptor) ? open() : undefined;
  return {
    write: (text) => {
      if (stream === undefined) writeWhole(descriptor, Buffer.from(text), open);
      else stream.write(text);
    },
    isTerminal: stream?.isTTY === true,
    get columns() {
      return stream?.isTTY === true ? stream.columns : undefined;
    },
  };
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    const file = fstatSync(descriptor);
    return file.isCharacterDevice() && file.rdev !== statSync(devNull).rdev;
  } catch {
    return true; // closed, or unknown here: Node knows what to do
  }
}

function writeWhole(descriptor: number, bytes: Buffer, open: () => NodeJS.WriteStream): void {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A full pipe that does not block is waited for; a reader that has gone has read enough.
    if (code === "EAGAIN") open().write(rest);
    else if (code !== "EPIPE") throw error;
  }
}

async function readStdin(): Promise<string> {
  process.stdin.setEncoding("utf8");
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  return text;
}
