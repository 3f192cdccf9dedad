import type { Catalog } from "../core/catalog.js";
import type { AuditRecord, Effect, Plan, StateEdit } from "../core/plan.js";
import { commitMessage, oneLine, type Words } from "./commit-message.js";
import { stateEffects } from "./state-file.js";

/** One line of what a plan changes, for people and machines. */
export interface StateChange {
  /** Such as `alias-set`, `canary-step`, `tenant-remove`. */
  readonly action: string;
  /** Null when the change is about no prompt, such as a new flag. */
  readonly prompt: string | null;
  readonly alias: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly version?: string;
  readonly tenant?: string;
  readonly flag?: string;
  readonly capability?: string;
  readonly emergency?: string;
  /** Scope and id: `chat/chat-8842`. */
  readonly override?: string;
  /** The setting of the prompt that changes. */
  readonly field?: string;
  /** What a canary gets from now on. */
  readonly percent?: number;
  /** Whether a canary runs from now on. */
  readonly state?: string;
}

/** A plan and what it means; no plan when nothing would change. */
export interface PlannedChanges {
  readonly plan: Plan | null;
  readonly changes: readonly StateChange[];
  /** What the user should know although nothing forbids the change; one sentence each. */
  readonly warnings?: readonly string[];
}

/** What a planner found out: the changes, and how they are made. */
export interface Draft {
  /** The subject of the commit, behind `promptsync: `. */
  readonly subject: string;
  readonly changes: readonly StateChange[];
  readonly edits: readonly StateEdit[];
  /** What happens to whole files. */
  readonly files?: readonly Effect[];
  readonly warnings?: readonly string[];
}

/**
 * The plan that makes the changes in one commit.
 * @throws PromptSyncError `USAGE` when the user's words are not one line each
 */
export function planChanges(catalog: Catalog, draft: Draft, words: Words): PlannedChanges {
  const { subject, changes, edits, files = [], warnings = [] } = draft;
  if (changes.length === 0) return { plan: null, changes, warnings };
  const audit = changes.map((change) => auditOf(change, words.reason));
  const effects = [...stateEffects(catalog, edits), ...files];
  const message = commitMessage(subject, audit, words);
  return { plan: { effects, audit, message, base: catalog.origin.commit }, changes, warnings };
}

/** A change as an entry of the audit trail. */
export function auditOf(change: StateChange, reason: string | undefined): AuditRecord {
  const { action, prompt, alias, from, to, percent, state: _, ...place } = change;
  return {
    action,
    ...place,
    ...(prompt === null ? {} : { prompt }),
    ...(alias === null ? {} : { alias }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(percent === undefined ? {} : { percent: String(percent) }),
    ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
  };
}

/** What the changes are about, for a subject: `qualify-lead@1.1.0`, `qualify-lead`, or `3 prompts`. */
export function aboutChanges(changes: readonly StateChange[]): string {
  const [first] = changes;
  if (changes.length !== 1 || first === undefined) return `${changes.length} prompts`;
  return first.to === null ? (first.prompt ?? "") : `${first.prompt ?? ""}@${first.to}`;
}
