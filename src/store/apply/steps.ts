/**
 * The effects of applying a plan, in their order; each name is announced right before its effect. `write file` and
 * `name file` come once a file. What happens between two names is one system call, or one git process, that changes
 * something.
 */
type Step =
  | "store objects"
  | "make commit"
  | "take lock"
  | "take index lock"
  | "write journal"
  | "write file"
  | "name file"
  | "run hooks"
  | "lock branch"
  | "write index"
  | "move branch"
  | "drop index lock"
  | "drop journal"
  | "drop lock"
  | "run post-commit";

/** Is told of each effect before it happens; what it throws stops the change there, and all is undone. */
export type OnStep = (step: Step, path?: string) => void | Promise<void>;
