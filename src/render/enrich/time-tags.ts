import type { Enricher } from "./enrich.js";

/** The moment that the tags speak of. */
export interface TimeOptions {
  /** The caller's clock; the library never reads one while it renders. */
  readonly now: Date;
  /** IANA name, such as `Europe/Berlin`; UTC when left out. */
  readonly timeZone?: string;
}

/**
 * Tags by which variants can follow the clock: `time_of_day` (night before 6, morning before 12, afternoon before 18,
 * else evening), `weekday` (`monday` …) and `weekend` (`true`, `false`). Tags that the caller sets stay.
 */
export function timeTags({ now, timeZone = "UTC" }: TimeOptions): Enricher {
  return {
    name: "time",
    enrich: ({ variables, tags }) => {
      const parts = new Intl.DateTimeFormat("en-US", {
        timeZone,
        weekday: "long",
        hour: "numeric",
        hourCycle: "h23",
      });
      const part = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
      const weekday = (part["weekday"] ?? "").toLowerCase();
      const weekend = String(weekday === "saturday" || weekday === "sunday");
      return { variables, tags: { time_of_day: timeOfDay(Number(part["hour"])), weekday, weekend, ...tags } };
    },
  };
}

function timeOfDay(hour: number): string {
  if (hour < 6) return "night";
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}
