import { assertStateReadable, newestVersion, stateOf, type Catalog } from "../core/catalog.js";
import { isPromptSyncError } from "../core/errors.js";
import { armsOf } from "../core/state/arms.js";
import { compareVersions, isPrerelease } from "../core/version.js";
import { hasSameContent } from "../plans/plan-push.js";
import { pinDraft } from "../plans/pin-draft.js";
import type { Workspace } from "../store/workspace.js";
import { operation, type Style } from "./operation.js";
import { plural } from "./text/plural.js";
import { table } from "./text/table.js";

interface Result {
  readonly branch: string | null;
  readonly commit: string | null;
  /** Drafts that a push would turn into versions, and those that it would refuse. */
  readonly drafts: readonly {
    readonly name: string;
    readonly file: string;
    readonly state: "new" | "changed" | "broken";
  }[];
  /** Aliases that do not serve the newest release. */
  readonly lag: readonly {
    readonly prompt: string;
    readonly alias: string;
    readonly version: string;
    readonly latest: string;
    /** How many releases are newer than the one served. */
    readonly behind: number;
  }[];
  readonly canaries: readonly {
    readonly prompt: string;
    readonly alias: string;
    readonly version: string;
    readonly percent: number;
    readonly state: string;
    readonly started: string | null;
    readonly days: number | null;
  }[];
  readonly expiredFlags: readonly { readonly flag: string; readonly expires: string }[];
  readonly deprecations: readonly {
    readonly prompt: string;
    readonly version: string;
    readonly deadline: string | null;
    readonly replacement: string | null;
    readonly isDue: boolean;
  }[];
  readonly postMortems: readonly {
    readonly emergency: string;
    readonly due: string | null;
    readonly isDue: boolean;
  }[];
  /** Null when the branch follows no remote branch. */
  readonly remote: { readonly branch: string; readonly ahead: number; readonly behind: number } | null;
}

export default operation({
  description: "What needs a person: drafts to push, aliases that lag, canaries, and dates that have come.",
  examples: [
    { command: "promptsync status", does: "what is open in this repository" },
    { command: "promptsync status --json", does: "the same for a dashboard" },
  ],
  async run(_input: object, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const today = context.now.toISOString().slice(0, 10);
    const { commit, branch } = workspace.repository.head;
    return {
      branch: branch?.replace("refs/heads/", "") ?? null,
      commit,
      drafts: await openDrafts(workspace, catalog),
      lag: lagOf(catalog),
      canaries: canariesOf(catalog, context.now),
      expiredFlags: Object.entries(catalog.state.flags ?? {})
        .filter(([, { expires }]) => expires.slice(0, 10) < today)
        .map(([flag, { expires }]) => ({ flag, expires })),
      deprecations: deprecationsOf(catalog, today),
      postMortems: Object.entries(catalog.state.emergencies ?? {})
        .filter(([, { post_mortem }]) => post_mortem === undefined)
        .map(([emergency, { post_mortem_due: due = null }]) => ({
          emergency,
          due,
          isDue: due !== null && due.slice(0, 10) <= today,
        })),
      remote: await workspace.upstream(),
    };
  },
  text: statusText,
});

async function openDrafts(workspace: Workspace, catalog: Catalog): Promise<Result["drafts"]> {
  const drafts = workspace.drafts();
  const wanted = drafts.flatMap(({ name }) => {
    const prompt = catalog.prompts.get(name);
    const newest = prompt === undefined ? undefined : newestVersion(prompt);
    return newest === undefined ? [] : [{ ...newest, name }];
  });
  const newest = new Map((await workspace.readVersions(wanted)).map((read) => [read.name, read.prompt]));
  return drafts.flatMap(({ name, file, read }): Result["drafts"] => {
    const draft = tryToRead(read)?.draft;
    if (draft === undefined) return [{ name, file, state: "broken" }];
    const prompt = newest.get(name);
    if (
      prompt !== undefined &&
      hasSameContent(prompt, tryToRead(() => pinDraft(catalog, name, draft)) ?? draft)
    )
      return [];
    return [{ name, file, state: catalog.prompts.has(name) ? "changed" : "new" }];
  });
}

function tryToRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isPromptSyncError(error)) return undefined; // shown as broken; push says why
    throw error;
  }
}

function lagOf(catalog: Catalog): Result["lag"] {
  return [...armsOf(catalog.state)].flatMap(({ prompt: name, alias, arm, tenant }) => {
    const prompt = catalog.prompts.get(name);
    if (tenant !== undefined || prompt === undefined) return [];
    const releases = prompt.versions.map(({ version }) => version).filter((it) => !isPrerelease(it));
    const newer = releases.filter((version) => compareVersions(version, arm.serve) > 0);
    const latest = newer.at(-1);
    return latest === undefined
      ? []
      : [{ prompt: name, alias, version: arm.serve, latest, behind: newer.length }];
  });
}

function canariesOf(catalog: Catalog, now: Date): Result["canaries"] {
  return [...armsOf(catalog.state)].flatMap(({ prompt, alias, arm: { canary } }) => {
    if (canary === undefined) return [];
    const { serve: version, percent, state, started = null } = canary;
    const days = started === null ? null : Math.floor((now.getTime() - Date.parse(started)) / 86_400_000);
    return [{ prompt, alias, version, percent, state, started, days }];
  });
}

function deprecationsOf(catalog: Catalog, today: string): Result["deprecations"] {
  return [...catalog.prompts.keys()].flatMap((prompt) =>
    Object.entries(stateOf(catalog, prompt).deprecations ?? {}).map(
      ([version, { deadline = null, replacement = null }]) => {
        return {
          prompt,
          version,
          deadline,
          replacement,
          isDue: deadline !== null && deadline.slice(0, 10) <= today,
        };
      },
    ),
  );
}

function statusText(status: Result, style: Style): string {
  const { drafts, lag, canaries, expiredFlags, deprecations, postMortems, remote } = status;
  const ahead = remote === null ? "" : `, ${distanceOf(remote)}`;
  const section = (title: string, rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0
      ? []
      : [
          "",
          style.bold(title),
          table(
            rows.map((row) => ["", ...row]),
            style,
          ),
        ];
  const day = (date: string | null): string => date?.slice(0, 10) ?? "no date";
  const due = (isDue: boolean, text: string): string => (isDue ? style.red(text) : text);
  const sections = [
    ...section(
      "Drafts to push",
      drafts.map(({ name, file, state }) => [
        style.cyan(name),
        state === "broken" ? style.red(state) : style.yellow(state),
        style.dim(file),
      ]),
    ),
    ...section(
      "Aliases that lag",
      lag.map((it) => [
        style.cyan(it.prompt),
        it.alias,
        `${style.yellow(it.version)} → ${it.latest}`,
        style.dim(`${it.behind} behind`),
      ]),
    ),
    ...section(
      "Canaries",
      canaries.map((it) => [
        style.cyan(it.prompt),
        it.alias,
        `${it.version} at ${it.percent} %`,
        it.state,
        it.days === null ? "" : style.dim(plural(it.days, "day")),
      ]),
    ),
    ...section(
      "Expired flags",
      expiredFlags.map(({ flag, expires }) => [style.cyan(flag), style.red(day(expires))]),
    ),
    ...section(
      "Deprecated versions",
      deprecations.map((it) => [
        style.cyan(it.prompt),
        it.version,
        due(it.isDue, day(it.deadline)),
        style.dim(it.replacement === null ? "" : `use ${it.replacement}`),
      ]),
    ),
    ...section(
      "Post-mortems owed",
      postMortems.map((it) => [style.cyan(it.emergency), due(it.isDue, day(it.due))]),
    ),
  ];
  const where = `${style.bold(status.branch ?? "detached HEAD")}${style.dim(` at ${status.commit?.slice(0, 12) ?? "no commit yet"}${ahead}`)}`;
  return [where, ...(sections.length === 0 ? [style.green("nothing needs you")] : sections)].join("\n");
}

function distanceOf({ branch, ahead, behind }: NonNullable<Result["remote"]>): string {
  if (ahead + behind === 0) return `level with ${branch}`;
  const parts = [
    ahead === 0 ? "" : `${plural(ahead, "commit")} ahead of`,
    behind === 0 ? "" : `${plural(behind, "commit")} behind`,
  ];
  return `${parts.filter(Boolean).join(" and ")} ${branch}`;
}
