import { PromptSyncError } from "../core/errors.js";
import { parseDate } from "../core/date.js";
import type { AuditRecord } from "../core/plan.js";
import { operation, type Style } from "./operation.js";
import { table } from "./text/table.js";
import { wrap } from "./text/wrap.js";

interface Input {
  readonly name?: string;
  readonly alias?: string;
  readonly since?: string;
  readonly limit?: string;
}

/** Where a change stands, when a prompt and an alias do not say it. */
type Place = Pick<
  AuditRecord,
  "tenant" | "flag" | "capability" | "emergency" | "override" | "field" | "percent"
>;

interface Entry extends Place {
  readonly commit: string;
  readonly date: string;
  readonly author: string;
  readonly action: string;
  readonly prompt: string | null;
  readonly version: string | null;
  readonly alias: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
}

interface Result {
  readonly entries: readonly Entry[];
}

export default operation({
  description:
    "Every change of what is served, newest first; changes made by hand are found by comparing the states.",
  arguments: [{ name: "[name]", summary: "Show this prompt only" }],
  options: [
    { flags: "--alias <alias>", summary: "Show the moves of this alias only" },
    { flags: "--since <date>", summary: "Show what happened since this day" },
    { flags: "-n, --limit <count>", summary: "Show at most this many entries" },
  ],
  examples: [
    { command: "promptsync log qualify-lead", does: "what happened to one prompt" },
    {
      command: "promptsync log --alias production --since 2026-11-01",
      does: "who moved production this month",
    },
  ],
  async run({ name, alias, since, limit }: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const changes = await workspace.audit(since === undefined ? {} : { since: parseDate(since) });
    const entries = changes.flatMap(({ commit, date, author, records }) =>
      records.map((record) => toEntry({ commit, date, author }, record)),
    );
    const wanted = entries.filter(
      (entry) =>
        (name === undefined || entry.prompt === name) && (alias === undefined || entry.alias === alias),
    );
    return { entries: limit === undefined ? wanted : wanted.slice(0, count(limit)) };
  },
  text({ entries }, style) {
    if (entries.length === 0) return "nothing happened yet";
    return style.width === undefined ? logTable(entries, style) : logByCommit(entries, style);
  },
});

/** One line an entry, for `grep` and friends. */
function logTable(entries: readonly Entry[], style: Style): string {
  const rows = entries.map((entry) => [
    entry.commit.slice(0, 10),
    minuteOf(entry),
    entry.author,
    entry.action,
    whatOf(entry, style),
    changeOf(entry),
    entry.reason ?? "",
  ]);
  return table(rows, style, { head: ["COMMIT", "DATE", "AUTHOR", "ACTION", "PROMPT", "CHANGE", "REASON"] });
}

/** What belongs to one commit under one heading, for people. */
function logByCommit(entries: readonly Entry[], style: Style): string {
  const commits = new Map<string, Entry[]>();
  for (const entry of entries) commits.set(entry.commit, [...(commits.get(entry.commit) ?? []), entry]);
  const blocks = [...commits.values()].map((some) => {
    const [first] = some;
    if (first === undefined) return "";
    const rows = some.map((entry) => [`  ${entry.action}`, whatOf(entry, style), changeOf(entry)]);
    const reasons = [...new Set(some.map(({ reason }) => reason ?? ""))].filter(Boolean);
    return [
      `${style.yellow(first.commit.slice(0, 10))}  ${style.dim(minuteOf(first))}  ${first.author}`,
      ...reasons.flatMap((reason) => wrap(reason, (style.width ?? 80) - 4).map((line) => `    ${line}`)),
      table(rows, style),
    ].join("\n");
  });
  return blocks.join("\n\n");
}

const minuteOf = ({ date }: Entry): string => date.slice(0, 16).replace("T", " ");

const whatOf = (
  { prompt, alias, tenant, flag, capability, emergency, override }: Entry,
  style: Style,
): string =>
  [
    `${style.cyan(prompt ?? "")}${alias === null ? "" : `@${alias}`}`,
    ...[tenant, flag, capability, emergency, override].filter((place) => place !== undefined),
  ]
    .filter((word) => word !== "")
    .join(" ");

const changeOf = ({ from, to, version, percent }: Entry): string =>
  `${from === null || from === to ? "" : `${from} → `}${to ?? version ?? "removed"}${percent === undefined ? "" : ` at ${percent} %`}`;

function toEntry(who: Pick<Entry, "commit" | "date" | "author">, record: AuditRecord): Entry {
  const {
    action,
    prompt = null,
    version = null,
    alias = null,
    from = null,
    to = null,
    reason = null,
    ...place
  } = record;
  return { ...who, action, prompt, version, alias, from, to, reason, ...place };
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new PromptSyncError("USAGE", `\`${text}\` is no count`, { hint: "write a whole number: `-n 20`" });
}
