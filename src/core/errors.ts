import { redact } from "./redact.js";

/**
 * What can be wrong with a run, one line a code: the exit code of the process and what the code means.
 * Exit 1: the answer is no. 2: it could not be done. 3: a bug of ours. 4: done here but not published.
 */
export const errorCodes = {
  USAGE: { exit: 2, meaning: "The command line has an option or argument that does not fit." },
  CONFIG_INVALID: { exit: 2, meaning: "`.promptsyncrc` does not hold what its schema asks for." },
  NOT_A_REPOSITORY: { exit: 2, meaning: "The folder is in no git repository." },
  NOT_INITIALIZED: { exit: 2, meaning: "The repository has no prompt registry yet." },
  FILE_NOT_FOUND: { exit: 2, meaning: "A named file or folder does not exist." },
  FILE_EXISTS: { exit: 2, meaning: "A file that would be made exists already." },
  FILE_UNREADABLE: {
    exit: 2,
    meaning: "A file exists but cannot be read: too large, not UTF-8, no permission.",
  },
  FILE_UNWRITABLE: {
    exit: 2,
    meaning: "A file cannot be written: the disk is full or read-only, or permission is missing.",
  },
  NAME_INVALID: { exit: 2, meaning: "A prompt, alias or other name does not match the naming rule." },
  VERSION_INVALID: { exit: 2, meaning: "A version is not a semantic version without build metadata." },
  REFERENCE_INVALID: {
    exit: 2,
    meaning: "A reference is not `name`, `name@version`, `name@range` or `name@alias`.",
  },
  PROMPT_NOT_FOUND: { exit: 2, meaning: "No prompt has this name." },
  VERSION_NOT_FOUND: { exit: 2, meaning: "The prompt has no such version, or none in the range." },
  ALIAS_NOT_FOUND: { exit: 2, meaning: "The prompt has no such alias." },
  CAPABILITY_NOT_FOUND: {
    exit: 2,
    meaning: "No prompt is linked to this capability under these conditions.",
  },
  CANARY_NOT_FOUND: { exit: 2, meaning: "No canary is on this alias of the prompt." },
  CANARY_CONFLICT: {
    exit: 2,
    meaning: "The canary that is there does not allow this: another version, paused, or at its last step.",
  },
  TENANT_NOT_FOUND: { exit: 2, meaning: "The tenant has no version of its own there." },
  FLAG_NOT_FOUND: { exit: 2, meaning: "No flag of this name was created." },
  FLAG_EXISTS: { exit: 2, meaning: "A flag of this name exists already." },
  EMERGENCY_NOT_FOUND: { exit: 2, meaning: "No emergency has this id." },
  EMERGENCY_EXISTS: { exit: 2, meaning: "An emergency with this id, or of the same alias, exists already." },
  OVERRIDE_NOT_FOUND: { exit: 2, meaning: "The chat, character or profile has no version of its own there." },
  NOTHING_TO_ROLL_BACK: { exit: 2, meaning: "The history holds nothing that the alias served before." },
  VERSION_IN_USE: { exit: 2, meaning: "The version is still named in `promptsync.yaml`." },
  REMOVAL_TOO_EARLY: {
    exit: 2,
    meaning: "The version is not deprecated, or its deadline has not passed.",
  },
  TARGETING_KEY_MISSING: { exit: 2, meaning: "A canary needs a key to choose an arm, and none was given." },
  NO_VERSION: {
    exit: 2,
    meaning: "Nothing is left to serve: no alias, no default, or only yanked versions.",
  },
  DRAFT_NOT_FOUND: { exit: 2, meaning: "There is no draft of this name, or no draft at all." },
  PROMPT_INVALID: { exit: 2, meaning: "A prompt file does not hold what its schema asks for." },
  STATE_INVALID: { exit: 2, meaning: "`promptsync.yaml` does not hold what its schema asks for." },
  VERSION_EXISTS: {
    exit: 2,
    meaning: "The version exists already with other content; versions never change.",
  },
  BUMP_TOO_SMALL: {
    exit: 1,
    meaning: "The change needs a larger step of the version than the one asked for.",
  },
  GATE_FAILED: { exit: 1, meaning: "The alias has gates, and they do not let the version pass." },
  TEMPLATE_SYNTAX: { exit: 2, meaning: "The template does not parse." },
  TEMPLATE_UNDEFINED: { exit: 2, meaning: "The template prints or uses a variable that has no value." },
  TEMPLATE_TYPE: {
    exit: 2,
    meaning: "The template applies an operation to a value that does not support it.",
  },
  TEMPLATE_LIMIT: {
    exit: 2,
    meaning: "Rendering went over a limit: operations, output, depth, time or source size.",
  },
  TEMPLATE_INCLUDE: { exit: 2, meaning: "An included template is missing, floating or includes itself." },
  ENRICHER_FAILED: { exit: 2, meaning: "A step that prepares the variables before rendering threw." },
  VARIABLE_INVALID: { exit: 2, meaning: "A given variable does not fit the prompt's input schema." },
  FINDING_NOT_FOUND: { exit: 2, meaning: "No finding of this run has the fingerprint." },
  EXPLANATION_NOT_FOUND: { exit: 2, meaning: "No rule and no error code has this name." },
  REVISION_NOT_FOUND: { exit: 2, meaning: "Git knows no such commit, tag or branch." },
  BASE_NOT_FOUND: {
    exit: 2,
    meaning: "There is no commit to compare with, so what must not change cannot be checked.",
  },
  WORK_IN_PROGRESS: { exit: 2, meaning: "A merge, rebase, cherry-pick or revert is not finished yet." },
  UNCOMMITTED_CHANGES: { exit: 2, meaning: "A file that the change touches has uncommitted edits." },
  IDENTITY_MISSING: { exit: 2, meaning: "Git does not know who is committing." },
  HOOK_REFUSED: { exit: 2, meaning: "A git hook refused the commit." },
  SIGNING_FAILED: { exit: 2, meaning: "The commit could not be signed." },
  LOCKED: { exit: 2, meaning: "Another process holds the repository's lock." },
  HEAD_MOVED: { exit: 2, meaning: "The branch moved while the change was being made." },
  PATH_UNSAFE: {
    exit: 2,
    meaning: "A path leaves the registry, goes through a link, or has a name that is not portable.",
  },
  GIT_FAILED: { exit: 2, meaning: "A git command ended with an error." },
  GIT_TOO_OLD: { exit: 2, meaning: "The installed git is older than 2.36." },
  SOURCE_UNREACHABLE: {
    exit: 2,
    meaning: "The folder, repository or bundle that prompts are read from is not there, or takes too long.",
  },
  SOURCE_INVALID: {
    exit: 2,
    meaning: "What prompts are read from is there, but holds no registry, or only a part of one.",
  },
  INTEGRITY_MISMATCH: { exit: 2, meaning: "A text is not the one that its digest was made of." },
  NOT_READY: { exit: 2, meaning: "A version was asked for without waiting, and is not in memory." },
  CLOSED: { exit: 2, meaning: "A manager was asked for a prompt after it was closed." },
  REMOTE_REJECTED: { exit: 4, meaning: "The commit is made here, but the remote did not take it." },
  REMOTE_UNREACHABLE: { exit: 4, meaning: "The commit is made here, but the remote could not be reached." },
  COMMIT_UNCERTAIN: {
    exit: 4,
    meaning: "The commit is made here, but the disk did not confirm that it will outlast a power cut.",
  },
  CHANGE_CONFLICT: {
    exit: 2,
    meaning: "Somebody else changed the same entry first; the intent no longer applies.",
  },
  INTERRUPTED: { exit: 130, meaning: "The run was interrupted." },
  INTERNAL: { exit: 3, meaning: "A bug in PromptSync." },
} as const satisfies Record<string, { exit: 1 | 2 | 3 | 4 | 130; meaning: string }>;

/** A key of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** What an error carries beside its code and message. Line and column are 1-based. */
export interface ErrorDetails {
  readonly hint?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly cause?: unknown;
  /** Plain values for machines, such as the findings behind the error. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

const brand = Symbol.for("promptsync.error");

/**
 * Something wrong with this run: a code for machines, a message that says what happened, a hint that says what
 * to type. Secrets in URLs are taken out of both. Recognised by {@link isPromptSyncError}, not by class, because two copies of the package may be loaded.
 */
export class PromptSyncError extends Error {
  override readonly name = "PromptSyncError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly file: string | undefined;
  /** 1-based. */
  readonly line: number | undefined;
  /** 1-based. */
  readonly column: number | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(redact(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint === undefined ? undefined : redact(details.hint);
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
    this.data = details.data;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Says whether a thrown value is a {@link PromptSyncError} of this or another copy of the package. */
export function isPromptSyncError(value: unknown): value is PromptSyncError {
  return typeof value === "object" && value !== null && brand in value;
}
