/** What git is told about the dates of a commit; a variable that is left out is for git to choose. */
export interface CommitDates {
  readonly GIT_AUTHOR_DATE?: string;
  readonly GIT_COMMITTER_DATE?: string;
}

/**
 * The dates of our commits: now, but always at least a second after the parent, so that history read by date stays in
 * order when a clock goes back. Dates that the environment sets are taken where they fit.
 */
export function commitDates(
  environment: NodeJS.ProcessEnv,
  now: Date,
  parentSeconds: number | null,
): CommitDates {
  const given = environment.GIT_COMMITTER_DATE;
  const wished = given === undefined ? seconds(now) : parseDate(given);
  // A date in a form that only git reads, such as `yesterday`, is for git to read.
  if (wished === null) return {};
  const committed = Math.max(wished, (parentSeconds ?? 0) + 1);
  const date = `@${String(committed)} ${zone(now)}`;
  return { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: environment.GIT_AUTHOR_DATE ?? date };
}

function parseDate(text: string): number | null {
  const raw = /^@?(\d{9,}) [-+]\d{4}$/.exec(text);
  if (raw) return Number(raw[1]);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[-+]\d\d:?\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(time) ? null : seconds(new Date(time));
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The local time zone as git writes it, such as `+0200`. */
function zone(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
