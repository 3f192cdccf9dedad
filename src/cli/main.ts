import { PromptSyncError } from "../core/errors.js";
import { operations } from "../operations/index.js";
import type { OperationTable } from "../operations/table.js";
import { escape, escapeDeep } from "../operations/text/escape.js";
import { createContext } from "./context.js";
import { exitCodeOf } from "./exit-codes.js";
import type { ExitCode } from "./exit-codes.js";
import { jsonDocument } from "./json-document.js";
import { readCommandLine } from "./program.js";
import { startProgress } from "./progress.js";
import { reportOf, reportText } from "./report.js";
import type { Globals, HelpRequest, RunRequest } from "./request.js";
import { streamStyle } from "./style.js";
import type { Terminal } from "./terminal.js";
import { packageVersion } from "./version.js";

/** Runs one command line (without `node` and the script) and returns the exit code of the process. */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  table: OperationTable = operations,
): Promise<ExitCode> {
  let globals = guessGlobals(argv);
  try {
    const request = await readCommandLine(argv, table);
    if (request.kind === "version") {
      terminal.stdout.write(`${packageVersion()}\n`);
      return 0;
    }
    globals = request.globals;
    return await (request.kind === "help" ? help(request, terminal) : run(request, terminal));
  } catch (thrown) {
    await printError(thrown, terminal, globals);
    return exitCodeOf(thrown);
  }
}

/** How to tell a user about a line that could not be read to its end. */
function guessGlobals(argv: readonly string[]): Globals {
  const end = argv.indexOf("--");
  const words = new Set(end < 0 ? argv : argv.slice(0, end));
  return { json: words.has("--json"), color: !words.has("--no-color"), quiet: false };
}

/** Prints help that was asked for to stdout; a line that stops at a topic gets it on stderr, and exit code 2. */
async function help({ asked, words, text, globals }: HelpRequest, terminal: Terminal): Promise<ExitCode> {
  if (!asked && globals.json)
    throw new PromptSyncError("USAGE", `\`${words}\` needs a command`, {
      hint: `\`${words} --help\` shows all commands`,
    });
  const output = asked ? terminal.stdout : terminal.stderr;
  const style = await streamStyle(output, terminal, globals);
  output.write(`${text(style)}\n`);
  return asked ? 0 : 2;
}

async function run({ operation, input, words, globals }: RunRequest, terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  const errorStyle = await streamStyle(stderr, terminal, globals);
  const progress = startProgress(globals.quiet ? undefined : stderr, words, errorStyle);
  const context = createContext(terminal, globals, (line) => {
    progress.stop();
    if (!globals.quiet) stderr.write(`${stderr.isTerminal ? escape(line) : line}\n`);
  });
  let result: unknown;
  try {
    result = await operation.run(input, context);
  } finally {
    progress.stop();
  }
  if (globals.json) stdout.write(jsonDocument(result));
  else {
    const style = await streamStyle(stdout, terminal, globals);
    // What came from files is made harmless before the words and colours of the answer are put around it.
    const text = operation.text(stdout.isTerminal ? escapeDeep(result) : result, style, input);
    if (text !== "") stdout.write(`${text}\n`);
  }
  return operation.exitCode?.(result, input) ?? 0;
}

async function printError(thrown: unknown, terminal: Terminal, globals: Globals): Promise<void> {
  const { stderr, environment } = terminal;
  const report = reportOf(thrown, { debug: environment.PROMPTSYNC_DEBUG === "1" });
  if (globals.json) return stderr.write(jsonDocument({ error: report }));
  const style = await streamStyle(stderr, terminal, globals);
  stderr.write(`${reportText(stderr.isTerminal ? escapeDeep(report) : report, style)}\n`);
}
