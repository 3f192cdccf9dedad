const dayLength = 86_400_000; // ms

/** Whole days from one day to another; negative when the second is earlier. Both begin with `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / dayLength);
}

/** The day some days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day.slice(0, 10)) + days * dayLength).toISOString().slice(0, 10);
}

/** `1 day`, `12 days`. */
export function inDays(days: number): string {
  return `${days} day${days === 1 ? "" : "s"}`;
}
