import type { Bundle, BundledVersion } from "../../core/bundle/bundle.js";
import { reachableVersions } from "../../core/bundle/reachable-versions.js";
import { assertStateReadable, findPrompt, type Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { digestOf } from "../../core/prompt-file/digest-of.js";
import type { ReadVersion, VersionToRead } from "../../store/read-catalog.js";
import type { Workspace } from "../../store/workspace.js";
import { readIncluded } from "../read-included.js";

/** What is taken into a bundle. */
interface Choice {
  /** All prompts when left out; what they include comes along. */
  readonly names: readonly string[] | undefined;
  /** Versions too that only a pinned number reaches. */
  readonly everyVersion: boolean;
  /** Hears of a version that was left out. */
  readonly note: (line: string) => void;
}

/**
 * Reads what a bundle of a commit's catalog holds. The state files go whole, because their bytes are what everybody
 * else reads too; of the blocks with a file of their own, those of the exported prompts.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `STATE_INVALID`, `PROMPT_INVALID` for a broken version that is reachable,
 * `NOT_INITIALIZED` when the commit has no registry
 */
export async function collectBundle(workspace: Workspace, catalog: Catalog, choice: Choice): Promise<Bundle> {
  const { registry, origin } = catalog;
  const { commit, date } = origin;
  const tree = commit === null ? null : await workspace.registryTree(commit);
  if (commit === null || date === null || tree === null) {
    throw new PromptSyncError("NOT_INITIALIZED", `\`${registry}\` is not committed at ${origin.label}`, {
      hint: "`promptsync push` commits drafts as versions; only what is committed is exported",
    });
  }
  assertStateReadable(catalog);
  const texts = await readTexts(workspace, catalog, choice);
  const kept = new Set(choice.names ?? catalog.prompts.keys());
  for (const { name } of texts.values()) kept.add(name);

  const versions: BundledVersion[] = [];
  const others: { name: string; group: string; versions: readonly string[] }[] = [];
  for (const { name, group, versions: numbers } of catalog.prompts.values()) {
    if (!kept.has(name)) continue;
    const missing: string[] = [];
    for (const { version } of numbers) {
      const text = texts.get(`${name}@${version}`)?.text;
      if (text === undefined) missing.push(version);
      else versions.push({ name, group, version, digest: digestOf(text), text });
    }
    if (missing.length > 0) others.push({ name, group, versions: missing });
  }
  const state = catalog.stateText.files
    .filter(({ prompt }) => prompt === undefined || kept.has(prompt))
    .map(({ path, text }) => ({ path: path.slice(registry.length + 1), digest: digestOf(text), text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { catalog: { commit, date, tree, registry }, state, versions, others };
}

/** The versions of the bundle by `name@version`. */
async function readTexts(
  workspace: Workspace,
  catalog: Catalog,
  { names, everyVersion, note }: Choice,
): Promise<ReadonlyMap<string, ReadVersion>> {
  const prompts = names?.map((name) => findPrompt(catalog, name)) ?? [...catalog.prompts.values()];
  const chosen = new Set(prompts.map(({ name }) => name));
  const reachable = reachableVersions(catalog).filter(({ name }) => chosen.has(name));
  const read = await workspace.readVersions(reachable);
  const served = [...read, ...(await readIncluded(workspace, catalog, read))];
  served.forEach(refuseBroken);
  const texts = new Map(served.map((it) => [`${it.name}@${it.version}`, it]));
  if (!everyVersion) return texts;

  const rest = prompts.flatMap(({ name, versions }): VersionToRead[] =>
    versions.filter(({ version }) => !texts.has(`${name}@${version}`)).map((it) => ({ ...it, name })),
  );
  const old = await workspace.readVersions(rest);
  for (const it of [...old, ...(await readIncluded(workspace, catalog, [...served, ...old]))]) {
    // One that nothing serves, and that cannot be mended because versions never change, stops no export.
    if (it.prompt === undefined)
      note(`left out \`${it.path}\`: ${it.problems[0]?.message ?? "it cannot be read"}`);
    else texts.set(`${it.name}@${it.version}`, it);
  }
  return texts;
}

/** A broken version would be an error in every application; here it can still be rolled back. */
function refuseBroken({ prompt, problems, path }: ReadVersion): void {
  if (prompt !== undefined) return;
  const [problem] = problems;
  throw new PromptSyncError("PROMPT_INVALID", problem?.message ?? "the version cannot be read", {
    ...problem,
    file: path,
  });
}
