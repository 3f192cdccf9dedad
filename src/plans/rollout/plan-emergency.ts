import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import { checkDate, dayAfter, dayOf, timestampOf } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import { checkName } from "../../core/name.js";
import { parseReference } from "../../core/reference.js";
import { entryOf, type Emergency } from "../../core/state/state.js";
import { oneLine, type Words } from "../commit-message.js";
import { requireAlias } from "../known-alias.js";
import { pin } from "../pin-references.js";
import { planChanges, type PlannedChanges } from "../state-change.js";
import { unknownEntry } from "./unknown-entry.js";

/** Days after which a post-mortem is owed. */
const postMortemDays = 7;

/** What `emergency open` asks for. */
export interface EmergencyOpenRequest extends Words {
  readonly ref: string;
  readonly label: string;
  /** Left out: every alias of the prompt. */
  readonly alias?: string | undefined;
  /** Left out: `inc-` and the day. */
  readonly id?: string | undefined;
  /** The day on which the post-mortem is due. */
  readonly due?: string | undefined;
  /** The address of whoever opens it. */
  readonly by: string;
}

/**
 * Plans to serve a version at once, before every other rule and without gates.
 * @throws PromptSyncError `EMERGENCY_EXISTS`, `NAME_INVALID`, `USAGE`, `ALIAS_NOT_FOUND` and what `pin` throws
 */
export function planEmergencyOpen(
  catalog: Catalog,
  request: EmergencyOpenRequest,
  now: Date,
): PlannedChanges {
  assertStateReadable(catalog);
  const { alias, reason, due, by } = request;
  if (alias !== undefined) requireAlias(catalog, alias);
  const { name: prompt, version: serve } = pin(catalog, parseReference(request.ref));
  const id = checkName("emergency", request.id ?? freeId(catalog, now));
  refuseSecond(catalog, { id, prompt, alias });
  const value = {
    prompt,
    ...(alias === undefined ? {} : { alias }),
    serve,
    label: oneLine(request.label, "--label"),
    ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
    opened: timestampOf(now),
    opened_by: by,
    post_mortem_due: due === undefined ? dayAfter(now, postMortemDays) : checkDate(due),
    status: "active",
  };
  const change = {
    action: "emergency-open",
    prompt,
    alias: alias ?? null,
    from: alias === undefined ? null : (entryOf(stateOf(catalog, prompt).aliases, alias)?.serve ?? null),
    to: serve,
    emergency: id,
  };
  const draft = {
    subject: `emergency open ${id} ${prompt}@${serve}`,
    changes: [change],
    edits: [{ path: ["emergencies", id], value }],
  };
  return planChanges(catalog, draft, request);
}

/** What `emergency resolve` asks for. */
export interface EmergencyResolveRequest extends Words {
  readonly id: string;
  /** Where the post-mortem can be read. */
  readonly postMortem?: string | undefined;
  /** The address of whoever resolves it. */
  readonly by: string;
}

/**
 * Plans to end an emergency, or to link the post-mortem of one that is over.
 * @throws PromptSyncError `EMERGENCY_NOT_FOUND`, `USAGE`
 */
export function planEmergencyResolve(
  catalog: Catalog,
  request: EmergencyResolveRequest,
  now: Date,
): PlannedChanges {
  assertStateReadable(catalog);
  const { id, postMortem, by } = request;
  const entry = requireEmergency(catalog, id);
  const { prompt, alias = null, serve: from } = entry;
  const isActive = entry.status === "active";
  const isNews = postMortem !== undefined && postMortem !== entry.post_mortem;
  const settings = {
    ...(isActive ? { resolved: timestampOf(now), resolved_by: by, status: "resolved" } : {}),
    ...(isNews ? { post_mortem: oneLine(postMortem, "--post-mortem") } : {}),
  };
  const change = isActive
    ? { action: "emergency-resolve", prompt, alias, from, to: null, emergency: id }
    : { action: "emergency-post-mortem", prompt, alias, from: null, to: postMortem ?? null, emergency: id };
  const draft = {
    subject: isActive ? `emergency resolve ${id}` : `emergency post-mortem ${id}`,
    changes: isActive || isNews ? [change] : [],
    edits: Object.entries(settings).map(([key, value]) => ({ path: ["emergencies", id, key], value })),
  };
  return planChanges(catalog, draft, request);
}

function requireEmergency({ state }: Catalog, id: string): Emergency {
  const found = entryOf(state.emergencies, id);
  if (found !== undefined) return found;
  const known = Object.keys(state.emergencies ?? {});
  throw unknownEntry("EMERGENCY_NOT_FOUND", `there is no emergency \`${id}\``, { name: id, known });
}

function freeId({ state }: Catalog, now: Date): string {
  const day = `inc-${dayOf(now)}`;
  for (let count = 1; ; count++) {
    const id = count === 1 ? day : `${day}-${count}`;
    if (entryOf(state.emergencies, id) === undefined) return id;
  }
}

/** Of two open emergencies of one place only the first would be served, so there is never a second. */
function refuseSecond(
  { state }: Catalog,
  { id, prompt, alias }: { readonly id: string; readonly prompt: string; readonly alias: string | undefined },
): void {
  const clash = Object.entries(state.emergencies ?? {}).find(
    ([other, it]) => other === id || (it.status === "active" && it.prompt === prompt && it.alias === alias),
  );
  if (clash === undefined) return;
  const [other, { status, prompt: name, serve }] = clash;
  throw new PromptSyncError(
    "EMERGENCY_EXISTS",
    `emergency \`${other}\` (${status}) serves \`${name}@${serve}\``,
    {
      hint: other === id ? "choose another `--id`" : `\`promptsync emergency resolve ${other}\` ends it`,
    },
  );
}
