import { PromptSyncError } from "../core/errors.js";
import type { AuditRecord } from "../core/plan.js";
import { trailers } from "../core/trailers.js";

/** What the user may say about a change; one line each. */
export interface Words {
  /** The subject of the commit instead of the one we would write. */
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * The message of an audit commit: the subject, and one block of trailers a change, each beginning with its action.
 * @throws PromptSyncError `USAGE` when the user's words hold a line break or a control character: they could forge
 * a trailer
 */
export function commitMessage(subject: string, audit: readonly AuditRecord[], words: Words = {}): string {
  const first = words.message === undefined ? `promptsync: ${subject}` : oneLine(words.message, "--message");
  const lines = audit.flatMap((record) =>
    Object.entries(trailers).flatMap(([field, trailer]) => {
      const value = record[field as keyof AuditRecord];
      return value === undefined ? [] : [`${trailer}: ${oneLine(value, `--${field}`)}`];
    }),
  );
  return `${first}\n\n${lines.join("\n")}\n`;
}

/** Control characters, line separators, and marks that turn the direction of what follows. */
const hidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * Returns the text when it is one line of plain text.
 * @throws PromptSyncError `USAGE`
 */
export function oneLine(text: string, option: string): string {
  if (text.trim() !== "" && !hidden.test(text)) return text.trim();
  throw new PromptSyncError("USAGE", `the text of \`${option}\` must be one line of plain text`, {
    hint: "write some words without line breaks and control characters",
  });
}
