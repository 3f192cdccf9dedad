import { PromptSyncError } from "../core/errors.js";
import type { Catalog } from "../core/catalog.js";
import type { PlannedChanges } from "../plans/state-change.js";
import type { ReadVersion, VersionToRead } from "../store/read-catalog.js";
import type { Workspace } from "../store/workspace.js";
import { operation, type WriteInput } from "./operation.js";
import { readIncluded } from "./read-included.js";
import { templateOptions } from "./template-options.js";
import { changesText, writeChanges } from "./write.js";

interface Input extends WriteInput {
  readonly names: readonly string[];
  readonly base?: string;
}

export default operation({
  description: [
    "Gives versions of this branch, whose numbers the base has taken meanwhile, the next honest ones.",
    "Their files move, and promptsync.yaml and includes on this branch follow. Merged versions are never touched.",
    "`git fetch` first: the base is what this clone knows of it.",
  ].join(" "),
  arguments: [{ name: "[names...]", summary: "Renumber these prompts only" }],
  options: [{ flags: "--base <ref>", summary: "Compare with this branch or commit" }],
  examples: [
    { command: "promptsync renumber", does: "make way for what was merged first" },
    {
      command: "promptsync renumber qualify-lead --base origin/main --dry-run",
      does: "see the new number of one prompt",
    },
  ],
  writes: true,
  async run(input: Input, context) {
    if (input.remote === true) {
      throw new PromptSyncError("USAGE", "`renumber` changes the files of this branch alone", {
        hint: "leave `--remote` out, and `git push` the branch afterwards",
      });
    }
    const workspace = await context.workspace();
    return writeChanges(context, input, (catalog) => plan(workspace, catalog, input));
  },
  text: changesText,
});

async function plan(workspace: Workspace, catalog: Catalog, input: Input): Promise<PlannedChanges> {
  const [{ collisions, planRenumber }, { comparison }] = await Promise.all([
    import("../plans/plan-renumber.js"),
    import("./comparison.js"),
  ]);
  const picture = await workspace.picture(catalog, await workspace.base(input.base));
  const unmerged = picture.changes.flatMap(({ status, after }) =>
    status === "added" && after !== undefined ? [after] : [],
  );
  const request = { ...input, ...picture, base: picture.catalog, unmerged };
  const colliding = new Set(collisions(request).map(({ name }) => name));
  const theirs = await workspace.readVersions(
    [...colliding].flatMap((name) => versionsOf(picture.tip, name)),
  );
  const bodies = new Map<string, string>();
  for (const it of [
    ...(await readIncluded(workspace, catalog, [...theirs, ...unmerged])),
    ...theirs,
    ...unmerged,
  ])
    if (it.prompt !== undefined) bodies.set(idOf(it), it.prompt.body);
  const template = templateOptions(workspace.config.engine, (id) => bodies.get(id) ?? null);
  const planned = planRenumber(catalog, {
    ...request,
    known: new Map(theirs.flatMap((it) => (it.prompt === undefined ? [] : [[idOf(it), it.prompt]]))),
    compare: comparison(workspace.config, template),
  });
  if (input.commit !== false) await refuseUnknown(workspace, planned);
  return planned;
}

/**
 * A commit moves what was committed: a file that git does not know would stay behind.
 * @throws PromptSyncError `UNCOMMITTED_CHANGES`
 */
async function refuseUnknown(workspace: Workspace, { plan }: PlannedChanges): Promise<void> {
  const deleted = plan?.effects.flatMap(({ kind, path }) => (kind === "delete" ? [path] : [])) ?? [];
  if (deleted.length === 0) return;
  const { prompts } = await workspace.catalogOfIndex();
  const known = new Set([...prompts.values()].flatMap(({ versions }) => versions.map(({ path }) => path)));
  const file = deleted.find((path) => !known.has(path));
  if (file === undefined) return;
  throw new PromptSyncError("UNCOMMITTED_CHANGES", `\`${file}\` is not committed yet`, {
    hint: `\`git add ${file} && git commit\` first, or use \`--no-commit\``,
    file,
  });
}

function versionsOf({ prompts }: Catalog, name: string): VersionToRead[] {
  return prompts.get(name)?.versions.map((it) => ({ ...it, name })) ?? [];
}

function idOf({ name, version }: ReadVersion): string {
  return `${name}@${version}`;
}
