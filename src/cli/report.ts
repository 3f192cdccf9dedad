import { isPromptSyncError } from "../core/errors.js";
import type { ErrorCode, PromptSyncError } from "../core/errors.js";
import type { Style } from "../operations/operation.js";
import { escapeDeep } from "../operations/text/escape.js";
import { exitCodeOf } from "./exit-codes.js";
import type { ExitCode } from "./exit-codes.js";
import { jsonDocument } from "./json-document.js";
import type { Globals } from "./request.js";
import { streamStyle } from "./style.js";
import type { Terminal } from "./terminal.js";

/** What an error says: the same facts for people and for programs. */
interface Report {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Only on request. */
  readonly stack?: string;
}

/** Prints a thrown value to stderr: lines for people, or one JSON document. Returns the exit code it stands for. */
export async function printError(thrown: unknown, terminal: Terminal, globals: Globals): Promise<ExitCode> {
  const { stderr, environment } = terminal;
  const report = reportOf(thrown, { debug: environment.PROMPTSYNC_DEBUG === "1" });
  if (globals.json) stderr.write(jsonDocument({ error: report }));
  else {
    const style = await streamStyle(stderr, terminal, globals);
    stderr.write(`${reportText(stderr.isTerminal ? escapeDeep(report) : report, style)}\n`);
  }
  return exitCodeOf(thrown);
}

/** The facts of a thrown value; what is no error of ours is a bug of ours. */
function reportOf(thrown: unknown, { debug }: { readonly debug: boolean }): Report {
  const facts = isPromptSyncError(thrown) ? factsOf(thrown) : bug(thrown);
  return debug ? { ...facts, stack: stackOf(thrown) } : facts;
}

function factsOf({ code, message, hint, file, line, column, data }: PromptSyncError): Report {
  const place = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
  return {
    code,
    message,
    hint: hint ?? null,
    ...place,
    ...(column !== undefined && { column }),
    ...(data && { data }),
  };
}

function bug(thrown: unknown): Report {
  return {
    code: "INTERNAL" satisfies ErrorCode,
    message: thrown instanceof Error ? thrown.message : String(thrown),
    hint: "this is a bug in PromptSync: run again with PROMPTSYNC_DEBUG=1 and report the command and its output",
  };
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const stack = thrown.stack ?? thrown.message;
  return thrown.cause === undefined ? stack : `${stack}\ncaused by: ${stackOf(thrown.cause)}`;
}

/**
 * The lines for people: `error: <file>:<line>:<column> <message> [CODE]`, then `hint: …`; further lines of either
 * are indented.
 */
function reportText({ code, message, hint, file, line, column, stack }: Report, style: Style): string {
  const [first = "", ...rest] = message.split("\n");
  const isSaid = line === undefined && (file === undefined || first.includes(`\`${file}\``));
  const place = isSaid ? "" : `${[file, line, column].filter((part) => part !== undefined).join(":")} `;
  const lines = [
    `${style.red("error:")} ${style.bold(place)}${first} ${style.dim(`[${code}]`)}`,
    ...rest.map(indent),
  ];
  if (hint !== null) lines.push(`${style.yellow("hint:")} ${hint.split("\n").join("\n  ")}`);
  if (stack !== undefined) lines.push(style.dim(stack));
  return lines.join("\n");
}

const indent = (line: string) => `  ${line}`;
