import type { Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import { entryOf } from "../core/state/state.js";
import type { StateStep } from "../store/read-state-steps.js";
import type { Workspace } from "../store/workspace.js";

/**
 * The commits along first parents that changed the files in which entries about a prompt stand, newest first, through
 * the groups that it was in. `from` is the full id of the commit to begin at, `catalog` where it stands there.
 */
export async function* promptSteps(
  workspace: Workspace,
  name: string,
  { catalog, from }: { readonly catalog: Catalog; readonly from: string },
): AsyncGenerator<StateStep, void> {
  for await (const step of workspace.stateSteps({
    prompt: name,
    from,
    files: stateFilesFor(catalog, name),
  })) {
    const parent = isArrival(step, name) ? `${step.commit.commit}~1` : undefined;
    const before = parent === undefined ? undefined : await catalogThere(workspace, parent, name);
    if (before === undefined || entryOf(before.state.prompts, name) === undefined) {
      yield step;
      continue;
    }
    yield { ...step, before: before.stateText };
    if (before.origin.commit !== null)
      yield* promptSteps(workspace, name, { catalog: before, from: before.origin.commit });
    return;
  }
}

/** Says whether a commit brought all that is said of a prompt: it may have stood elsewhere. */
function isArrival({ before, after, isEdge }: StateStep, name: string): boolean {
  const [was, is] = [before, after].map(({ state }) => entryOf(state.prompts, name));
  return !isEdge && was === undefined && is !== undefined;
}

/** What a revision of git says of a prompt; undefined when there is no such commit. */
export async function catalogThere(
  workspace: Workspace,
  revision: string,
  name: string,
): Promise<Catalog | undefined> {
  const [found] = await workspace.repository.objects.info([revision]);
  return found === null || found === undefined ? undefined : workspace.catalogAt(found.id, name);
}

/** The files in which entries about a prompt may stand. */
function stateFilesFor({ registry, prompts }: Catalog, name: string) {
  const group = prompts.get(name)?.group ?? "";
  const folder = [registry, group, name].filter((part) => part !== "").join("/");
  const own = { path: `${folder}/${stateFileName}`, prompt: name };
  return [{ path: `${registry}/${stateFileName}` }, own] as const;
}
