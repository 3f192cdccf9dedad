import type { World } from "../rules/rule.js";
import type { Part } from "../store/base/part.js";
import type { Workspace } from "../store/workspace.js";
import { sideOf, worldWith, type ReadWorld, type WorldRequest } from "./read-world.js";
import { namedVersions, withEvidence, type FoundBase } from "./world-base.js";
import { withIncluded } from "./world-parts.js";

/** What is read when a part is not enough. */
type ReadWhole = () => Promise<ReadWorld>;

/**
 * Reads the prompts that a change is about and what they name, and nothing else of the registry. Undefined where the
 * registry has to be read as a whole, which `whole` does when rules turn out to need it.
 */
export async function readPartWorld(
  opened: Workspace,
  request: WorldRequest,
  { whole, ...found }: FoundBase & { readonly whole: ReadWhole },
): Promise<ReadWorld | undefined> {
  const workspace = { ...opened, config: found.settings.config };
  const part = await workspace.part(found.base, sideOf(workspace, request));
  return part && readAround(workspace, request, { ...found, part, whole, names: new Set() });
}

interface Around extends FoundBase {
  readonly part: Part;
  readonly whole: ReadWhole;
  /** The prompts that are read although the change is not about them. */
  readonly names: ReadonlySet<string>;
}

async function readAround(
  workspace: Workspace,
  request: WorldRequest,
  around: Around,
): Promise<ReadWorld | undefined> {
  const { base, settings, part, whole, names } = around;
  const read = await part.read(names);
  if (read === undefined) return undefined;
  const { head, picture, changed, missed } = read;
  const world = worldWith(workspace, request, { catalog: head, base, picture, changed });
  const versions = picture.changes.flatMap(({ after }) => after ?? []);
  const named = await workspace.readVersions(namedVersions(world, picture.catalog));
  const related = await withIncluded(workspace, world, named);
  const judged: World = await withIncluded(workspace, { ...world, versions }, []);
  const widen = (): Promise<ReadWorld> | undefined => {
    const more = missed();
    if (more === "all") return whole();
    if (more.size === 0) return undefined;
    const wider = { ...around, names: new Set([...names, ...more]) };
    return readAround(workspace, request, wider).then((it) => it ?? whole());
  };
  return (
    (await widen()) ?? {
      world: await withEvidence(workspace, related, base, request.staged === true),
      parts: () => one(judged),
      size: versions.length,
      settings,
      base,
      widen,
    }
  );
}

async function* one(world: World): AsyncIterable<World> {
  yield world;
}
