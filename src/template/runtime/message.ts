import type { JsonValue } from "../../core/json.js";

/** Who says a message. */
export const roles = ["system", "user", "assistant", "tool", "developer"] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** One message of a chat prompt; messages of a placeholder keep the caller's other keys. */
export interface Message {
  readonly role: Role;
  readonly content: string;
  /** Tells speakers of one role apart. */
  readonly name?: string;
  readonly [key: string]: JsonValue | undefined;
}

/** Narrows a text to a role. */
export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
