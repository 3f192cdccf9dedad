import type { Style } from "../operations/operation.js";
import type { AnyOperation } from "../operations/table.js";

/** The options that every command takes, with their answers. */
export interface Globals {
  /** `-C`: as typed. */
  readonly directory?: string;
  /** `--config`: as typed. */
  readonly config?: string;
  readonly json: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
}

/** What a command line asks for. */
export type Request = { readonly kind: "version" } | HelpRequest | RunRequest;

export interface HelpRequest {
  readonly kind: "help";
  readonly globals: Globals;
  /** False when the line stopped at a topic such as `alias`, where a command was expected. */
  readonly asked: boolean;
  /** Such as `promptsync alias`. */
  readonly words: string;
  /** No trailing line break. */
  readonly text: (style: Style) => string;
}

export interface RunRequest {
  readonly kind: "run";
  readonly globals: Globals;
  /** Such as `promptsync alias set`. */
  readonly words: string;
  readonly operation: AnyOperation;
  readonly input: Readonly<Record<string, unknown>>;
}
