import type { JsonValue } from "./json.js";

/** Sets (or, without `value`, removes) the entry at `path` of a state file; maps on the way are made or dropped. */
export interface StateEdit {
  readonly path: readonly string[];
  readonly value?: JsonValue;
  /** For a block that moves between two files: its text in a file of its own. Its comments come or go with it. */
  readonly moved?: string;
}

/** One change to a file. Paths are relative to the repository root, forward slashes. */
export type Effect =
  /** Adds a file that does not exist yet; one with the same bytes is fine, one with other bytes is an error. */
  | { readonly kind: "write"; readonly path: string; readonly content: string }
  | { readonly kind: "delete"; readonly path: string }
  | {
      readonly kind: "edit-state";
      readonly path: string;
      readonly edits: readonly StateEdit[];
      /** The path of the block that the file holds: `["prompts", name]` for a prompt's own state file. */
      readonly above?: readonly string[];
    };

/** What one change means: the trailers of the commit and an entry of the audit trail. */
export interface AuditRecord {
  /** Such as `push`, `alias-set`, `alias-remove`, `default-set`. */
  readonly action: string;
  /** Left out when the change is about no prompt, such as a new flag. */
  readonly prompt?: string;
  readonly version?: string;
  readonly alias?: string;
  readonly tenant?: string;
  readonly flag?: string;
  readonly capability?: string;
  readonly emergency?: string;
  /** Scope and id: `chat/chat-8842`. */
  readonly override?: string;
  /** The setting of the prompt that changed. */
  readonly field?: string;
  readonly from?: string;
  readonly to?: string;
  /** The share of keys that a canary gets from now on. */
  readonly percent?: string;
  readonly reason?: string;
}

/** A change computed before anything is written: plain JSON, the same for a dry run, the server and the CLI. */
export interface Plan {
  readonly effects: readonly Effect[];
  readonly audit: readonly AuditRecord[];
  /** The whole commit message with its trailers; ends with a line break. */
  readonly message: string;
  /** The commit the plan was made for; null on an unborn branch. */
  readonly base: string | null;
}
