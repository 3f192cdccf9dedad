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
  const date = readDate(text, { end });
  if (date !== undefined) return date;
  throw new PromptSyncError("USAGE", `\`${text}\` is no date`, {
    hint: "write `2026-11-02` or `2026-11-02T10:00:00Z`; dates are UTC",
  });
}

/** Says whether a text is an ISO 8601 date in UTC whose day the calendar has. */
export function isDate(text: string): boolean {
  return readDate(text, { end: false }) !== undefined;
}

/** A day that the calendar does not have, such as 2026-02-31, would roll over into the next month. */
function readDate(text: string, { end }: { readonly end: boolean }): Date | undefined {
  const whole = text.length > 10 ? text : `${text}T${end ? "23:59:59.999" : "00:00:00"}Z`;
  const date = new Date(whole);
  if (!pattern.test(text) || Number.isNaN(date.getTime())) return undefined;
  return date.toISOString().slice(0, 10) === text.slice(0, 10) ? date : undefined;
}

/** Whole seconds since 1970 as ISO 8601 in UTC, without milliseconds: `2026-01-01T00:00:00Z`. */
export function isoDate(seconds: number): string {
  // Git accepts dates that JavaScript cannot hold.
  const known = Math.min(seconds, endOfYear9999);
  const day = Math.floor(known / 86_400);
  if (day !== last.day)
    last = { day, text: new Date(day * 86_400_000).toISOString().slice(0, -"00:00:00.000Z".length) };
  const rest = known - day * 86_400;
  return `${last.text}${twoDigits(rest / 3600)}:${twoDigits((rest / 60) % 60)}:${twoDigits(rest % 60)}Z`;
}

const endOfYear9999 = 253_402_300_799;

/** The day that was asked for last: the commits of a history come many a day. */
let last = { day: 0, text: "1970-01-01T" };

const twoDigits = (number: number): string => String(Math.floor(number)).padStart(2, "0");
