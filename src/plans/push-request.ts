import type { Bump, Change, Comparison } from "../core/bump.js";
import type { Plan } from "../core/plan.js";
import type { Draft } from "../core/prompt-file/read-draft.js";
import type { Prompt } from "../core/prompt.js";
import type { VersionRequest } from "./choose-version.js";
import type { Words } from "./commit-message.js";
import type { StateChange } from "./state-change.js";

/** A draft of a named prompt, with what it has to be compared to. */
export interface DraftToPush {
  readonly name: string;
  /** Where a new prompt goes; a prompt that exists stays in its group. */
  readonly group: string;
  /** The draft's file, for messages. */
  readonly file: string;
  readonly draft: Draft;
  /** Parsed versions by number: the newest, and any that the draft or the request names. */
  readonly known: ReadonlyMap<string, Prompt>;
}

/** What `push` asks for. */
export interface PushRequest extends Words, VersionRequest {
  readonly alias?: string | undefined;
  /** The prompts that were named; their alias moves even when nothing changed. */
  readonly names?: readonly string[];
  /** The owner of a new prompt whose draft names none. */
  readonly owner: string;
  readonly compare: (before: Prompt, after: Prompt) => Comparison;
}

/** A version that a push makes. */
export interface PushedVersion {
  readonly name: string;
  readonly version: string;
  readonly previous: string | null;
  readonly bump: Bump;
  readonly requiredBump: Bump;
  readonly path: string;
  readonly digest: string;
  readonly changes: readonly Change[];
}

/** The plan of a push and what it means; no plan when nothing would change. */
export interface PlannedPush {
  readonly plan: Plan | null;
  readonly pushed: readonly PushedVersion[];
  readonly unchanged: readonly string[];
  readonly aliases: readonly StateChange[];
}
