import { requireScope } from "../../core/resolve/known-scope.js";
import { assertStateReadable, findPrompt, stateOf, type Catalog } from "../../core/catalog.js";
import type { PromptSyncError } from "../../core/errors.js";
import { checkId } from "../../core/name.js";
import { parseReference } from "../../core/reference.js";
import { entryOf } from "../../core/state/state.js";
import type { Words } from "../commit-message.js";
import { pin } from "../pin-references.js";
import { aboutChanges, planChanges, type PlannedChanges, type StateChange } from "../state-change.js";
import { unknownEntry } from "./unknown-entry.js";

/** What `override set` asks for. */
export interface OverrideSetRequest extends Words {
  readonly scope: string;
  readonly id: string;
  readonly ref: string;
}

/**
 * Plans to give one chat, character or profile a version of its own.
 * @throws PromptSyncError `USAGE` for a scope that nobody asks with, `NAME_INVALID` and what `pin` throws
 */
export function planOverrideSet(
  catalog: Catalog,
  { scope, id, ref, ...words }: OverrideSetRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  requireScope(catalog, scope);
  const { name: prompt, version: to } = pin(catalog, parseReference(ref));
  const path = ["prompts", prompt, "overrides", scope, checkId(scope, id)];
  const from = entryOf(entryOf(stateOf(catalog, prompt).overrides, scope), id)?.serve ?? null;
  const change = { action: "override-set", prompt, alias: null, from, to, override: `${scope}/${id}` };
  const draft = {
    subject: `override set ${scope} ${id} ${prompt}@${to}`,
    changes: from === to ? [] : [change],
    edits: [{ path: [...path, "serve"], value: to }],
  };
  return planChanges(catalog, draft, words);
}

/** What `override remove` asks for; without names, every prompt that the id has a version of. */
export interface OverrideRemoveRequest extends Words {
  readonly scope: string;
  readonly id: string;
  readonly names: readonly string[];
}

/**
 * Plans to take a user's own versions away.
 * @throws PromptSyncError `OVERRIDE_NOT_FOUND`, `PROMPT_NOT_FOUND`
 */
export function planOverrideRemove(catalog: Catalog, request: OverrideRemoveRequest): PlannedChanges {
  assertStateReadable(catalog);
  const { scope, id } = request;
  const names =
    request.names.length > 0
      ? request.names.map((name) => findPrompt(catalog, name).name)
      : Object.keys(catalog.state.prompts ?? {}).sort();
  const changes = names.flatMap((prompt): StateChange[] => {
    const from = entryOf(entryOf(stateOf(catalog, prompt).overrides, scope), id)?.serve;
    if (from === undefined && request.names.length === 0) return [];
    if (from === undefined) throw unknownOverride(catalog, request, prompt);
    return [{ action: "override-remove", prompt, alias: null, from, to: null, override: `${scope}/${id}` }];
  });
  if (changes.length === 0) throw unknownOverride(catalog, request);
  const edits = changes.map(({ prompt }) => ({ path: ["prompts", prompt ?? "", "overrides", scope, id] }));
  const subject = `override remove ${scope} ${id} ${aboutChanges(changes)}`;
  return planChanges(catalog, { subject, changes, edits }, request);
}

function unknownOverride(
  catalog: Catalog,
  { scope, id }: OverrideRemoveRequest,
  name?: string,
): PromptSyncError {
  const own = Object.entries(catalog.state.prompts ?? {}).flatMap(([prompt, { overrides }]) =>
    Object.keys(entryOf(overrides, scope) ?? {}).map((it) => ({ prompt, id: it })),
  );
  const known = [...new Set(own.map((it) => it.id))];
  const has = own.filter((it) => it.id === id).map(({ prompt }) => prompt);
  const of = name === undefined ? "" : ` of \`${name}\``;
  const message = `${scope} \`${id}\` has no version of its own${of}`;
  return unknownEntry("OVERRIDE_NOT_FOUND", message, { name: id, known, has });
}
