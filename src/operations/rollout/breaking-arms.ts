import { breakingChanges } from "../../compare/breaking.js";
import { comparePrompts } from "../../compare/index.js";
import { pinnedVersion, stateOf, type Catalog } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import type { StateChange } from "../../plans/state-change.js";
import type { Workspace } from "../../store/workspace.js";
import { readIncludes } from "../read-includes.js";
import { templateOptions } from "../template-options.js";

/** Warns of versions that break callers of the alias which a canary gives them to, as `validate` will. */
export async function breakingArms(
  workspace: Workspace,
  catalog: Catalog,
  changes: readonly StateChange[],
): Promise<readonly string[]> {
  const arms = changes.flatMap(({ prompt, alias, to }) => {
    if (prompt === null) return [];
    const serve = entryOf(stateOf(catalog, prompt).aliases, alias ?? "")?.serve;
    const from = pinnedVersion(catalog, `${prompt}@${serve ?? ""}`);
    const candidate = pinnedVersion(catalog, `${prompt}@${to ?? ""}`);
    if (from === undefined || candidate === undefined) return [];
    return [{ at: `${prompt}@${alias ?? ""}`, from, candidate }];
  });
  const read = await workspace.readVersions(arms.flatMap(({ from, candidate }) => [from, candidate]));
  const prompts = new Map(read.flatMap(({ path, prompt }) => (prompt === undefined ? [] : [[path, prompt]])));
  const { load } = await readIncludes(workspace, () => Promise.resolve([catalog]), [...prompts.values()]);
  const template = templateOptions(workspace.config.engine, load);
  return arms.flatMap(({ at, from, candidate }) => {
    const [before, after] = [prompts.get(from.path), prompts.get(candidate.path)];
    if (before === undefined || after === undefined) return [];
    const [worst] = breakingChanges(comparePrompts(before, after, { template }).changes);
    return worst === undefined
      ? []
      : [`a caller of \`${at}\` may get ${candidate.version}: ${worst.message}`];
  });
}
