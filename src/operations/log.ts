import { PromptSyncError } from "../core/errors.js";
import { parseDate } from "../core/date.js";
import type { AuditRecord } from "../core/plan.js";
import { operation } from "./operation.js";
import { table } from "./text/table.js";

interface Input {
  readonly name?: string;
  readonly alias?: string;
  readonly since?: string;
  readonly limit?: string;
}

interface Entry {
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
    return table(
      entries.map(({ commit, date, author, action, prompt, version, alias, from, to, reason }) => [
        style.dim(commit.slice(0, 10)),
        style.dim(date.slice(0, 16).replace("T", " ")),
        author,
        action,
        `${style.cyan(prompt ?? "")}${alias === null ? "" : `@${alias}`}`,
        `${from === null ? "" : `${from} → `}${to ?? version ?? "–"}`,
        style.dim(reason ?? ""),
      ]),
      style,
      { head: ["COMMIT", "DATE", "AUTHOR", "ACTION", "PROMPT", "CHANGE", "REASON"] },
    );
  },
});

function toEntry(who: Pick<Entry, "commit" | "date" | "author">, record: AuditRecord): Entry {
  const {
    action,
    prompt = null,
    version = null,
    alias = null,
    from = null,
    to = null,
    reason = null,
  } = record;
  return { ...who, action, prompt, version, alias, from, to, reason };
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new PromptSyncError("USAGE", `\`${text}\` is no count`, { hint: "write a whole number: `-n 20`" });
}
