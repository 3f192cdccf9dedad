import { main } from "../../src/cli/main.js";
import type { Terminal } from "../../src/cli/terminal.js";
import type { OperationTable } from "../../src/operations/table.js";

/** A world for one run; what is left out is a pipe in an empty environment. */
export interface World {
  /** Columns of a terminal at all three streams; undefined: they are pipes. */
  readonly columns?: number;
  readonly stdin?: string;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly now?: Date;
}

/** A terminal that keeps what is written to it. */
export function testTerminal(
  world: World = {},
): Terminal & { readonly written: { stdout: string; stderr: string } } {
  const {
    columns,
    stdin = "",
    directory = "/work",
    environment = {},
    now = new Date("2026-11-02T10:00:00Z"),
  } = world;
  const isTerminal = columns !== undefined;
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written) => ({
    write: (text: string) => void (written[name] += text),
    isTerminal,
    columns,
  });
  return {
    stdout: output("stdout"),
    stderr: output("stderr"),
    stdin: { isTerminal, read: () => Promise.resolve(stdin) },
    directory,
    environment,
    now: () => now,
    written,
  };
}

/** One run of the command line in this process. */
export interface Transcript {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs `promptsync` with these words; without a table, with the real one. */
export async function promptsync(
  argv: readonly string[],
  world: World = {},
  table?: OperationTable,
): Promise<Transcript> {
  const terminal = testTerminal(world);
  const exitCode = await main(argv, terminal, table);
  return { ...terminal.written, exitCode };
}

/** A run as a reader of a test sees it: the answer, then stderr behind `2>`, then the exit code when it is not 0. */
export function transcript({ stdout, stderr, exitCode }: Transcript): string {
  const marked = stderr.replace(/^(?=.)/gm, "2> ");
  return `\n${stdout}${marked}${exitCode === 0 ? "" : `exit ${String(exitCode)}\n`}`;
}
