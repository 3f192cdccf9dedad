import { stateOf, type Catalog } from "../../core/catalog.js";
import { daysBetween } from "../../core/day.js";

/** Days ahead in which a date is worth a look: two weeks, which is a sprint. */
export const soonDays = 14;

/** A flag that has expired, or will soon. */
export interface DatedFlag {
  readonly flag: string;
  readonly expires: string;
  /** Whole days until it expires; negative when it has. */
  readonly days: number;
}

/** A version that is on its way out. */
export interface OpenDeprecation {
  readonly prompt: string;
  readonly version: string;
  readonly deadline: string | null;
  readonly replacement: string | null;
  /** The deadline has come. */
  readonly isDue: boolean;
  /** Whole days until the deadline; negative when it has passed, null when there is none. */
  readonly days: number | null;
}

/** An emergency whose post-mortem is not linked yet. */
export interface OpenPostMortem {
  readonly emergency: string;
  /** Whether the emergency still decides what is served. */
  readonly status: "active" | "resolved";
  readonly due: string | null;
  readonly isDue: boolean;
  /** Whole days until it is due; negative when that day has passed, null when there is none. */
  readonly days: number | null;
}

/** The flags that have expired and those that expire within {@link soonDays}, each kind with the earliest first. */
export function datedFlags(
  { state }: Catalog,
  now: Date,
): { readonly expired: readonly DatedFlag[]; readonly expiring: readonly DatedFlag[] } {
  const flags = Object.entries(state.flags ?? {})
    .map(([flag, { expires }]) => ({ flag, expires, days: daysBetween(now, expires) }))
    .sort((a, b) => a.days - b.days);
  return {
    expired: flags.filter(({ days }) => days < 0),
    expiring: flags.filter(({ days }) => days >= 0 && days <= soonDays),
  };
}

/** The deprecated versions of all prompts. */
export function openDeprecations(catalog: Catalog, now: Date): readonly OpenDeprecation[] {
  return [...catalog.prompts.keys()].flatMap((prompt) =>
    Object.entries(stateOf(catalog, prompt).deprecations ?? {}).map(
      ([version, { deadline = null, replacement = null }]) => ({
        prompt,
        version,
        deadline,
        replacement,
        ...dueBy(deadline, now),
      }),
    ),
  );
}

/** The emergencies that owe a post-mortem, those that are still active included. */
export function openPostMortems({ state }: Catalog, now: Date): readonly OpenPostMortem[] {
  return Object.entries(state.emergencies ?? {})
    .filter(([, { post_mortem }]) => post_mortem === undefined)
    .map(([emergency, { status, post_mortem_due: due = null }]) => ({
      emergency,
      status,
      due,
      ...dueBy(due, now),
    }));
}

function dueBy(date: string | null, now: Date): { readonly isDue: boolean; readonly days: number | null } {
  const days = date === null ? null : daysBetween(now, date);
  return { isDue: days !== null && days <= 0, days };
}
