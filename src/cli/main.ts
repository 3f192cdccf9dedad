import { operations } from "../operations/index.js";
import type { OperationTable } from "../operations/table.js";
import type { ExitCode } from "./exit-codes.js";
import { readCommandLine } from "./program.js";
import type { Globals, HelpRequest } from "./request.js";
import { streamStyle } from "./style.js";
import type { Terminal } from "./terminal.js";
import { commandMissing } from "./usage-error.js";

/**
 * Runs one command line (without `node` and the script) and returns the exit code of the process. What only some
 * lines need is loaded when they do: help is asked for more often than anything else.
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  table: OperationTable = operations,
): Promise<ExitCode> {
  let globals = guessGlobals(argv);
  try {
    const request = await readCommandLine(argv, table);
    if (request.kind === "version") return await version(terminal);
    globals = request.globals;
    if (request.kind === "help") return await help(request, terminal);
    const { run } = await import("./run.js");
    return await run(request, terminal);
  } catch (thrown) {
    const { printError } = await import("./report.js");
    return printError(thrown, terminal, globals);
  }
}

/** How to tell a user about a line that could not be read to its end. */
function guessGlobals(argv: readonly string[]): Globals {
  const end = argv.indexOf("--");
  const words = new Set(end < 0 ? argv : argv.slice(0, end));
  return { json: words.has("--json"), color: !words.has("--no-color"), quiet: false };
}

async function version(terminal: Terminal): Promise<ExitCode> {
  const { packageVersion } = await import("./version.js");
  terminal.stdout.write(`${packageVersion()}\n`);
  return 0;
}

/** Prints help that was asked for to stdout; a line that stops at a topic gets it on stderr, and exit code 2. */
async function help({ asked, words, text, globals }: HelpRequest, terminal: Terminal): Promise<ExitCode> {
  if (!asked && globals.json) throw commandMissing(words);
  const output = asked ? terminal.stdout : terminal.stderr;
  output.write(`${text(await streamStyle(output, terminal, globals))}\n`);
  return asked ? 0 : 2;
}
