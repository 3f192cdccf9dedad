import { globalOptions, writeOptionsOf } from "../common-options.js";
import type { ArgumentSpec, OptionSpec } from "../operation.js";
import type { OperationTable } from "../table.js";
import { isOperation } from "../table.js";

/** What only the repository knows; `promptsync complete <source>` prints it. */
export type Source = "prompts" | "references" | "aliases";

/** What can stand in one place: fixed words, something from the repository or the disk, or anything. */
export type Candidates = readonly string[] | Source | "files" | "folders" | "anything";

export interface GrammarOption {
  /** Short before long, such as `-a` and `--alias`. */
  readonly flags: readonly string[];
  readonly summary: string;
  /** Undefined for an option without a value. */
  readonly value: Candidates | undefined;
  readonly repeatable: boolean;
}

export interface GrammarArgument {
  readonly name: string;
  readonly candidates: Candidates;
  /** The last argument takes all words that follow. */
  readonly variadic: boolean;
}

/** A command or topic as a shell needs to know it; the program itself has no words. */
export interface GrammarCommand {
  readonly words: string;
  readonly summary: string;
  /** Without the global ones. */
  readonly options: readonly GrammarOption[];
  readonly arguments: readonly GrammarArgument[];
}

/** The command line as data for the generators of completion scripts. */
export interface Grammar {
  /** In the order of the help. */
  readonly commands: readonly GrammarCommand[];
  readonly globals: readonly GrammarOption[];
}

/** Loads every command of the table and describes what it takes. */
export async function readGrammar(table: OperationTable): Promise<Grammar> {
  const commands: GrammarCommand[] = [];
  for (const [words, entry] of Object.entries(table)) {
    if (isOperation(entry) && entry.hidden) continue;
    const known = { words, summary: entry.summary };
    if (!isOperation(entry)) commands.push({ ...known, options: [], arguments: [] });
    else {
      const { default: operation } = await entry.load();
      const options = [...(operation.options ?? []), ...writeOptionsOf(operation)].map(readOption);
      commands.push({ ...known, options, arguments: (operation.arguments ?? []).map(readArgument) });
    }
  }
  const help: OptionSpec = { flags: "-h, --help", summary: "Show the help" };
  return { commands, globals: [...globalOptions, help].map(readOption) };
}

/** The commands directly below some words; `""` stands for the program. */
export function commandsBelow(
  { commands }: Grammar,
  words: string,
): readonly (GrammarCommand & { word: string })[] {
  const start = words === "" ? "" : `${words} `;
  return commands
    .filter((command) => command.words.startsWith(start) && !command.words.slice(start.length).includes(" "))
    .map((command) => ({ ...command, word: command.words.slice(start.length) }));
}

function readOption({ flags, summary, choices, repeatable = false }: OptionSpec): GrammarOption {
  const names = flags.match(/(?<![\w-])--?[A-Za-z][\w-]*/g) ?? [];
  const value = /[<[]([\w-]+)/.exec(flags)?.[1];
  const known = value === undefined ? undefined : (choices ?? candidatesOf(names.at(-1) ?? "", value));
  return { flags: names, summary, value: known, repeatable };
}

function readArgument({ name }: ArgumentSpec): GrammarArgument {
  const bare = name.replace(/[^\w-]/g, "");
  return { name: bare, candidates: candidatesOf(bare), variadic: name.includes("...") };
}

/** What the words in `<…>` mean to a shell; an option's own name, where it says more, comes first. */
const meanings: Readonly<Record<string, Candidates>> = {
  "--alias": "aliases",
  "--from": "aliases",
  alias: "aliases",
  name: "prompts",
  names: "prompts",
  ref: "references",
  refs: "references",
  what: "references",
  file: "files",
  path: "files",
  paths: "files",
  dir: "folders",
  shell: ["bash", "zsh", "fish"],
};

function candidatesOf(...names: readonly string[]): Candidates {
  const name = names.find((one) => Object.hasOwn(meanings, one));
  return (name === undefined ? undefined : meanings[name]) ?? "anything";
}
