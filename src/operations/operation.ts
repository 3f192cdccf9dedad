import type { Workspace, WorkspaceOptions } from "../store/workspace.js";

/** A positional argument in commander's spelling: `<name>`, `[name]`, `<refs...>`, `[names...]`. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
}

/** An option in commander's spelling, such as `-a, --alias <name>` or `--version <refs...>`. */
export interface OptionSpec {
  readonly flags: string;
  /** Imperative, one line, no full stop. */
  readonly summary: string;
  readonly choices?: readonly string[];
  /** The option may be given again; its value is then a list. The help says so. */
  readonly repeatable?: boolean;
  /** The command cannot do without it. */
  readonly required?: boolean;
  readonly default?: string;
}

/** Colours with a meaning; identity functions when colour is off. */
export interface Style {
  /** Stop. */
  readonly red: (text: string) => string;
  /** Look. */
  readonly yellow: (text: string) => string;
  /** Done. */
  readonly green: (text: string) => string;
  /** Detail. */
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  /** Names: prompts, versions, aliases. */
  readonly cyan: (text: string) => string;
  /** Columns of the terminal, or undefined when the output is no terminal: nothing is cut or wrapped then. */
  readonly width: number | undefined;
}

/** What an operation may ask of the world. */
export interface Context {
  /** Opens the workspace on first use; throws `NOT_A_REPOSITORY`, `CONFIG_INVALID`. */
  readonly workspace: () => Promise<Workspace>;
  /** The version of this package. */
  readonly toolVersion: string;
  /** The moment of the run. */
  readonly now: Date;
  /** The folder the user stands in (or `-C`), absolute. */
  readonly directory: string;
  /** How the workspace is opened, for what has to work when it cannot be. */
  readonly place: WorkspaceOptions;
  /** All of standard input as text. */
  readonly stdin: () => Promise<string>;
  /** Says one line to the user beside the answer (stderr). */
  readonly note: (line: string) => void;
  /** Says how far long work is: shown on a terminal once a second has passed, and nowhere else. */
  readonly progress: (words: string) => void;
  /** Says that work comes that makes much garbage: until the end of the run, memory counts more than time. */
  readonly spareMemory: () => Promise<void>;
}

/** The options that every writing operation takes; the CLI adds their flags. */
export interface WriteInput {
  readonly dryRun?: boolean;
  readonly message?: string;
  readonly reason?: string;
  /** False when `--no-commit` was given. */
  readonly commit?: boolean;
  readonly remote?: boolean;
}

/**
 * Something PromptSync can do. `Input` holds the arguments by their name and the options by their camel-case name;
 * `Result` is the JSON document that `--json` prints.
 */
export interface Operation<Input = never, Result = unknown> {
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** At least two real command lines, each with what it does. */
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** Takes {@link WriteInput} too. */
  readonly writes?: boolean;
  /** Longer help, shown between the usage and the options. */
  readonly description?: string;
  readonly run: (input: Input, context: Context) => Promise<Result>;
  /** The answer for people: what goes to stdout without `--json`; no trailing line break, empty for nothing. */
  readonly text: (result: Result, style: Style, input: Input) => string | Promise<string>;
  /** 1 when the answer is no, 2 when there is only half an answer; 0 when left out. */
  readonly exitCode?: (result: Result, input: Input) => 0 | 1 | 2;
}

/** Declares an operation; exists for type inference only. */
export function operation<Input, Result>(definition: Operation<Input, Result>): Operation<Input, Result> {
  return definition;
}
