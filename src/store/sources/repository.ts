import { catalogAfter } from "../../core/catalog-after.js";
import type { Catalog } from "../../core/catalog.js";
import { configFileName, readConfig } from "../../core/config.js";
import { stateFileName } from "../../core/layout.js";
import type { Steps } from "../../core/steps.js";
import type { Repository } from "../git/repository.js";
import { readCommit, resolveRevision } from "../git/revision.js";
import { listCommit, registryTree } from "../listing/list.js";
import { readStateFiles } from "../read-catalog.js";
import { assertRegistry } from "./assert-registry.js";
import { keepRepository, type KeptRepository } from "./keep-repository.js";
import { readBlobs } from "./read-blobs.js";
import { inSlices } from "./in-slices.js";
import { sourceInvalid } from "./source-errors.js";
import type { Picture, Source } from "./source.js";

/** Where a registry is in git. */
export interface RepositoryPlace {
  /** A work tree, a folder in one, or a bare repository; absolute. */
  readonly directory: string;
  /** A branch, tag or commit. */
  readonly ref: string;
  /** The registry folder; the settings file at the commit says which when left out. */
  readonly registry: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly label: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

type Loaded = Pick<Picture, "catalog" | "mark"> & { readonly tree: string; readonly commit: string };

/**
 * A registry in a git repository, as a ref has it; what is not committed does not count. The first load starts three
 * git processes. After that an unchanged ref costs none and a changed registry one, because the reader of objects
 * stays warm. Where only other folders changed, the catalog is kept and says the new commit.
 */
export function repositorySource(place: RepositoryPlace): Source {
  const { label } = place;
  const kept = keepRepository(place);
  let last: Loaded | undefined;
  return {
    kind: "repository",
    label,
    load: (previous, signal) =>
      kept.use(signal, async (repository) => {
        last = await loadFrom(repository, { ...place, last, signal });
        return last.mark === previous ? "unchanged" : pictureOf(last, kept, label);
      }),
    close: kept.close,
  };
}

function pictureOf({ catalog, tree, mark }: Loaded, kept: KeptRepository, label: string): Picture {
  return {
    catalog,
    tree,
    mark,
    keyOf: ({ path, blob }) => blob ?? path,
    read: (versions, signal) => readBlobs(versions, { kept, signal, label }),
  };
}

interface Loading extends RepositoryPlace {
  readonly last: Loaded | undefined;
  readonly signal: AbortSignal;
}

/** What the ref holds now; as much of the last answer as still holds is used again. */
async function loadFrom(
  repository: Repository,
  { ref, label, registry: asked, last, signal }: Loading,
): Promise<Loaded> {
  const commit = await resolveRevision(repository, ref);
  if (last?.commit === commit) return last;
  const registry = asked ?? (await registryAt(repository, commit));
  const tree = await registryTree(repository, registry, commit);
  if (tree === null) throw sourceInvalid(label, `has no folder \`${registry}\``);
  const catalog =
    last?.tree === tree && last.catalog.registry === registry
      ? await sameAt(repository, last.catalog, commit)
      : await catalogAt(repository, { registry, commit, ref, last, signal });
  const hasState = (await repository.objects.info([`${commit}:${registry}/${stateFileName}`]))[0] !== null;
  assertRegistry(catalog, hasState, label);
  return { catalog, tree, commit, mark: `${commit} ${tree}` };
}

async function catalogAt(
  repository: Repository,
  {
    registry,
    commit,
    ref,
    last,
    signal,
  }: Pick<Loading, "ref" | "last" | "signal"> & { readonly registry: string; readonly commit: string },
): Promise<Catalog> {
  const take = <T>(steps: Steps<T>): Promise<T> => inSlices(steps, signal);
  const listing = await listCommit(repository, registry, { commit, label: ref, take });
  return take(catalogAfter(last?.catalog, listing, await readStateFiles(repository, listing)));
}

async function registryAt(repository: Repository, commit: string): Promise<string> {
  const [settings] = await repository.objects.read([`${commit}:${configFileName}`], 1 << 18);
  return readConfig(settings?.bytes?.toString("utf8")).registry;
}

async function sameAt(repository: Repository, catalog: Catalog, commit: string): Promise<Catalog> {
  const { date } = await readCommit(repository, commit);
  return { ...catalog, origin: { ...catalog.origin, commit, date } };
}
