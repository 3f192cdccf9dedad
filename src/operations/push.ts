import type { Catalog } from "../core/catalog.js";
import { usableDraft } from "../core/prompt-file/usable-draft.js";
import { PromptSyncError } from "../core/errors.js";
import { didYouMean } from "../core/suggest.js";
import type { DraftToPush, PlannedPush, PushedVersion } from "../plans/plan-push.js";
import type { StateChange } from "../plans/plan-alias.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Workspace } from "../store/workspace.js";
import { operation, type Style, type WriteInput } from "./operation.js";
import { changeLine, commitLine, write, type Written } from "./write.js";

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
    const workspace = await context.workspace();
    const files = chooseDrafts(workspace, input);
    const drafts = files.map((file) => ({ file, draft: usableDraft(file.read(), file.file) }));
    const [{ planPush }, { comparePrompts }] = await Promise.all([
      import("../plans/plan-push.js"),
      import("../compare/index.js"),
    ]);
    let planned: PlannedPush | undefined;
    const written = await write(context, input, async (catalog) => {
      const toPush = await withKnown(workspace, catalog, drafts, input);
      const isOwnerless = toPush.some(
        ({ name, draft }) => !catalog.prompts.has(name) && draft.owner === undefined,
      );
      const owner = workspace.config.owner ?? (isOwnerless ? await workspace.committerAddress() : "");
      const compare: typeof comparePrompts = (before, after) =>
        comparePrompts(before, after, workspace.config.bump);
      planned = planPush(catalog, toPush, { ...input, owner, compare });
      return planned.plan;
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
  const seen = new Map<string, string>();
  for (const { name, file } of all) {
    const other = seen.get(name);
    if (other !== undefined && (names.length === 0 || names.includes(name))) {
      throw new PromptSyncError(
        "PROMPT_INVALID",
        `\`${other}\` and \`${file}\` are both drafts of \`${name}\``,
        {
          hint: "rename or remove one; names are unique whatever the folder",
          file,
        },
      );
    }
    seen.set(name, file);
  }
  for (const name of names) {
    if (seen.has(name)) continue;
    throw new PromptSyncError("DRAFT_NOT_FOUND", `there is no draft of \`${name}\` in \`${folder}\``, {
      hint: didYouMean(name, seen.keys()) || `\`promptsync new ${name}\` makes one`,
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

function pushText(result: Result, style: Style): string {
  const lines = result.pushed.flatMap(({ name, version, previous, bump, changes }) => [
    `${style.green("+")} ${style.cyan(name)} ${previous === null ? "" : `${style.dim(previous)} → `}${style.bold(version)}${previous === null ? style.dim("  new") : style.dim(`  ${bump}`)}`,
    ...changes.map((change) => style.dim(`    ${change.bump.padEnd(5)}  ${change.message}`)),
  ]);
  const aliases = result.aliases.map((change) => changeLine({ action: "alias-set", ...change }, style));
  const unchanged =
    result.unchanged.length === 0 ? [] : [style.dim(`unchanged: ${result.unchanged.join(", ")}`)];
  const end = lines.length + aliases.length === 0 ? ["nothing to push"] : [commitLine(result, style)];
  return [...lines, ...aliases, ...unchanged, ...end].join("\n");
}
