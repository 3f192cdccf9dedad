import type { Catalog } from "../core/catalog.js";
import { isoDate, parseDate } from "../core/date.js";
import { PromptSyncError } from "../core/errors.js";
import type { SkewedCommit } from "../core/listing.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { ResolveRequest } from "../core/resolve/resolution.js";
import { resolve } from "../core/resolve/resolve.js";
import { Trace, type Segment, type TracePoint } from "../core/resolve/trace.js";
import { indexOfCommit, skewedCommit, skewedOf } from "../core/timeline.js";
import type { Snapshot } from "../store/read-snapshots.js";
import type { Workspace } from "../store/workspace.js";
import { promptLimit } from "../store/listing/read-files.js";
import { operation, type Style } from "./operation.js";
import { resolveOptions, toRequest, type ResolveInput } from "./resolve-options.js";
import { shallowNote } from "./text/shallow-note.js";
import { skewNote } from "./text/skew-note.js";
import { table } from "./text/table.js";

interface Input extends Omit<ResolveInput, "at"> {
  readonly since?: string;
  readonly until?: string;
}

interface TracedSegment extends Omit<Segment, "file"> {
  /** Null when the request was refused. */
  readonly digest: string | null;
}

interface Result {
  /** Null when all prompts are traced. */
  readonly prompt: string | null;
  readonly segments: readonly TracedSegment[];
  /** Commits whose clock had gone back. */
  readonly skewed: readonly SkewedCommit[];
}

export default operation({
  description:
    "What one user was served and since when, commit after commit of the base branch. Stretches that reach into the asked time are shown whole. Without a prompt: all of them.",
  arguments: [{ name: "[ref]", summary: "`name`, `name@1.2.0`, `name@^1.2` or `name@alias`" }],
  options: [
    ...resolveOptions.filter(({ flags }) => !flags.startsWith("--at ")),
    { flags: "--since <date>", summary: "Show what was served since this day" },
    { flags: "--until <date>", summary: "Show what was served until the end of this day" },
  ],
  examples: [
    {
      command: "promptsync trace qualify-lead --alias production --tenant acme --key user-42",
      does: "every version that this user got, and who decided it",
    },
    {
      command: "promptsync trace --alias production --since 2026-11-01 --until 2026-11-30",
      does: "what production served in November",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const [since, until] = [momentOf(input.since), momentOf(input.until, { end: true })];
    if (since !== undefined && until !== undefined && since > until) {
      throw new PromptSyncError(
        "USAGE",
        `\`--since ${input.since ?? ""}\` is after \`--until ${input.until ?? ""}\``,
        {
          hint: "name the earlier day first",
        },
      );
    }
    const isOne = input.ref !== undefined || input.capability !== undefined;
    const request = isOne ? toRequest(input) : undefined;
    const workspace = await context.workspace();
    const shallow = shallowNote(workspace);
    if (shallow !== undefined) context.note(shallow);
    const [timeline, traces] = await Promise.all([workspace.timeline(), traceAll(workspace, input, request)]);
    const wanted = traces
      .flatMap(({ segments }) => segments)
      .filter(
        ({ from, to }) =>
          (until === undefined || Date.parse(from) <= until) &&
          (since === undefined || to === null || Date.parse(to) > since),
      );
    const segments = await withDigests(workspace, wanted);
    return { prompt: request?.name ?? null, segments, skewed: skewedOf(timeline).map(skewedCommit) };
  },
  text: traceText,
});

const momentOf = (text: string | undefined, end = {}): number | undefined =>
  text === undefined ? undefined : parseDate(text, end).getTime();

/** Follows one request, or one for every prompt that there ever was, through the commits of the base branch. */
async function traceAll(
  workspace: Workspace,
  input: Input,
  request: ResolveRequest | undefined,
): Promise<Trace[]> {
  const timeline = await workspace.timeline();
  let place = 0;
  const dateOf = ({ commit, date }: Snapshot["commit"]): string => {
    const found = indexOfCommit(timeline, commit, place); // the commits come in the timeline's order
    if (found < 0) return date; // it was made a moment ago
    place = found;
    return isoDate(timeline.effective[found] ?? 0);
  };
  const present = await workspace.catalog();
  const traces = new Map<string, Trace>();
  if (request !== undefined) traces.set(request.name ?? "", new Trace(request));
  let last = present;
  for await (const { commit, catalog } of workspace.snapshots(partFor(present, request))) {
    if (request === undefined) {
      for (const ref of catalog.prompts.keys())
        if (!traces.has(ref)) traces.set(ref, new Trace(toRequest({ ...input, ref })));
    }
    const pointOf = (): TracePoint => ({
      commit: commit.commit,
      author: commit.author,
      subject: commit.message.split("\n", 1)[0] ?? "",
      since: dateOf(commit),
    });
    for (const trace of traces.values()) trace.add(catalog, pointOf);
    last = catalog;
  }
  const answered = [...traces.values()].filter(({ segments }) =>
    segments.some(({ error }) => error === null),
  );
  if (request !== undefined && answered.length === 0) {
    const label = `any commit of ${workspace.config.base}`;
    resolve({ ...last, origin: { ...last.origin, kind: "commit", label } }, request); // says why there never was one
  }
  return answered;
}

/** Which part of the history a request is about: of all prompts, when the one it names is none of today's. */
function partFor(present: Catalog, request: ResolveRequest | undefined) {
  const { name, capability } = request ?? {};
  if (name === undefined || capability !== undefined) return {};
  return { prompt: name, isAlone: present.prompts.has(name) };
}

async function withDigests(
  { repository }: Workspace,
  segments: readonly Segment[],
): Promise<TracedSegment[]> {
  const blobs = [...new Set(segments.flatMap(({ file }) => file?.blob ?? []))];
  const objects = await repository.objects.read(blobs, promptLimit);
  const digests = new Map(
    blobs.map((blob, index) => [blob, digestOf(objects[index]?.bytes?.toString("utf8") ?? "")]),
  );
  return segments.map(({ file, ...segment }) => ({
    ...segment,
    digest: digests.get(file?.blob ?? "") ?? null,
  }));
}

function traceText({ prompt, segments, skewed }: Result, style: Style): string {
  if (segments.length === 0) return "nothing was served in this time";
  const shown = columns.filter(
    ({ from = 0, head }) => from <= (style.width ?? Infinity) && (head !== "PROMPT" || prompt === null),
  );
  const rows = segments.map((segment) => shown.map(({ cell }) => cell(segment, style)));
  const head = shown.map((it) => it.head);
  const elastic = [head.indexOf("WHY"), head.indexOf("SUBJECT")].filter((it) => it >= 0);
  return [table(rows, style, { head, elastic }), ...skewed.map((it) => style.yellow(skewNote(it)))].join(
    "\n",
  );
}

const minute = (date: string | null): string => date?.slice(0, 16).replace("T", " ") ?? "now";

/** `from` is the width of a terminal, in columns, that has room for it beside times, version and commit. */
const columns: readonly {
  readonly head: string;
  readonly from?: number;
  readonly cell: (segment: TracedSegment, style: Style) => string;
}[] = [
  { head: "PROMPT", cell: ({ prompt }, style) => style.cyan(prompt ?? "") },
  { head: "FROM", cell: ({ from }) => minute(from) },
  { head: "UNTIL", cell: ({ to }) => minute(to) },
  {
    head: "VERSION",
    cell: ({ version, error }, style) => (version === null ? style.red(error ?? "") : style.bold(version)),
  },
  { head: "WHY", cell: ({ rule, detail, reason }) => (rule === null ? detail : `${reason} by ${rule}`) },
  { head: "COMMIT", cell: ({ commit }, style) => style.dim(commit.slice(0, 12)) },
  { head: "AUTHOR", from: 100, cell: ({ author }) => author },
  { head: "SUBJECT", from: 120, cell: ({ subject }) => subject },
];
