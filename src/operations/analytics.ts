import { relative, resolve } from "node:path";
import type { SplitCheck } from "../analytics/split-check.js";
import type { UsageRow } from "../analytics/usage.js";
import { findPrompt, type Catalog } from "../core/catalog.js";
import { parseDate } from "../core/date.js";
import { isPromptSyncError } from "../core/errors.js";
import type { ReadEvent } from "../core/telemetry/read-event.js";
import { parseVersion } from "../core/version.js";
import type { Workspace } from "../store/workspace.js";
import { readUsage, type MalformedLine } from "./analytics/read-usage.js";
import { usageTable } from "./analytics/usage-text.js";
import { operation, type Context, type Style } from "./operation.js";
import { grouped, plural } from "./text/plural.js";
import { wrap } from "./text/wrap.js";

interface Input {
  readonly name?: string;
  readonly version?: string;
  readonly from?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly alias?: string;
}

interface Result {
  /** What was read, the oldest first; relative to the user's folder. */
  readonly files: readonly string[];
  readonly events: number;
  /** Times of the first and the last event; null without one. */
  readonly first: string | null;
  readonly last: string | null;
  readonly usage: readonly UsageRow[];
  readonly splits: readonly SplitCheck[];
  /** Events of canaries that were not checked: their commit is not here. */
  readonly unknown: number;
  /** Events of canaries that the state of their commit would have answered otherwise. */
  readonly unexplained: number;
  /** Lines that are no events, and the first of them. */
  readonly malformed: number;
  readonly malformedLines: readonly MalformedLine[];
  /** Events beyond the most rows that are kept apart. */
  readonly overflow: number;
}

export default operation({
  description:
    "Reads the usage log that an application writes, and compares each canary's share with promptsync.yaml at the commit that decided.",
  arguments: [{ name: "[name]", summary: "Show this prompt only" }],
  options: [
    { flags: "--version <version>", summary: "Show this version only" },
    { flags: "--alias <alias>", summary: "Count what was served through this alias only" },
    { flags: "--from <files...>", summary: "Read these files instead of the log of `.promptsyncrc`" },
    { flags: "--since <date>", summary: "Count what happened since this day or moment" },
    { flags: "--until <date>", summary: "Count what happened until this day or moment" },
  ],
  examples: [
    { command: "promptsync analytics qualify-lead", does: "how the versions of one prompt do" },
    {
      command: "promptsync analytics --from logs/*.jsonl --since 2026-11-01 --json",
      does: "the same of all prompts this month, for a script",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const version = input.version === undefined ? undefined : parseVersion(input.version);
    const isWanted = wantedEvents(input);
    const workspace = await workspaceOf(input, context);
    const catalog = await workspace?.catalog();
    const files =
      input.from === undefined
        ? ((await workspace?.usageLogs()) ?? [])
        : input.from.map((file) => resolve(context.directory, file));
    const pastArms = catalog && workspace?.pastArms((prompt) => folderOf(catalog, prompt));
    const read = await readUsage(files, isWanted, pastArms);
    if (input.name !== undefined && read.events === 0 && catalog !== undefined)
      findPrompt(catalog, input.name);
    const nameOf = (file: string): string => relative(context.directory, file) || file;
    return {
      files: files.map(nameOf),
      events: read.events,
      first: read.first,
      last: read.last,
      usage: read.usage.rows().filter((row) => version === undefined || row.version === version),
      splits: read.splits
        .checks()
        .filter(
          ({ baseline, candidate }) => version === undefined || [baseline, candidate].includes(version),
        ),
      unknown: read.splits.unknown,
      unexplained: read.splits.unexplained,
      malformed: read.malformed,
      malformedLines: read.malformedLines.map(({ file, line }) => ({ file: nameOf(file), line })),
      overflow: read.usage.overflow,
    };
  },
  text(result, style) {
    const prompts = new Set(result.usage.map(({ prompt }) => prompt));
    const blocks = [...prompts].map((prompt) => {
      const rows = result.usage.filter((row) => row.prompt === prompt);
      const served = rows.reduce((sum, row) => sum + row.served, 0);
      const checks = result.splits.filter((check) => check.prompt === prompt);
      return [
        `${style.bold(prompt)}  ${style.dim(`${grouped(served)} served`)}`,
        usageTable(rows, style),
        ...checks.flatMap((check) => splitText(check, style)),
      ].join("\n");
    });
    const none = `no events in ${plural(result.files.length, "file")}`;
    const body = blocks.length === 0 ? none : blocks.join("\n\n");
    return [body, ...footer(result, style)].join("\n");
  },
});

function wantedEvents({ name, alias, since, until }: Input): (event: ReadEvent) => boolean {
  const after = since === undefined ? -Infinity : parseDate(since).getTime();
  const before = until === undefined ? Infinity : parseDate(until, { end: true }).getTime();
  return (event) => {
    if (name !== undefined && event.prompt !== name) return false;
    if (alias !== undefined && event.alias !== alias) return false;
    const time = Date.parse(event.time);
    return time >= after && time <= before;
  };
}

/** With files that are named, no repository is needed: then no split is checked. */
async function workspaceOf({ from }: Input, context: Context): Promise<Workspace | undefined> {
  try {
    return await context.workspace();
  } catch (error) {
    if (from !== undefined && isPromptSyncError(error) && error.code === "NOT_A_REPOSITORY") return undefined;
    throw error;
  }
}

function folderOf(catalog: Catalog, prompt: string): string | undefined {
  return catalog.prompts.get(prompt)?.versions[0]?.path.replace(/\/[^/]*$/, "");
}

const marks = { ok: "✓", mismatch: "✗", "too few": "?" } as const;

function splitText(check: SplitCheck, style: Style): string[] {
  const { alias, tenant, candidate, percent, events, observed, expected, p, verdict } = check;
  const colour = { ok: style.green, mismatch: style.red, "too few": style.yellow }[verdict];
  const place = `${alias ?? "no alias"}${tenant === null ? "" : ` of tenant ${tenant}`}`;
  const share = `${grouped(observed)} of ${plural(events, "event")}, expected ${grouped(Math.round(expected))}`;
  const chance = verdict === "too few" ? "" : ` (p ${p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`})`;
  const line = `${marks[verdict]} canary ${candidate} on ${place} at ${percent} %: ${verdict}, ${share}${chance}`;
  return wrap(line, style.width).map((part) => colour(part));
}

function footer(result: Result, style: Style): string[] {
  const { unknown, unexplained, malformed, malformedLines, overflow } = result;
  const notes: string[] = [];
  if (unexplained > 0)
    notes.push(
      `${plural(unexplained, "event")} got what promptsync.yaml at their commit does not serve: was it edited without a commit?`,
    );
  if (unknown > 0)
    notes.push(
      `${plural(unknown, "event")} of canaries not checked: their commits are not in this repository`,
    );
  if (malformed > 0) {
    const places = malformedLines.slice(0, 3).map(({ file, line }) => `${file}:${String(line)}`);
    notes.push(
      `${plural(malformed, "line")} without an event left out: ${places.join(", ")}${malformed > 3 ? ", …" : ""}`,
    );
  }
  if (overflow > 0) notes.push(`${plural(overflow, "event")} left out: too many prompts and versions`);
  const lines = notes.flatMap((note) => wrap(note, style.width)).map((line) => style.yellow(line));
  return lines.length === 0 ? [] : ["", ...lines];
}
