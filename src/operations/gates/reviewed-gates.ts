import type { Catalog } from "../../core/catalog.js";
import { assertStateReadable } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { jsonEquals } from "../../core/json.js";
import { emptyState, entryOf, type State } from "../../core/state/state.js";
import type { Workspace } from "../../store/workspace.js";

/**
 * The catalog whose gates count for changes to another one: that of its commit. A command that nobody could review
 * never runs, so a working tree in which the gates of an alias are edited is refused rather than judged by either.
 * Null on an unborn branch.
 * @throws PromptSyncError `UNCOMMITTED_CHANGES`, `STATE_INVALID`
 */
export async function reviewedCatalog(
  workspace: Workspace,
  catalog: Catalog,
  aliases: Iterable<string>,
): Promise<Catalog | null> {
  const { kind, commit } = catalog.origin;
  const reviewed = kind === "commit" ? catalog : commit === null ? null : await workspace.catalogAt(commit);
  if (reviewed !== null) assertStateReadable(reviewed);
  for (const alias of aliases) refuseEdited(reviewed?.state ?? emptyState, catalog.state, alias);
  return reviewed;
}

function refuseEdited(reviewed: State, edited: State, alias: string): void {
  const [was, is] = [reviewed, edited].map((state) => {
    const name = entryOf(state.aliases, alias)?.gates;
    return name === undefined ? null : [name, entryOf(state.gates, name) ?? null];
  });
  if (jsonEquals(was, is)) return;
  throw new PromptSyncError(
    "UNCOMMITTED_CHANGES",
    `the gates of \`${alias}\` are edited in promptsync.yaml, and the edit is not committed`,
    { hint: "commit it first: gates run as the last commit defines them" },
  );
}
