import { existsSync } from "node:fs";
import { join } from "node:path";
import { mayHaveReplacements } from "./replacements.js";
import type { Repository } from "./repository.js";

/** Says whether a commit has the parents that it was made with: a shallow clone, grafts and replacements change them. */
export function isHistoryFixed({ shallow, commonDirectory, git }: Repository): boolean {
  const { GIT_GRAFT_FILE, GIT_SHALLOW_FILE } = git.environment;
  if (shallow || (GIT_GRAFT_FILE ?? GIT_SHALLOW_FILE) !== undefined) return false;
  return !existsSync(join(commonDirectory, "info/grafts")) && !mayHaveReplacements({ commonDirectory, git });
}
