import type { Catalog } from "../../core/catalog.js";
import { assertStateReadable } from "../../core/catalog.js";
import { jsonEquals } from "../../core/json.js";
import { emptyState, entryOf } from "../../core/state/state.js";
import { movesBetween, servedToday } from "../../core/state/moves-between.js";
import { requireAlias } from "../../plans/known-alias.js";
import { pinAll } from "../../plans/pin-references.js";
import type { Context } from "../operation.js";
import { reviewedCatalog } from "./reviewed-gates.js";
import type { GateRequest } from "./run-gates.js";

/**
 * What is judged when versions are named for an alias, by the gates of the last commit.
 * @throws PromptSyncError `ALIAS_NOT_FOUND`, `UNCOMMITTED_CHANGES`, and what `pinAll` throws
 */
export async function gateRefs(
  context: Context,
  catalog: Catalog,
  { references, alias }: { readonly references: readonly string[]; readonly alias: string },
): Promise<GateRequest> {
  requireAlias(catalog, alias);
  const pinned = pinAll(catalog, references);
  const reviewed = await reviewedCatalog(await context.workspace(), catalog, [alias]);
  if (entryOf(reviewed?.state.aliases, alias)?.gates === undefined)
    context.note(`alias \`${alias}\` asks for no gates`);
  return {
    moves: [...pinned].map(([prompt, version]) => ({
      prompt,
      version,
      alias,
      baseline: servedToday(catalog.state, { prompt, alias }),
    })),
    gates: reviewed?.state ?? emptyState,
    catalogs: reviewed === null ? [catalog] : [reviewed, catalog],
    soakFrom: reviewed?.origin.commit ?? null,
  };
}

/**
 * What is judged when everything since a base is: its moves, by the gates of the base's newest commit, so that a
 * change cannot loosen the gates that it has to pass. Gates that the change brings or edits count from the next one.
 * @throws PromptSyncError `REVISION_NOT_FOUND`, `BASE_NOT_FOUND`, `STATE_INVALID`
 */
export async function gateSince(context: Context, catalog: Catalog, asked: string): Promise<GateRequest> {
  const workspace = await context.workspace();
  const base = await workspace.base(asked);
  if (base.sha === null) {
    context.note("there is no commit before this one: no gates were agreed on yet");
    return { moves: [], gates: emptyState, catalogs: [], soakFrom: null };
  }
  const tip = base.tip ?? base.sha;
  const [before, today, head] = await Promise.all(
    [base.sha, tip, catalog.origin.commit ?? tip].map((commit) => workspace.catalogAt(commit)),
  );
  if (before === undefined || today === undefined || head === undefined) throw new TypeError("no catalog");
  for (const it of [before, today]) assertStateReadable(it);
  const moves = movesBetween(before.state, catalog.state, today.state);
  for (const alias of new Set(moves.map((move) => move.alias))) {
    const [agreed, edited] = [today, catalog].map(({ state }) => {
      const name = entryOf(state.aliases, alias)?.gates;
      return name === undefined ? null : [name, entryOf(state.gates, name) ?? null];
    });
    if (jsonEquals(agreed, edited)) continue;
    const what = agreed === null ? "it had none at" : "those that are run are of";
    context.note(`the gates of \`${alias}\` change here; ${what} ${base.ref}`);
  }
  return {
    moves,
    gates: today.state,
    catalogs: [head, catalog, today],
    soakFrom: tip,
    signedSince: base.sha,
  };
}
