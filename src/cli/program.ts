import { Argument, Command, Option } from "commander";
import type * as Commander from "commander";
import { globalOptions, writeOptionsOf } from "../operations/common-options.js";
import type { OptionSpec } from "../operations/operation.js";
import type { AnyOperation, OperationEntry, OperationTable } from "../operations/table.js";
import { isOperation } from "../operations/table.js";
import { formatHelp, globalHeading } from "./help.js";
import type { Request } from "./request.js";
import { choiceError, commandLine, usageError } from "./usage-error.js";
import { globalsOf, inputOf } from "./values.js";

/**
 * Reads a command line against the table; loads the module of the one command it names, if any.
 * @throws PromptSyncError `USAGE`
 */
export async function readCommandLine(argv: readonly string[], table: OperationTable): Promise<Request> {
  let request: Request | undefined;
  const program = buildProgram(onlyNamed(argv, table), (found) => (request = found));
  try {
    await program.parseAsync(withoutHelpWord(argv), { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof Answer)) throw thrown;
    request = thrown.request;
  }
  if (!request) throw new Error(`no command came out of \`${argv.join(" ")}\``);
  return request;
}

/** The part of the table that a line can be about which begins with a command; the whole for every other line. */
function onlyNamed([first = ""]: readonly string[], table: OperationTable): OperationTable {
  if (!Object.hasOwn(table, first)) return table;
  return Object.fromEntries(Object.entries(table).filter(([words]) => words.split(" ", 1)[0] === first));
}

/** Turns `help alias set` into `alias set --help`, so that its module is loaded the same way. */
function withoutHelpWord(argv: readonly string[]): readonly string[] {
  const first = argv.findIndex((word) => !simpleFlags.has(word));
  return argv[first] === "help" ? [...argv.toSpliced(first, 1), "--help"] : argv;
}

/** The global options without a value. */
const simpleFlags = new Set(
  globalOptions.filter(({ flags }) => !flags.includes("<")).flatMap(({ flags }) => flags.split(", ")),
);

/** Ends the reading of a command line early: commander has nothing more to find out. */
class Answer extends Error {
  constructor(readonly request: Request) {
    super(request.kind);
  }
}

/** A commander command that neither prints nor exits: it throws an {@link Answer} or a `USAGE` error. */
class Words extends Command {
  /** The operation, once its module is loaded; undefined above the leaves. */
  operation: AnyOperation | undefined;

  override createCommand(name?: string): Words {
    return new Words(name);
  }

  override outputHelp(context?: unknown): never {
    const [word = "-"] = this.args;
    if (this.commands.length > 0 && !word.startsWith("-")) {
      // `psuh --help`: the word alone, read again, says what is wrong with it.
      this.parse([word], { from: "user" });
    }
    const globals = globalsOf(this);
    const isQuestion = this.parent === null && !globals.json; // `promptsync` alone asks what it is
    throw new Answer({
      kind: "help",
      globals,
      asked: isQuestion || !isForError(context),
      words: commandLine(this),
      text: (style) => formatHelp(this, this.operation, style),
    });
  }

  override error(message: string, options?: { readonly code?: string }): never {
    throw usageError(this, message, options?.code);
  }
}

/** Says whether commander shows the help because the line stops at a topic. */
function isForError(context: unknown): boolean {
  return typeof context === "object" && context !== null && "error" in context && context.error === true;
}

type Found = (request: Request) => void;

function buildProgram(table: OperationTable, found: Found): Words {
  const program = inner(new Words("promptsync"));
  program.description("The git-native registry for LLM prompts").usage("<command> [options]");
  program.addOption(new Option("-V, --version", "Print the version").helpGroup(globalHeading));
  program.on("option:version", () => {
    throw new Answer({ kind: "version" });
  });

  const entries = new Map<Commander.Command, OperationEntry>();
  const load = async (_parent: Commander.Command, command: Commander.Command) => {
    const entry = entries.get(command);
    if (entry && command instanceof Words) fill(command, (await entry.load()).default, found);
  };
  program.hook("preSubcommand", load);

  const topics = new Map<string, Commander.Command>();
  for (const [words, entry] of Object.entries(table)) {
    const [word = "", topic] = words.split(" ").reverse();
    const parent = topic === undefined ? program : topics.get(topic);
    if (!parent) throw new Error(`the table has \`${words}\` before \`${topic ?? ""}\``);
    const command = parent.command(word, { hidden: isOperation(entry) && entry.hidden === true });
    command.summary(entry.summary).description(entry.summary).helpCommand(false);
    command.helpOption("-h, --help", helpSummary).helpGroup(entry.group ?? "Commands");
    if (isOperation(entry)) entries.set(command, entry);
    else topics.set(words, inner(command).usage("<command> [options]").hook("preSubcommand", load));
  }
  return program;
}

const writeHeading = "Options for writing";
const helpSummary = "Show this help";

/** Prepares a command that has commands below it: its own options end where theirs begin. */
function inner<Kind extends Commander.Command>(command: Kind): Kind {
  command.enablePositionalOptions().helpCommand(false).helpOption("-h, --help", helpSummary);
  addGlobalOptions(command);
  return command;
}

function addGlobalOptions(command: Commander.Command): void {
  for (const spec of globalOptions) command.addOption(optionOf(spec).helpGroup(globalHeading));
}

/** Gives a leaf what its module declares. */
function fill(command: Words, operation: AnyOperation, found: Found): void {
  command.operation = operation;
  for (const { name, summary } of operation.arguments ?? []) command.addArgument(new Argument(name, summary));
  for (const spec of operation.options ?? []) command.addOption(optionOf(spec).helpGroup("Options"));
  for (const spec of writeOptionsOf(operation)) command.addOption(optionOf(spec).helpGroup(writeHeading));
  addGlobalOptions(command);
  command.action(() => {
    const [globals, input] = [globalsOf(command), inputOf(command)];
    found({ kind: "run", globals, words: commandLine(command), operation, input });
  });
}

function optionOf({
  flags,
  summary,
  choices,
  repeatable = false,
  required = false,
  default: preset,
}: OptionSpec): Commander.Option {
  const option = new Option(flags, repeatable ? `${summary} (can be repeated)` : summary);
  option.makeOptionMandatory(required);
  if (preset !== undefined) option.default(preset);
  if (choices) option.argChoices = [...choices];
  if (!choices && !repeatable) return option;
  return option.argParser<string | readonly string[] | undefined>((value, previous) => {
    if (choices && !choices.includes(value)) throw choiceError(option, value, choices);
    if (!repeatable && !option.variadic) return value;
    return Array.isArray(previous) ? [...(previous as string[]), value] : [value];
  });
}
