import { escape, escapeDeep } from "../operations/text/escape.js";
import { createContext } from "./context.js";
import type { ExitCode } from "./exit-codes.js";
import { jsonDocument } from "./json-document.js";
import { startProgress } from "./progress.js";
import type { RunRequest } from "./request.js";
import { streamStyle } from "./style.js";
import type { Terminal } from "./terminal.js";

/** Runs the operation of a command line and prints its answer: text, or one JSON document. */
export async function run(request: RunRequest, terminal: Terminal): Promise<ExitCode> {
  const { operation, input, globals } = request;
  const result = await resultOf(request, terminal);
  const { stdout } = terminal;
  if (globals.json) stdout.write(jsonDocument(result));
  else {
    const style = await streamStyle(stdout, terminal, globals);
    // What came from files is made harmless before the words and colours of the answer are put around it.
    const text = await operation.text(stdout.isTerminal ? escapeDeep(result) : result, style, input);
    if (text !== "") stdout.write(`${text}\n`);
  }
  return operation.exitCode?.(result, input) ?? 0;
}

async function resultOf(
  { operation, input, words, globals }: RunRequest,
  terminal: Terminal,
): Promise<unknown> {
  const { stderr } = terminal;
  const style = await streamStyle(stderr, terminal, globals);
  const progress = startProgress(globals.quiet ? undefined : stderr, words, style);
  const say = (line: string) => {
    progress.stop();
    if (!globals.quiet) stderr.write(`${stderr.isTerminal ? escape(line) : line}\n`);
  };
  // With --json an error is the only document on stderr: notes wait until there is none.
  const waiting: string[] = [];
  const note = globals.json ? (line: string) => void waiting.push(line) : say;
  const context = createContext(terminal, globals, { note, progress: progress.update });
  try {
    const result = await operation.run(input, context);
    waiting.forEach(say);
    return result;
  } finally {
    progress.stop();
    await context.close();
  }
}
