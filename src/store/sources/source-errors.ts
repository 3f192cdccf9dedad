import { isPromptSyncError, PromptSyncError, type ErrorCode, type ErrorDetails } from "../../core/errors.js";

const checkAddress = "check the address and that it can be read from here; the next refresh asks again";

/** The error for a source that is not there or takes too long. */
export function sourceUnreachable(label: string, why: string, details: ErrorDetails = {}): PromptSyncError {
  const hint = checkAddress;
  return new PromptSyncError("SOURCE_UNREACHABLE", `\`${label}\` ${why}`, { hint, ...details });
}

/** The error for a source that is there and is no registry. */
export function sourceInvalid(label: string, why: string, details: ErrorDetails = {}): PromptSyncError {
  const hint = "name a registry folder, a repository with one, or what `promptsync export` wrote";
  return new PromptSyncError("SOURCE_INVALID", `\`${label}\` ${why}`, { hint, ...details });
}

/** The error for a text that is not the one that was promised. */
export function integrityMismatch(label: string, what: string, details: ErrorDetails = {}): PromptSyncError {
  const hint =
    "the text was changed on its way or in its place: export it again, or read it from where it was";
  return new PromptSyncError(
    "INTEGRITY_MISMATCH",
    `\`${what}\` in \`${label}\` is not what its digest was made of`,
    { hint, ...details },
  );
}

/** What an error of the registry's commands means for somebody who only reads: it is not there, or it is none. */
const meanings: Partial<Record<ErrorCode, "SOURCE_UNREACHABLE" | "SOURCE_INVALID">> = {
  FILE_NOT_FOUND: "SOURCE_UNREACHABLE",
  REVISION_NOT_FOUND: "SOURCE_UNREACHABLE",
  GIT_FAILED: "SOURCE_UNREACHABLE",
  GIT_TOO_OLD: "SOURCE_UNREACHABLE",
  NOT_A_REPOSITORY: "SOURCE_INVALID",
  CONFIG_INVALID: "SOURCE_INVALID",
  PATH_UNSAFE: "SOURCE_INVALID",
  FILE_UNREADABLE: "SOURCE_INVALID",
};

/** The same error in the words of a source; one that has no other meaning there is returned as it is. */
export function asSourceError(error: unknown, label: string): unknown {
  if (!isPromptSyncError(error)) return error;
  const code = meanings[error.code];
  if (code === undefined) return error;
  const { file, line, column } = error;
  const hint = error.code === "FILE_NOT_FOUND" ? checkAddress : error.hint; // its own speaks of the command line
  const details = { hint, file, line, column, cause: error };
  return new PromptSyncError(code, `\`${label}\` cannot be read: ${error.message}`, details);
}
