import { parseDate } from "./date.js";

const dayLength = 86_400_000; // ms

/**
 * Returns the text when it is a date that `promptsync.yaml` can hold.
 * @throws PromptSyncError `USAGE`
 */
export function checkDate(text: string): string {
  parseDate(text);
  return text;
}

/** The day of a moment in UTC: `2026-11-02`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** A moment to the second in UTC: `2026-11-02T10:00:00Z`. */
export function timestampOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/** The day some days after a moment, or after a day `YYYY-MM-DD`. */
export function dayAfter(from: Date | string, days: number): string {
  return dayOf(new Date(timeOf(from) + days * dayLength));
}

/** Whole days from one day, or the day of a moment, to another; negative when the second is earlier. */
export function daysBetween(from: Date | string, to: Date | string): number {
  return Math.round((timeOf(to) - timeOf(from)) / dayLength);
}

/** When a day begins in UTC, in milliseconds. */
function timeOf(day: Date | string): number {
  return Date.parse(typeof day === "string" ? day.slice(0, 10) : dayOf(day));
}

/** `1 day`, `12 days`. */
export function inDays(days: number): string {
  return `${days} day${days === 1 ? "" : "s"}`;
}
