import type { Workspace } from "../../store/workspace.js";

/** Says that the clone lacks the older history, which no answer out of it may hide; undefined when it has all. */
export function shallowNote({ repository }: Pick<Workspace, "repository">): string | undefined {
  if (!repository.shallow) return undefined;
  return "this clone is shallow: what is older is told as if its first commit had made it; `git fetch --unshallow` brings the rest";
}
