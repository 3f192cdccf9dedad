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

/** The day some days after a moment. */
export function dayAfter(moment: Date, days: number): string {
  return dayOf(new Date(moment.getTime() + days * dayLength));
}

/** Whole days from the day of a moment to a date; negative when the date is past. */
export function daysUntil(date: string, moment: Date): number {
  return (Date.parse(date.slice(0, 10)) - Date.parse(dayOf(moment))) / dayLength;
}

/** Whole days from a date to the day of a moment; negative when the date is to come. */
export function daysSince(date: string, moment: Date): number {
  return (Date.parse(dayOf(moment)) - Date.parse(date.slice(0, 10))) / dayLength;
}
