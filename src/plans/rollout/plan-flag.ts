import { assertStateReadable, type Catalog } from "../../core/catalog.js";
import { checkDate, dayOf, daysBetween } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import { checkName } from "../../core/name.js";
import type { StateEdit } from "../../core/plan.js";
import { needsFlag } from "../../core/resolve/when.js";
import { entryOf } from "../../core/state/state.js";
import { oneLine, type Words } from "../commit-message.js";
import { planChanges, type PlannedChanges, type StateChange } from "../state-change.js";
import { unknownEntry } from "./unknown-entry.js";

/** The kinds of flags, and how many days one is expected to live; the numbers are Unleash's. */
export const flagKinds = { release: 40, experiment: 40, ops: 7, permission: Infinity } as const;

/** A kind of flag. */
export type FlagKind = keyof typeof flagKinds;

/** What `flag create` asks for. */
export interface FlagCreateRequest extends Words {
  readonly flag: string;
  readonly expires: string;
  readonly owner?: string | undefined;
  readonly purpose?: string | undefined;
  /** `release` when left out. */
  readonly kind?: FlagKind | undefined;
}

/**
 * Plans to make a flag known, with the day on which it should be gone.
 * @throws PromptSyncError `NAME_INVALID`, `FLAG_EXISTS`, `USAGE`
 */
export function planFlagCreate(catalog: Catalog, request: FlagCreateRequest, now: Date): PlannedChanges {
  assertStateReadable(catalog);
  const { owner, purpose, kind = "release" } = request;
  const flag = checkName("flag", request.flag);
  const expires = checkDate(request.expires);
  if (entryOf(catalog.state.flags, flag) !== undefined) {
    throw new PromptSyncError("FLAG_EXISTS", `there is a flag \`${flag}\` already`, {
      hint: `change its line in promptsync.yaml, or \`promptsync flag remove ${flag}\` first`,
    });
  }
  const value = {
    ...(owner === undefined ? {} : { owner: oneLine(owner, "--owner") }),
    ...(purpose === undefined ? {} : { purpose: oneLine(purpose, "--purpose") }),
    kind,
    created: dayOf(now),
    expires,
  };
  const draft = {
    subject: `flag create ${flag}`,
    changes: [{ action: "flag-create", prompt: null, alias: null, from: null, to: expires, flag }],
    edits: [{ path: ["flags", flag], value }],
    warnings: lifetimeWarnings(flag, { kind, days: daysBetween(now, expires) }),
  };
  return planChanges(catalog, draft, request);
}

function lifetimeWarnings(
  flag: string,
  { kind, days }: { readonly kind: FlagKind; readonly days: number },
): string[] {
  if (days < 0) return [`flag \`${flag}\` has expired already`];
  if (days <= flagKinds[kind]) return [];
  return [
    `flag \`${flag}\` lives ${days} days; one of kind ${kind} is expected to be gone after ${flagKinds[kind]}`,
  ];
}

/** What `flag remove` asks for. */
export interface FlagRemoveRequest extends Words {
  readonly flag: string;
}

/**
 * Plans to forget a flag, with the rules and capability links that need it.
 * @throws PromptSyncError `FLAG_NOT_FOUND`
 */
export function planFlagRemove(catalog: Catalog, { flag, ...words }: FlagRemoveRequest): PlannedChanges {
  assertStateReadable(catalog);
  const from = requireFlag(catalog, flag).expires;
  const needing = [...rulesOf(catalog, flag), ...linksOf(catalog, flag)];
  const draft = {
    subject: `flag remove ${flag}`,
    changes: [
      { action: "flag-remove", prompt: null, alias: null, from, to: null, flag },
      ...needing.map(({ change }) => change),
    ],
    edits: [{ path: ["flags", flag] }, ...needing.map(({ edit }) => edit)],
  };
  return planChanges(catalog, draft, words);
}

/** @throws PromptSyncError `FLAG_NOT_FOUND` */
export function requireFlag(catalog: Catalog, flag: string): { readonly expires: string } {
  const { flags } = catalog.state;
  const found = entryOf(flags, flag);
  if (found !== undefined) return found;
  throw unknownEntry("FLAG_NOT_FOUND", `there is no flag \`${flag}\``, {
    name: flag,
    known: Object.keys(flags ?? {}),
  });
}

interface Needing {
  readonly change: StateChange;
  readonly edit: StateEdit;
}

function rulesOf({ state }: Catalog, flag: string): Needing[] {
  return Object.entries(state.prompts ?? {}).flatMap(([prompt, { rules = {} }]) =>
    Object.entries(rules)
      .filter(([, { when }]) => needsFlag(when, flag))
      .map(([id, { serve }]) => ({
        change: { action: "flag-unlink", prompt, alias: null, from: serve, to: null, flag },
        edit: { path: ["prompts", prompt, "rules", id] },
      })),
  );
}

function linksOf({ state }: Catalog, flag: string): Needing[] {
  return Object.entries(state.capabilities ?? {}).flatMap(([capability, { links = {} }]) =>
    Object.entries(links)
      .filter(([, link]) => needsFlag(link.when, flag))
      .map(([prompt, { priority = 0 }]) => ({
        change: {
          action: "capability-unlink",
          prompt,
          alias: null,
          from: String(priority),
          to: null,
          capability,
        },
        edit: { path: ["capabilities", capability, "links", prompt] },
      })),
  );
}
