import type { Operation } from "./operation.js";

/** An operation whose input and result are known only to itself. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `any` stands for "some input, some result"
export type AnyOperation = Operation<any, any>;

/** One command: a line in the help and the module that does it, loaded when it is asked for. */
export interface OperationEntry {
  /** The heading in the root help; words below a topic stand under the topic's heading. */
  readonly group?: string;
  /** Imperative, one line, no full stop. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly default: AnyOperation }>;
  /** For machines, such as shell completion: no help mentions it. */
  readonly hidden?: boolean;
}

/** A word that only holds commands below it, such as `alias` above `alias set`. */
export interface TopicEntry {
  readonly group?: string;
  readonly summary: string;
}

/** All commands by their full words, in the order of the help: `push`, `alias`, `alias set`. */
export type OperationTable = Readonly<Record<string, OperationEntry | TopicEntry>>;

/** Says whether an entry of the table does something itself. */
export function isOperation(entry: OperationEntry | TopicEntry): entry is OperationEntry {
  return "load" in entry;
}
