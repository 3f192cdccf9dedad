import { assertStateReadable, newestVersion, stateOf, type Catalog } from "../core/catalog.js";
import { checkName } from "../core/name.js";
import type { AuditRecord, Effect, StateEdit } from "../core/plan.js";
import { entryOf } from "../core/state/state.js";
import { parseVersion } from "../core/version.js";
import { commitMessage, oneLine } from "./commit-message.js";
import { makeVersion } from "./make-version.js";
import { aliasEdits, aliasMoves } from "./plan-alias.js";
import type { DraftToPush, PlannedPush, PushedVersion, PushRequest } from "./push-request.js";
import { hasSameContent } from "./same-content.js";
import { aboutChanges, auditOf, type StateChange } from "./state-change.js";
import { stateEffects } from "./state-file.js";

export type { DraftToPush, PlannedPush, PushedVersion, PushRequest };

/**
 * Plans to turn drafts into versions: each draft that differs from its newest version becomes the next one, all in
 * one commit; the alias, if one is named, moves to them too.
 * @throws PromptSyncError `BUMP_TOO_SMALL`, `VERSION_EXISTS`, `VERSION_INVALID`, `NAME_INVALID`
 */
export function planPush(
  catalog: Catalog,
  drafts: readonly DraftToPush[],
  request: PushRequest,
): PlannedPush {
  assertStateReadable(catalog);
  if (request.alias !== undefined) checkName("alias", request.alias);
  const pushed: PushedVersion[] = [];
  const unchanged: string[] = [];
  const effects: Effect[] = [];
  const edits: StateEdit[] = [];
  const targets = new Map<string, string>();
  for (const item of drafts) {
    const prompt = catalog.prompts.get(item.name);
    if (prompt === undefined) checkNames(item);
    const newest = prompt === undefined ? undefined : newestVersion(prompt)?.version;
    const same = sameVersion(item, newest, request);
    if (same !== undefined) {
      unchanged.push(item.name);
      if (mayMove(catalog, item.name, request)) targets.set(item.name, same);
      continue;
    }
    const made = makeVersion(catalog, item, prompt, request);
    pushed.push(made.pushed);
    effects.push({ kind: "write", path: made.pushed.path, content: made.text });
    edits.push(...(prompt === undefined ? firstEdits(item, made.pushed.version, request.owner) : []));
    targets.set(item.name, made.pushed.version);
  }
  const aliases = request.alias === undefined ? [] : aliasMoves(catalog, request.alias, targets);
  edits.push(...aliasEdits(catalog, aliases));
  if (edits.length > 0) effects.push(...stateEffects(catalog, edits));
  if (effects.length === 0) return { plan: null, pushed, unchanged, aliases };
  const audit = [
    ...pushed.map((it) => pushRecord(it, request.reason)),
    ...aliases.map((it) => auditOf(it, request.reason)),
  ];
  const message = commitMessage(subjectOf(pushed, aliases), audit, request);
  return { plan: { effects, audit, message, base: catalog.origin.commit }, pushed, unchanged, aliases };
}

/**
 * Whether the alias moves for a draft that did not change: when the draft was named, or has no such alias yet. What
 * somebody rolled back on purpose stays where it is.
 */
function mayMove(catalog: Catalog, name: string, { alias = "", names = [] }: PushRequest): boolean {
  return names.includes(name) || entryOf(stateOf(catalog, name).aliases, alias) === undefined;
}

/** The version that says what the draft says: the newest, or the one whose number is asked for. */
function sameVersion(
  { draft, known }: DraftToPush,
  newest: string | undefined,
  request: PushRequest,
): string | undefined {
  const asked = request.version === undefined ? undefined : parseVersion(request.version);
  return [newest, asked].find((version) => {
    const prompt = version === undefined ? undefined : known.get(version);
    return prompt !== undefined && hasSameContent(prompt, draft);
  });
}

function checkNames({ name, group }: DraftToPush): void {
  checkName("prompt", name);
  for (const folder of group.split("/")) if (group !== "") checkName("group", folder);
}

function firstEdits({ name, draft }: DraftToPush, version: string, owner: string): StateEdit[] {
  const block = {
    owner: draft.owner ?? owner,
    ...(draft.purpose === undefined ? {} : { purpose: draft.purpose }),
  };
  return Object.entries({ ...block, default: version, recommended: version }).map(([key, value]) => ({
    path: ["prompts", name, key],
    value,
  }));
}

function pushRecord({ name, version, previous }: PushedVersion, reason: string | undefined): AuditRecord {
  return {
    action: "push",
    prompt: name,
    version,
    ...(previous === null ? {} : { from: previous }),
    to: version,
    ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
  };
}

function subjectOf(pushed: readonly PushedVersion[], aliases: readonly StateChange[]): string {
  const names = pushed.map(({ name, version }) => `${name}@${version}`);
  const alias = aliases[0]?.alias ?? "";
  if (names.length === 0) return `alias set ${alias} ${aboutChanges(aliases)}`;
  const what = names.join(", ").length <= 50 ? names.join(", ") : `${names.length} prompts`;
  return `push ${what}${aliases.length === 0 ? "" : ` to ${alias}`}`;
}
