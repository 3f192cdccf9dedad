import { PromptSyncError } from "./errors.js";

const pattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z)?$/;

/** Says whether a text has the form of a date, so that it is none of a branch or commit. */
export function isDateLike(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text);
}

/**
 * Reads an ISO 8601 date in UTC: `2026-11-02` or `2026-11-02T10:00:00Z`. A day alone means its first moment, or with
 * `end` its last.
 * @throws PromptSyncError `USAGE`
 */
export function parseDate(text: string, { end = false } = {}): Date {
  const whole = text.length > 10 ? text : `${text}T${end ? "23:59:59.999" : "00:00:00"}Z`;
  const date = new Date(whole);
  const isReal =
    pattern.test(text) &&
    !Number.isNaN(date.getTime()) &&
    date.toISOString().slice(0, 10) === text.slice(0, 10);
  if (isReal) return date;
  throw new PromptSyncError("USAGE", `\`${text}\` is no date`, {
    hint: "write `2026-11-02` or `2026-11-02T10:00:00Z`; dates are UTC",
  });
}

/** Seconds since 1970 as ISO 8601 in UTC, without milliseconds: `2026-01-01T00:00:00Z`. */
export function isoDate(seconds: number): string {
  // Git accepts dates that JavaScript cannot hold.
  return new Date(Math.min(seconds, endOfYear9999) * 1000).toISOString().replace(".000Z", "Z");
}

const endOfYear9999 = 253_402_300_799;
