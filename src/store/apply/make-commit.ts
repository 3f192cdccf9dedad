import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { missingIdentity } from "../git/identity.js";
import type { Repository } from "../git/repository.js";
import type { CommitDates } from "./commit-date.js";
import { syncedGit } from "./durable.js";

/** A commit that no ref names yet. */
export interface CommitRequest {
  readonly tree: string;
  readonly parent: string | null;
  readonly message: string;
  readonly dates: CommitDates;
  /** Whether the user's configuration asks for signatures: `commit-tree` does not look by itself. */
  readonly sign: boolean;
}

/**
 * Makes a commit object and returns its id. Nothing else changes, so a missing identity or a broken signer is found
 * before anything is touched. Durable only after `syncObjects`.
 * @throws PromptSyncError `IDENTITY_MISSING`, `SIGNING_FAILED`, `GIT_FAILED`
 */
export async function makeCommit(repository: Repository, request: CommitRequest): Promise<string> {
  const { tree, parent, message, dates, sign } = request;
  const args = [
    ...syncedGit,
    // Our messages are UTF-8, whatever the repository writes by itself.
    ...["-c", "i18n.commitEncoding=UTF-8"],
    ...["commit-tree", tree, ...(parent === null ? [] : ["-p", parent])],
    ...(sign ? ["-S"] : ["--no-gpg-sign"]),
  ];
  try {
    // No time limit: a signer may ask for a passphrase.
    const { stdout } = await repository.git.run(args, {
      input: message,
      environment: { ...dates },
      timeLimit: 0,
    });
    return stdout.toString().trim();
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    throw (await askIdentity(repository)) ?? (sign ? signingFailed(error) : error);
  }
}

async function askIdentity(repository: Repository): Promise<PromptSyncError | null> {
  for (const name of ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"]) {
    const { code } = await repository.git.run(["var", name], { accept: [0, 128] });
    if (code === 0) continue;
    return missingIdentity();
  }
  return null;
}

function signingFailed(cause: PromptSyncError): PromptSyncError {
  return new PromptSyncError("SIGNING_FAILED", "the commit could not be signed; nothing was changed", {
    hint: cause.hint ?? "try `git commit --allow-empty -S` to see why",
    cause,
  });
}
