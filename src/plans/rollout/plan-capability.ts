import { assertStateReadable, findPrompt, type Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import { checkName } from "../../core/name.js";
import { entryOf, type ById } from "../../core/state/state.js";
import type { Words } from "../commit-message.js";
import { planChanges, type PlannedChanges } from "../state-change.js";
import { unknownEntry } from "./unknown-entry.js";

/** What `capability link` asks for. */
export interface CapabilityLinkRequest extends Words {
  readonly capability: string;
  readonly name: string;
  /** A whole number; the highest wins. Left out: what the link has, else 0. */
  readonly priority?: string | undefined;
  /** Flags that the caller must have; left out: what the link asks for already. */
  readonly flags?: ById<boolean | string | number> | undefined;
}

/**
 * Plans to let a prompt do a capability, under conditions.
 * @throws PromptSyncError `NAME_INVALID`, `PROMPT_NOT_FOUND`, `USAGE`
 */
export function planCapabilityLink(catalog: Catalog, request: CapabilityLinkRequest): PlannedChanges {
  assertStateReadable(catalog);
  const { flags } = request;
  const capability = checkName("capability", request.capability);
  const { name: prompt } = findPrompt(catalog, request.name);
  const before = entryOf(entryOf(catalog.state.capabilities, capability)?.links, prompt);
  const priority = request.priority === undefined ? (before?.priority ?? 0) : parsePriority(request.priority);
  const after = { ...before, priority, ...(flags === undefined ? {} : { when: { ...before?.when, flags } }) };
  const value = after as unknown as JsonValue;
  const from = before === undefined ? null : String(before.priority ?? 0);
  const change = { action: "capability-link", prompt, alias: null, from, to: String(priority), capability };
  const unknown = Object.keys(flags ?? {}).filter((flag) => entryOf(catalog.state.flags, flag) === undefined);
  const draft = {
    subject: `capability link ${capability} ${prompt}`,
    changes: jsonEquals(value, (before ?? null) as unknown as JsonValue) ? [] : [change],
    edits: [{ path: ["capabilities", capability, "links", prompt], value }],
    warnings: unknown.map((flag) => `flag \`${flag}\` was never created: \`promptsync flag create ${flag}\``),
  };
  return planChanges(catalog, draft, request);
}

/** What `capability unlink` asks for. */
export interface CapabilityUnlinkRequest extends Words {
  readonly capability: string;
  readonly name: string;
}

/**
 * Plans to let a prompt no longer do a capability.
 * @throws PromptSyncError `CAPABILITY_NOT_FOUND`
 */
export function planCapabilityUnlink(
  catalog: Catalog,
  { capability, name: prompt, ...words }: CapabilityUnlinkRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  const { capabilities } = catalog.state;
  const links = entryOf(capabilities, capability)?.links;
  const link = entryOf(links, prompt);
  if (link === undefined) {
    throw links === undefined
      ? unknownEntry("CAPABILITY_NOT_FOUND", `there is no capability \`${capability}\``, {
          name: capability,
          known: Object.keys(capabilities ?? {}),
        })
      : unknownEntry("CAPABILITY_NOT_FOUND", `\`${prompt}\` is not linked to \`${capability}\``, {
          name: prompt,
          known: Object.keys(links),
        });
  }
  const from = String(link.priority ?? 0);
  const draft = {
    subject: `capability unlink ${capability} ${prompt}`,
    changes: [{ action: "capability-unlink", prompt, alias: null, from, to: null, capability }],
    edits: [{ path: ["capabilities", capability, "links", prompt] }],
  };
  return planChanges(catalog, draft, words);
}

function parsePriority(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new PromptSyncError("USAGE", `\`${text}\` of \`--priority\` is no whole number`, {
    hint: "the highest priority wins: --priority 10",
  });
}
