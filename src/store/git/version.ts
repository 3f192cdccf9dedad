import { PromptSyncError } from "../../core/errors.js";
import type { Git } from "./run.js";

/** The error for a git that does not know what ours needs; asks git for its version. */
export async function tooOld(git: Git): Promise<PromptSyncError> {
  const version = (await git.run(["version"])).stdout.toString().trim();
  return new PromptSyncError("GIT_TOO_OLD", `${version} is older than 2.36`, {
    hint: "install git 2.36 or newer",
  });
}
