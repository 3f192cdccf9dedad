import {
  assertStateReadable,
  newestVersion,
  stateOf,
  type Catalog,
  type CatalogPrompt,
} from "../core/catalog.js";
import type { FrontMatter } from "../core/prompt.js";
import type { Workspace } from "../store/workspace.js";
import { operation, type Style } from "./operation.js";
import { catalogFor } from "./resolve-options.js";
import { plural } from "./text/plural.js";
import { table } from "./text/table.js";
import { cut, displayWidth } from "./text/width.js";

interface Input {
  readonly group?: string;
  readonly tag?: string;
  readonly owner?: string;
  readonly scope?: string;
  readonly deprecated?: boolean;
  readonly at?: string;
}

interface Listed {
  readonly name: string;
  readonly group: string;
  readonly owner: string | null;
  readonly purpose: string | null;
  /** Ascending. */
  readonly versions: readonly string[];
  readonly latest: string | null;
  readonly default: string | null;
  readonly aliases: Readonly<Record<string, string>>;
  readonly canaries: Readonly<
    Record<string, { readonly serve: string; readonly percent: number; readonly state: string }>
  >;
  readonly deprecated: readonly string[];
  readonly tags: readonly string[];
}

interface Result {
  readonly prompts: readonly Listed[];
}

export default operation({
  options: [
    { flags: "--group <group>", summary: "Show the prompts of this group and those below it" },
    { flags: "--tag <tag>", summary: "Show the prompts with this tag" },
    { flags: "--owner <owner>", summary: "Show the prompts of this owner" },
    {
      flags: "--scope <scope>",
      summary: "Show the prompts of this scope",
      choices: ["global", "agent", "user"],
    },
    { flags: "--deprecated", summary: "Show the prompts that have deprecated versions" },
    { flags: "--at <when>", summary: "Answer as of a commit, tag, branch or date" },
  ],
  examples: [
    { command: "promptsync list", does: "show all prompts with their versions and aliases" },
    {
      command: "promptsync list --group task --tag sales --json",
      does: "the sales prompts below task/, for a script",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const make = (catalog: Catalog) => readEntries(workspace, catalog, input.group);
    const listed =
      input.at === undefined && input.group === undefined
        ? await workspace.derived({ name: "list.json", format: `1 ${context.toolVersion}`, make, isLarge })
        : await make(await catalogFor(workspace, input.at, context));
    return {
      prompts: listed
        .filter(({ scope }) => input.scope === undefined || scope === input.scope)
        .map(({ entry }) => entry)
        .filter(({ tags }) => input.tag === undefined || tags.includes(input.tag))
        .filter(({ owner }) => input.owner === undefined || owner === input.owner)
        .filter(({ deprecated }) => input.deprecated !== true || deprecated.length > 0),
    };
  },
  text({ prompts }, style, { at: _at, ...filters }) {
    if (prompts.length === 0 && Object.values(filters).some((it) => it !== undefined))
      return "no prompt is meant by these options";
    if (prompts.length === 0) return "no prompts: write one in prompts/ and run `promptsync push`";
    const rows = prompts.map((prompt) => [
      style.cyan(prompt.name),
      style.dim(prompt.group),
      style.bold(prompt.latest ?? ""),
      String(prompt.versions.length),
      Object.entries(prompt.aliases)
        .map(([alias, version]) => `${alias}=${version === prompt.latest ? version : style.yellow(version)}`)
        .join(" "),
      style.dim(prompt.purpose ?? ""),
    ]);
    return `${fitting(rows, style)}\n${style.dim(plural(prompts.length, "prompt"))}`;
  },
});

interface Entry {
  readonly entry: Listed;
  readonly scope: string;
}

/** From here on, reading the newest version of each costs more than git takes to say that none has changed. */
const isLarge = (entries: readonly Entry[]): boolean => entries.length >= 200;

/** The prompts of a group, or all; their newest versions are read for what only they say. */
async function readEntries(
  workspace: Workspace,
  catalog: Catalog,
  wanted: string | undefined,
): Promise<Entry[]> {
  assertStateReadable(catalog);
  const prompts = [...catalog.prompts.values()].filter(({ group }) => isInGroup(group, wanted));
  const newest = prompts.flatMap((prompt) => {
    const version = newestVersion(prompt);
    return version === undefined ? [] : [{ ...version, name: prompt.name }];
  });
  const texts = new Map(
    (await workspace.readVersions(newest)).map((read) => [read.name, read.prompt?.frontMatter]),
  );
  return prompts.map((prompt) => ({
    entry: describe(prompt, stateOf(catalog, prompt.name), texts.get(prompt.name)),
    scope: texts.get(prompt.name)?.scope ?? "global",
  }));
}

const head = ["NAME", "GROUP", "LATEST", "VERSIONS", "ALIASES", "PURPOSE"];

/** What the purpose needs to say anything, in columns. */
const least = 20;

/** The table in the width of the terminal: the purpose gives way first, then the count; what is served comes last. */
function fitting(rows: readonly (readonly string[])[], style: Style): string {
  const { width } = style;
  if (width === undefined) return table(rows, style, { head, right: [3] });
  const keep = (columns: readonly number[], place: Style): string => {
    const pick = (row: readonly string[]): string[] => columns.map((column) => row[column] ?? "");
    return table(rows.map(pick), place, { head: pick(head), right: columns.includes(3) ? [3] : [] });
  };
  const served = keep([0, 1, 2, 3, 4], { ...style, width: undefined });
  const left = width - Math.max(...served.split("\n").map(displayWidth));
  if (left < 0) return keep([0, 1, 2, 4], style);
  if (left < least) return served;
  const short = rows.map((row) => [...row.slice(0, 5), cut(row[5] ?? "", left - 2)]);
  return table(short, style, { head, right: [3] });
}

function isInGroup(group: string, wanted: string | undefined): boolean {
  return wanted === undefined || group === wanted || group.startsWith(`${wanted.replace(/\/$/, "")}/`);
}

function describe(
  prompt: CatalogPrompt,
  state: ReturnType<typeof stateOf>,
  frontMatter: FrontMatter | undefined,
): Listed {
  const aliases = Object.entries(state.aliases ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: prompt.name,
    group: prompt.group,
    owner: state.owner ?? null,
    purpose: state.purpose ?? null,
    versions: prompt.versions.map(({ version }) => version),
    latest: newestVersion(prompt)?.version ?? null,
    default: state.default ?? null,
    aliases: Object.fromEntries(aliases.map(([alias, { serve }]) => [alias, serve])),
    canaries: Object.fromEntries(
      aliases.flatMap(([alias, { canary }]) =>
        canary === undefined
          ? []
          : [[alias, { serve: canary.serve, percent: canary.percent, state: canary.state }]],
      ),
    ),
    deprecated: Object.keys(state.deprecations ?? {}).sort(),
    tags: frontMatter?.tags ?? [],
  };
}
