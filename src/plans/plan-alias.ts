import { assertStateReadable, stateOf, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { checkName } from "../core/name.js";
import type { StateEdit } from "../core/plan.js";
import { parseReference } from "../core/reference.js";
import { entryOf, idsOf } from "../core/state/state.js";
import type { Words } from "./commit-message.js";
import { armOf, unknownAlias } from "./known-alias.js";
import { pinAll, refuseYanked } from "./pin-references.js";
import { aboutChanges, planChanges, type PlannedChanges, type StateChange } from "./state-change.js";

/** A move of a prompt's alias. */
export interface AliasMove extends StateChange {
  readonly prompt: string;
  readonly alias: string;
}

/** What `alias set` asks for: references or bare versions, or everything that another alias serves. */
export interface AliasSetRequest extends Words {
  readonly alias: string;
  readonly references: readonly string[];
  readonly from?: string | undefined;
}

/**
 * Plans to move an alias: every reference is pinned to the version it means now; all moves are one commit.
 * @throws PromptSyncError `NAME_INVALID`, `USAGE`, `VERSION_NOT_FOUND`, `ALIAS_NOT_FOUND` and what
 * `resolve` throws
 */
export function planAliasSet(catalog: Catalog, request: AliasSetRequest): PlannedChanges {
  assertStateReadable(catalog);
  const alias = checkName("alias", request.alias);
  const targets =
    request.from === undefined ? pinAll(catalog, request.references) : copied(catalog, request, request.from);
  if (targets.size === 0) {
    throw new PromptSyncError("USAGE", "nothing was named to move the alias to", {
      hint: `\`promptsync alias set ${alias} <name>@<version>\`, a bare version, or \`--from <alias>\``,
    });
  }
  const moves = aliasMoves(catalog, alias, targets);
  return planMoves(catalog, moves, `alias set ${alias} ${aboutChanges(moves)}`, request);
}

/** The moves that bring an alias to the versions by prompt; prompts that it serves already are left out. */
export function aliasMoves(
  catalog: Catalog,
  alias: string,
  targets: ReadonlyMap<string, string>,
): AliasMove[] {
  return [...targets].flatMap(([prompt, to]) => {
    const from = entryOf(stateOf(catalog, prompt).aliases, alias)?.serve ?? null;
    return from === to ? [] : [{ action: "alias-set", prompt, alias, from, to }];
  });
}

/** The edits of the state that make the moves. A canary of the version that all get now has ended. */
export function aliasEdits(catalog: Catalog, moves: readonly AliasMove[]): StateEdit[] {
  return moves.flatMap(({ prompt, alias, to }): StateEdit[] => {
    const path = ["prompts", prompt, "aliases", alias];
    if (to === null) return [{ path }];
    const canary = entryOf(stateOf(catalog, prompt).aliases, alias)?.canary;
    const ended = canary?.serve === to ? [{ path: [...path, "canary"] }] : [];
    return [{ path: [...path, "serve"], value: to }, ...ended];
  });
}

/** What `alias remove` asks for; no names mean every prompt that has the alias. */
export interface AliasRemoveRequest extends Words {
  readonly alias: string;
  readonly names: readonly string[];
}

/**
 * Plans to take an alias away.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `ALIAS_NOT_FOUND`
 */
export function planAliasRemove(
  catalog: Catalog,
  { alias, names, ...words }: AliasRemoveRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  const having = Object.entries(catalog.state.prompts ?? {}).filter(([, state]) =>
    entryOf(state.aliases, alias),
  );
  const prompts = names.length > 0 ? names : having.map(([name]) => name).sort();
  if (prompts.length === 0) throw unknownAlias(catalog, alias);
  const moves = prompts.map((prompt): AliasMove => {
    const from = armOf(catalog, prompt, alias).serve;
    return { action: "alias-remove", prompt, alias, from, to: null };
  });
  const what = moves.length === 1 ? aboutChanges(moves) : `from ${aboutChanges(moves)}`;
  return planMoves(catalog, moves, `alias remove ${alias} ${what}`, words);
}

/** What `default set` asks for. */
export interface DefaultSetRequest extends Words {
  readonly references: readonly string[];
}

/**
 * Plans to set the version that a prompt serves where no alias decides.
 * @throws PromptSyncError what `resolve` throws
 */
export function planDefaultSet(
  catalog: Catalog,
  { references, ...words }: DefaultSetRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  const changes: StateChange[] = [];
  const edits: StateEdit[] = [];
  for (const [prompt, to] of pinAll(catalog, references)) {
    const from = stateOf(catalog, prompt).default ?? null;
    if (from === to) continue;
    changes.push({ action: "default-set", prompt, alias: null, from, to });
    edits.push({ path: ["prompts", prompt, "default"], value: to });
  }
  return planChanges(catalog, { subject: `default set ${aboutChanges(changes)}`, changes, edits }, words);
}

function planMoves(
  catalog: Catalog,
  changes: readonly AliasMove[],
  subject: string,
  words: Words,
): PlannedChanges {
  return planChanges(catalog, { subject, changes, edits: aliasEdits(catalog, changes) }, words);
}

/** What the other alias serves, of the prompts that are named, else of all that have it. */
function copied(catalog: Catalog, { references }: AliasSetRequest, from: string): Map<string, string> {
  const names = references.map((text) => parseReference(text).name);
  const having = idsOf(catalog.state.prompts).filter((name) => entryOf(stateOf(catalog, name).aliases, from));
  if (names.length === 0 && having.length === 0) throw unknownAlias(catalog, from);
  const targets = new Map<string, string>();
  for (const name of names.length > 0 ? names : having) {
    const { serve } = armOf(catalog, name, from);
    refuseYanked(catalog, name, serve);
    targets.set(name, serve);
  }
  return targets;
}
