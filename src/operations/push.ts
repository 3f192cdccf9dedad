import { bumps } from "../core/bump.js";
import type { Catalog } from "../core/catalog.js";
import { usableDraft } from "../core/prompt-file/usable-draft.js";
import { PromptSyncError } from "../core/errors.js";
import { checkName } from "../core/name.js";
import { didYouMean } from "../core/suggest.js";
import type { DraftToPush, PlannedPush, PushedVersion } from "../plans/plan-push.js";
import type { StateChange } from "../plans/state-change.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Workspace } from "../store/workspace.js";
import { pinDrafts, withClosures } from "./pin-drafts.js";
import { operation, type Style, type WriteInput } from "./operation.js";
import { draftsByName } from "./drafts-by-name.js";
import { templateOptions } from "./template-options.js";
import { plural } from "./text/plural.js";
import { table } from "./text/table.js";
import { wrap } from "./text/wrap.js";
import { commitLine, movesTable, write, type Written } from "./write.js";

interface Input extends WriteInput {
  readonly names: readonly string[];
  readonly path?: string;
  readonly alias?: string;
  readonly version?: string;
  readonly bump?: "auto" | "major" | "minor" | "patch";
}

interface Result extends Written {
  readonly pushed: readonly PushedVersion[];
  readonly unchanged: readonly string[];
  readonly aliases: readonly Pick<StateChange, "prompt" | "alias" | "from" | "to">[];
}

export default operation({
  description:
    "Drafts that differ from their newest version become the next version, all in one commit. Drafts stay where they are.",
  arguments: [{ name: "[names...]", summary: "The prompts to push; left out: every draft" }],
  options: [
    { flags: "--path <dir>", summary: "Read the drafts of this folder or file instead of prompts/" },
    { flags: "--alias <alias>", summary: "Move this alias to the pushed versions too" },
    { flags: "--version <version>", summary: "Give the new version this number" },
    {
      flags: "--bump <step>",
      summary: "Take this step; a smaller one than the change needs is refused",
      choices: ["auto", "major", "minor", "patch"],
    },
  ],
  examples: [
    {
      command: "promptsync push --path ./prompts/ --alias dev",
      does: "push what changed and let dev serve it",
    },
    {
      command: 'promptsync push qualify-lead -m "Ask for the budget first"',
      does: "push one prompt and say why",
    },
    { command: "promptsync push --dry-run", does: "show the numbers that a push would give" },
  ],
  writes: true,
  async run(input: Input, context): Promise<Result> {
    if (input.alias !== undefined) checkName("alias", input.alias);
    const workspace = await context.workspace();
    const files = chooseDrafts(workspace, input);
    const [{ planPush }, { comparison }, { checkTemplates }, { refuseFindings }] = await Promise.all([
      import("../plans/plan-push.js"),
      import("./comparison.js"),
      import("./check-templates.js"),
      import("./refuse-findings.js"),
    ]);
    const drafts = files.map((file) => {
      const text = file.read();
      const draft = usableDraft(text, file.file);
      checkTemplates(draft, { ...file, ...text }, templateOptions(workspace.config.engine));
      return { file, draft, bodyLine: text.bodyLine };
    });
    let planned: PlannedPush | undefined;
    const written = await write(context, input, async (catalog) => {
      const known = await withKnown(workspace, catalog, pinDrafts(catalog, drafts), input);
      const { drafts: toPush, library } = await withClosures(workspace, catalog, known);
      const isOwnerless = toPush.some(
        ({ name, draft }) => !catalog.prompts.has(name) && draft.owner === undefined,
      );
      const owner = workspace.config.owner ?? (isOwnerless ? await workspace.committerAddress() : "");
      const compare = comparison(workspace.config, templateOptions(workspace.config.engine, library.load));
      planned = planPush(catalog, toPush, { ...input, owner, compare });
      refuseFindings(planned, { catalog, drafts: files, rules: workspace.config.rules, now: context.now });
      const { passGates } = await import("./gates/pass-gates.js");
      return passGates(context, input, { catalog, plan: planned.plan });
    });
    const { pushed = [], unchanged = [], aliases = [] } = planned ?? {};
    return {
      ...written,
      pushed,
      unchanged,
      aliases: aliases.map(({ prompt, alias, from, to }) => ({ prompt, alias, from, to })),
    };
  },
  text: pushText,
});

/**
 * The drafts that are meant.
 * @throws PromptSyncError `DRAFT_NOT_FOUND`, `PROMPT_INVALID` (two drafts of one name)
 */
function chooseDrafts(workspace: Workspace, { names, path }: Input): readonly DraftFile[] {
  const all = workspace.drafts(path);
  const folder = path ?? `${workspace.config.drafts}/`;
  const byName = draftsByName(all, names);
  for (const name of names) {
    if (byName.has(name)) continue;
    throw new PromptSyncError("DRAFT_NOT_FOUND", `there is no draft of \`${name}\` in \`${folder}\``, {
      hint: didYouMean(name, byName.keys()) || `\`promptsync new ${name}\` makes one`,
    });
  }
  if (all.length === 0) {
    throw new PromptSyncError("DRAFT_NOT_FOUND", `there is no draft in \`${folder}\``, {
      hint: "`promptsync new <name>` makes one",
    });
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** Reads the versions that the drafts will be compared to: the newest, and the one below a number that is named. */
async function withKnown(
  workspace: Workspace,
  catalog: Catalog,
  drafts: readonly { readonly file: DraftFile; readonly draft: DraftToPush["draft"] }[],
  input: Input,
): Promise<DraftToPush[]> {
  const { versionsToKnow } = await import("../plans/choose-version.js");
  const wanted = drafts.flatMap(({ file, draft }) => {
    const versions = catalog.prompts.get(file.name)?.versions ?? [];
    const numbers = versionsToKnow(
      { asked: draft.version, versions: versions.map(({ version }) => version) },
      input,
    );
    return versions
      .filter(({ version }) => numbers.includes(version))
      .map((version) => ({ ...version, name: file.name }));
  });
  const read = await workspace.readVersions(wanted);
  for (const { prompt, path, problems } of read) {
    const [problem] = problems;
    if (prompt !== undefined || problem === undefined) continue;
    throw new PromptSyncError("PROMPT_INVALID", problem.message, { ...problem, file: path });
  }
  return drafts.map(({ file, draft }) => ({
    name: file.name,
    group: file.group,
    file: file.file,
    draft,
    known: new Map(
      read.flatMap(({ name, version, prompt }) =>
        name === file.name && prompt ? [[version, prompt] as const] : [],
      ),
    ),
  }));
}

/** How many changes of one prompt are worth a line each; `diff` shows all. */
const changesShown = 5;

function pushText(result: Result, style: Style): string {
  const { pushed, aliases, unchanged } = result;
  const heads = table(
    pushed.map((it) => [
      `${style.green("+")} ${style.cyan(it.name)}`,
      `${it.previous === null ? "" : `${style.dim(it.previous)} → `}${style.bold(it.version)}`,
      style.dim(stepOf(it)),
    ]),
    style,
  ).split("\n");
  const versions = pushed.flatMap((it, index) => [heads[index] ?? "", ...changeLines(it, result, style)]);
  const moves = aliases.length === 0 ? [] : [movesTable(aliases, style)];
  const same = unchanged.length === 0 ? [] : [style.dim(`unchanged: ${unchanged.join(", ")}`)];
  const isNothing = versions.length + moves.length === 0;
  return [...versions, ...moves, ...same, isNothing ? "nothing to push" : commitLine(result, style)].join(
    "\n",
  );
}

/** The step that was taken, and the smallest that would do when that is another. */
function stepOf({ previous, bump, requiredBump }: PushedVersion): string {
  if (previous === null) return "new";
  return bump === requiredBump || requiredBump === "none" ? bump : `${bump}, ${requiredBump} would do`;
}

/** The weightiest changes; what does not fit into one line goes on below itself. */
function changeLines(pushed: PushedVersion, { dryRun }: Written, style: Style): string[] {
  const { name, version, previous, changes } = pushed;
  const ranked = [...changes].sort((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump));
  const shown = ranked.slice(0, changesShown).flatMap(({ bump, message }) => {
    const word = bump === "major" ? style.yellow(bump) : style.dim(bump);
    const lines = wrap(message, style.width === undefined ? undefined : style.width - 11);
    return lines.map((line, index) => `    ${index === 0 ? word : "     "}  ${style.dim(line)}`);
  });
  const left = ranked.length - changesShown;
  const all = `promptsync diff ${name}${dryRun ? "" : ` ${previous ?? ""} ${version}`}`;
  return left <= 0 ? shown : [...shown, style.dim(`    … ${plural(left, "more change")}: ${all}`)];
}
