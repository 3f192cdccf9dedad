import { errorCodes, isPromptSyncError } from "../core/errors.js";

/** What the exit code of the process means; the codes of errors stand in `core/errors.ts`. */
export const exitCodes = {
  0: "done",
  1: "the answer is no",
  2: "could not be done",
  3: "a bug in PromptSync",
  4: "done here, not published",
  130: "interrupted",
} as const;

export type ExitCode = keyof typeof exitCodes;

/** The exit code of a thrown value; what is no error of ours is a bug of ours. */
export function exitCodeOf(thrown: unknown): ExitCode {
  if (!isPromptSyncError(thrown)) return errorCodes.INTERNAL.exit;
  // Another copy of the package may know codes that this one does not.
  const isKnown = Object.hasOwn(errorCodes, thrown.code);
  return errorCodes[isKnown ? thrown.code : "INTERNAL"].exit;
}
