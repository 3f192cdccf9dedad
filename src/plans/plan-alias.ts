import { assertStateReadable, findPrompt, stateOf, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { checkName, isVersionLike } from "../core/name.js";
import type { AuditRecord, Plan, StateEdit } from "../core/plan.js";
import { parseReference, type Reference } from "../core/reference.js";
import { resolve } from "../core/resolve/resolve.js";
import { entryOf } from "../core/state/state.js";
import { parseVersion, rangeMatcher } from "../core/version.js";
import { commitMessage, oneLine, type Words } from "./commit-message.js";
import { stateEffects } from "./state-file.js";

/** One line of what a plan changes, for people and machines. */
export interface StateChange {
  readonly action: string;
  readonly prompt: string;
  readonly alias: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** A plan and what it means; no plan when nothing would change. */
export interface PlannedChanges {
  readonly plan: Plan | null;
  readonly changes: readonly StateChange[];
}

/** What `alias set` asks for: references or bare versions, or everything that another alias serves. */
export interface AliasSetRequest extends Words {
  readonly alias: string;
  readonly references: readonly string[];
  readonly from?: string | undefined;
}

/**
 * Plans to move an alias: every reference is pinned to the version it means now; all moves are one commit.
 * @throws PromptSyncError `NAME_INVALID`, `USAGE`, `VERSION_NOT_FOUND`, `ALIAS_NOT_FOUND`, `GATE_UNAVAILABLE` and
 * what `resolve` throws
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
  const what =
    moves.length === 1 ? `${moves[0]?.prompt ?? ""}@${moves[0]?.to ?? ""}` : `${moves.length} prompts`;
  return planMoves(catalog, moves, `alias set ${alias} ${what}`, request);
}

/** The moves that bring an alias to the versions by prompt; prompts that it serves already are left out. */
export function aliasMoves(
  catalog: Catalog,
  alias: string,
  targets: ReadonlyMap<string, string>,
): StateChange[] {
  refuseGates(catalog, alias);
  return [...targets].flatMap(([prompt, to]) => {
    const from = entryOf(stateOf(catalog, prompt).aliases, alias)?.serve ?? null;
    return from === to ? [] : [{ action: "alias-set", prompt, alias, from, to }];
  });
}

/** The edits of the state that make the moves. A canary of the version that all get now has ended. */
export function aliasEdits(catalog: Catalog, moves: readonly StateChange[]): StateEdit[] {
  return moves.flatMap(({ prompt, alias, to }): StateEdit[] => {
    const path = ["prompts", prompt, "aliases", alias ?? ""];
    if (to === null) return [{ path }];
    const canary = entryOf(stateOf(catalog, prompt).aliases, alias ?? "")?.canary;
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
  const moves = prompts.map((name): StateChange => {
    const arm = entryOf(stateOf(catalog, findPrompt(catalog, name).name).aliases, alias);
    if (arm === undefined) throw unknownAlias(catalog, alias, name);
    return { action: "alias-remove", prompt: name, alias, from: arm.serve, to: null };
  });
  const what = moves.length === 1 ? (moves[0]?.prompt ?? "") : `from ${moves.length} prompts`;
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
  const changes = [...pinAll(catalog, references)].flatMap(([prompt, to]): StateChange[] => {
    const from = stateOf(catalog, prompt).default ?? null;
    return from === to ? [] : [{ action: "default-set", prompt, alias: null, from, to }];
  });
  const edits = changes.map(({ prompt, to }): StateEdit => ({
    path: ["prompts", prompt, "default"],
    value: to ?? "",
  }));
  const what =
    changes.length === 1
      ? `${changes[0]?.prompt ?? ""}@${changes[0]?.to ?? ""}`
      : `${changes.length} prompts`;
  return planned(catalog, changes, edits, `default set ${what}`, words);
}

function planMoves(
  catalog: Catalog,
  moves: readonly StateChange[],
  subject: string,
  words: Words,
): PlannedChanges {
  return planned(catalog, moves, aliasEdits(catalog, moves), subject, words);
}

function planned(
  catalog: Catalog,
  changes: readonly StateChange[],
  edits: readonly StateEdit[],
  subject: string,
  words: Words,
): PlannedChanges {
  if (changes.length === 0) return { plan: null, changes };
  const audit = changes.map((change) => auditOf(change, words.reason));
  const message = commitMessage(subject, audit, words);
  return {
    plan: { effects: stateEffects(catalog, edits), audit, message, base: catalog.origin.commit },
    changes,
  };
}

/** A change as an entry of the audit trail. */
export function auditOf(
  { action, prompt, alias, from, to }: StateChange,
  reason: string | undefined,
): AuditRecord {
  return {
    action,
    prompt,
    ...(alias === null ? {} : { alias }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
  };
}

function pinAll(catalog: Catalog, references: readonly string[]): Map<string, string> {
  const targets = new Map<string, string>();
  for (const text of references) {
    const pinned = isVersionLike(text) ? havingVersion(catalog, text) : [pin(catalog, parseReference(text))];
    for (const { name, version } of pinned) {
      const other = targets.get(name);
      if (other !== undefined && other !== version) {
        throw new PromptSyncError("USAGE", `\`${name}\` is named twice, at ${other} and at ${version}`, {
          hint: "name each prompt once",
        });
      }
      targets.set(name, version);
    }
  }
  return targets;
}

function pin(catalog: Catalog, reference: Reference): { name: string; version: string } {
  const { name, version } = resolve(catalog, { ...reference, respectCanary: false });
  return { name, version };
}

/** A bare version means every prompt that has it; a bare `v1` every prompt's newest 1.x.y. */
function havingVersion(catalog: Catalog, text: string): { name: string; version: string }[] {
  const isExact = /^v?\d+\.\d+\.\d+/.test(text);
  const matches = isExact ? parseVersion(text) : rangeMatcher(text);
  const found = [...catalog.prompts.values()].flatMap((prompt) => {
    const hit = prompt.versions.findLast(({ version }) =>
      typeof matches === "string" ? version === matches : (matches?.(version) ?? false),
    );
    return hit === undefined
      ? []
      : [pin(catalog, { name: prompt.name, selector: { kind: "version", version: hit.version } })];
  });
  if (found.length > 0) return found;
  throw new PromptSyncError("VERSION_NOT_FOUND", `no prompt has a version \`${text}\``, {
    hint: "`promptsync list` shows the versions of all prompts",
  });
}

function copied(catalog: Catalog, request: AliasSetRequest, from: string): Map<string, string> {
  const names = request.references.map((text) => findPrompt(catalog, parseReference(text).name).name);
  const having = Object.entries(catalog.state.prompts ?? {}).flatMap(([name, state]) => {
    const serve = entryOf(state.aliases, from)?.serve;
    return serve === undefined || (names.length > 0 && !names.includes(name)) ? [] : [[name, serve] as const];
  });
  if (having.length === 0) throw unknownAlias(catalog, from, names[0]);
  return new Map(having.sort());
}

function unknownAlias(catalog: Catalog, alias: string, prompt?: string): PromptSyncError {
  const states =
    prompt === undefined ? Object.values(catalog.state.prompts ?? {}) : [stateOf(catalog, prompt)];
  const known = [...new Set(states.flatMap((state) => Object.keys(state.aliases ?? {})))].sort();
  const who = prompt === undefined ? "no prompt has" : `prompt \`${prompt}\` has no`;
  return new PromptSyncError(
    "ALIAS_NOT_FOUND",
    `${who} alias \`${alias}\``.replace("has alias", "has an alias"),
    {
      hint: known.length === 0 ? "there are no aliases yet" : `known: ${known.join(", ")}`,
    },
  );
}

/** Gates come with a later release; an alias that asks for them is not moved past them. */
function refuseGates(catalog: Catalog, alias: string): void {
  const gates = entryOf(catalog.state.aliases, alias)?.gates;
  if (gates === undefined) return;
  throw new PromptSyncError(
    "GATE_UNAVAILABLE",
    `alias \`${alias}\` asks for the gates \`${gates}\`, which cannot be run yet`,
    {
      hint: `remove \`gates: ${gates}\` from promptsync.yaml in a reviewed commit to move it without them`,
    },
  );
}
