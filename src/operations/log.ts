import { addTo } from "../core/add-to.js";
import { PromptSyncError } from "../core/errors.js";
import { parseDate } from "../core/date.js";
import type { SkewedCommit } from "../core/listing.js";
import type { AuditRecord } from "../core/plan.js";
import { skewedCommit, skewedOf } from "../core/timeline.js";
import type { AuditCommit } from "../store/read-audit.js";
import type { Workspace } from "../store/workspace.js";
import { SeenNames, type AskedNames } from "./log/seen-names.js";
import { operation, type Style } from "./operation.js";
import { endOf } from "./text/change-cells.js";
import { shallowNote } from "./text/shallow-note.js";
import { skewNote } from "./text/skew-note.js";
import { table } from "./text/table.js";
import { wrap } from "./text/wrap.js";

interface Input extends AskedNames {
  readonly since?: string;
  readonly until?: string;
  readonly author?: string;
  readonly action?: string;
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
  /** Commits among them whose clock had gone back. */
  readonly skewed: readonly SkewedCommit[];
}

export default operation({
  description:
    "Every change of what is served, newest first; changes made by hand are found by comparing the states.",
  arguments: [{ name: "[name]", summary: "Show this prompt only" }],
  options: [
    { flags: "--alias <alias>", summary: "Show the moves of this alias only" },
    { flags: "--tenant <tenant>", summary: "Show the changes of this tenant only" },
    { flags: "--action <action>", summary: "Show this kind of change only, such as alias-set or push" },
    { flags: "--author <text>", summary: "Show the commits whose author's name or address holds this" },
    { flags: "--since <date>", summary: "Show what happened since this day" },
    { flags: "--until <date>", summary: "Show what happened until the end of this day" },
    { flags: "-n, --limit <count>", summary: "Show at most this many entries" },
  ],
  examples: [
    { command: "promptsync log qualify-lead", does: "what happened to one prompt" },
    {
      command: "promptsync log --alias production --since 2026-11-01",
      does: "who moved production this month",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const most = input.limit === undefined ? Number.POSITIVE_INFINITY : count(input.limit);
    const [isWantedCommit, isWanted] = [commitFilter(input), recordFilter(input)];
    const workspace = await context.workspace();
    const shallow = shallowNote(workspace);
    if (shallow !== undefined) context.note(shallow);
    const timeline = workspace.timeline();
    timeline.catch(() => undefined); // awaited below, unless the trail cannot be read either
    const entries: Entry[] = [];
    const of = input.name === undefined ? {} : { prompt: input.name };
    for await (const some of workspace.audit({ ...of, isLive: Number.isFinite(most) })) {
      for (const told of some) {
        if (told.records.length === 0 || !isWantedCommit(told)) continue;
        const { commit, date, author, records } = told;
        const found = records.filter(isWanted).slice(0, most - entries.length);
        entries.push(...found.map((record) => toEntry({ commit, date, author }, record)));
      }
      if (entries.length >= most) break;
    }
    if (entries.length === 0) await refuseUnknown(workspace, input);
    const shown = new Set(entries.map(({ commit }) => commit));
    const skewed = skewedOf(await timeline).filter(({ commit }) => shown.has(commit));
    return { entries, skewed: skewed.map(skewedCommit) };
  },
  text({ entries, skewed }, style, input) {
    if (entries.length === 0)
      return Object.keys(input).length === 0 ? "nothing happened yet" : "no change is like this";
    const told = style.width === undefined ? logTable(entries, style) : logByCommit(entries, style);
    return [told, ...skewed.map((it) => style.yellow(skewNote(it)))].join("\n");
  },
});

/** Says when a name in the question was never one: what nothing was found for may be misspelt. */
async function refuseUnknown(workspace: Workspace, input: Input): Promise<void> {
  if ((input.name ?? input.alias ?? input.tenant) === undefined) return;
  const seen = new SeenNames();
  for await (const some of workspace.audit())
    for (const record of some.flatMap(({ records }) => records)) seen.add(record);
  seen.refuseUnknown(input, await workspace.catalog());
}

/**
 * Dates are compared one by one: `git log --since` stops at the first commit whose clock was wrong, and hides what
 * lies behind it.
 */
function commitFilter({ since, until, author }: Input): (commit: AuditCommit) => boolean {
  const first = since === undefined ? Number.NEGATIVE_INFINITY : parseDate(since).getTime();
  const last = until === undefined ? Number.POSITIVE_INFINITY : parseDate(until, { end: true }).getTime();
  const who = author?.toLowerCase();
  const isDated = since !== undefined || until !== undefined;
  return (commit) => {
    const at = isDated ? Date.parse(commit.date) : 0;
    const isBy = who === undefined || `${commit.author} <${commit.email}>`.toLowerCase().includes(who);
    return at >= first && at <= last && isBy;
  };
}

function recordFilter({ name, alias, tenant, action }: Input): (record: AuditRecord) => boolean {
  return (record) =>
    (name === undefined || record.prompt === name) &&
    (alias === undefined || record.alias === alias) &&
    (tenant === undefined || record.tenant === tenant) &&
    (action === undefined || record.action === action);
}

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
  for (const entry of entries) addTo(commits, entry.commit, entry);
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

function changeOf({ action, from, to, version, percent }: Entry): string {
  const before = from === null || from === to ? "" : `${from} → `;
  const after = to ?? (from === null && version !== null ? version : endOf(action));
  return `${before}${after}${percent === undefined ? "" : ` at ${percent} %`}`;
}

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
