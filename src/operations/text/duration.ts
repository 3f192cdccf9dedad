import { plural } from "./plural.js";

const second = 1000; // ms
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time in ms as people say it, in the largest unit and the next: `45 ms`, `1.2 s`, `3 min 5 s`, `2 days 4 h`. */
export function duration(ms: number): string {
  if (ms < second) return `${String(Math.round(ms))} ms`;
  if (ms < 10 * second) return `${String(Math.floor(ms / 100) / 10)} s`;
  if (ms < minute) return `${String(Math.floor(ms / second))} s`;
  if (ms < hour) return both(ms, minute, (count) => `${String(count)} min`, second, "s");
  if (ms < day) return both(ms, hour, (count) => `${String(count)} h`, minute, "min");
  return both(ms, day, (count) => plural(count, "day"), hour, "h");
}

function both(
  ms: number,
  unit: number,
  name: (count: number) => string,
  next: number,
  nextName: string,
): string {
  const rest = Math.floor((ms % unit) / next);
  return rest === 0
    ? name(Math.floor(ms / unit))
    : `${name(Math.floor(ms / unit))} ${String(rest)} ${nextName}`;
}
