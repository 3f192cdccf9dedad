import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "./repository.js";

/**
 * The address that git would put on a commit.
 * @throws PromptSyncError `IDENTITY_MISSING`
 */
export async function committerAddress(repository: Repository): Promise<string> {
  const { code, stdout } = await repository.git.run(["var", "GIT_COMMITTER_IDENT"], { accept: [0, 128] });
  const address = /<([^>]*)>/.exec(stdout.toString())?.[1];
  if (code === 0 && address !== undefined && address !== "") return address;
  throw missingIdentity();
}

/** The error for a git that does not know who is committing. */
export function missingIdentity(): PromptSyncError {
  return new PromptSyncError("IDENTITY_MISSING", "git does not know who you are", {
    hint: 'git config --global user.name "Your Name"\ngit config --global user.email "you@example.com"',
  });
}
