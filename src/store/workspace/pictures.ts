import type { Catalog } from "../../core/catalog.js";
import type { Config } from "../../core/config.js";
import { isDateLike, parseDate } from "../../core/date.js";
import type { Listing, Origin } from "../../core/listing.js";
import { findBase, type Base, type BaseSearch } from "../base/find-base.js";
import type { Part } from "../base/part.js";
import type { Side } from "../base/read-changes.js";
import { readPicture } from "../base/read-picture.js";
import type { ReadPicture } from "../base/read-texts.js";
import { createCatalogsAt, type CatalogsAt } from "../catalogs-at.js";
import type { Repository } from "../git/repository.js";
import { readCommit, resolveRevision } from "../git/revision.js";
import { commitAt } from "../git/timeline.js";
import { listCommit, listIndex, listWorktree, registryTree } from "../listing/list.js";
import { uncommittedPaths } from "../git/uncommitted.js";
import type { Question } from "../find-out-once.js";
import { readDerived, type Derivation } from "../read-derived.js";
import { readCatalogAbout } from "../read-catalog-about.js";
import { openSoundStates } from "../sound-states.js";
import { readCatalog, readVersions, type ReadVersion, type VersionToRead } from "../read-catalog.js";
import type { SoundPrompts } from "../sound-prompts.js";
import type { Past } from "./past.js";

/** The registry at one tree or another. */
export interface Pictures {
  /** The catalog of the working tree; of HEAD in a bare repository. Read once. */
  readonly catalog: () => Promise<Catalog>;
  /**
   * The catalog with what decisions about some prompts need, or more: what it says of them is what the whole one
   * says. Only their folders and their blocks of the state are read where that is certain to be enough.
   */
  readonly catalogAbout: (...prompts: readonly string[]) => Promise<Catalog>;
  /** The committer date of a commit, ISO 8601 in UTC. */
  readonly dateOf: (commit: string) => Promise<string>;
  /**
   * The catalog as of a commit, tag or branch; of a date, as the base branch had it at that moment (a day alone means
   * its end). `about` names the one prompt that is asked about, as for `catalogAbout`. Throws `REVISION_NOT_FOUND`, `USAGE` for a date that is none.
   */
  readonly catalogAt: (revision: string, about?: string) => Promise<Catalog>;
  readonly catalogOfIndex: () => Promise<Catalog>;
  /** The id of the tree of the registry folder, or of another one, at a commit; null when it has none. */
  readonly registryTree: (commit: string, folder?: string) => Promise<string | null>;
  /** What of the registry differs from HEAD, new files included. */
  readonly uncommittedPaths: () => Promise<readonly string[]>;
  /** Derives something from the catalog of the working tree, or takes what was kept of it; see `readDerived`. */
  readonly derived: <Value>(derivation: Derivation<Value>) => Promise<Value>;
  /** Finds something out about the registry, or takes what was found out with the same HEAD; see `findOutOnce`. */
  readonly findOutOnce: <Answer>(question: Question<Answer>) => Promise<Answer>;
  /** Reads and parses versions, in the order given. */
  readonly readVersions: (versions: readonly VersionToRead[]) => Promise<ReadVersion[]>;
  /** What the tree of a catalog is compared with; see `findBase` for what it throws. */
  readonly base: (asked?: string, options?: Pick<BaseSearch, "isNextCommit">) => Promise<Base>;
  /** Brings what the base needs from the remote; see `fetchBase`. `note` gets a line for each fetch. */
  readonly fetchBase: (asked: string | undefined, note: (line: string) => void) => Promise<void>;
  /** What differs between the base and the tree of a catalog; see `readPicture` for the option. */
  readonly picture: (
    head: Catalog,
    base: Base,
    options?: { readonly isAllRead?: boolean },
  ) => Promise<ReadPicture>;
  /** What differs between a base and a tree, with as much of the registry as somebody asks for; see `openPart`. */
  readonly part: (base: Base, side: Side) => Promise<Part | undefined>;
  /** The prompts in which nothing was found wrong as a commit has them; see `openSoundPrompts`. */
  readonly soundPrompts: (commit: string, format: string) => Promise<SoundPrompts>;
}

/** What pictures depend on beside the repository. */
interface PicturesOptions extends Pick<Past, "timeline"> {
  readonly environment: NodeJS.ProcessEnv;
  /** The version of the tool: what one version found out may not hold for another. */
  readonly tool: string;
}

/** Opens the pictures of a repository; nothing is read before it is asked for. */
export function openPictures(
  repository: Repository,
  config: Config,
  { environment, timeline, tool }: PicturesOptions,
): Pictures {
  const { registry } = config;
  const catalogOf = async (listing: Promise<Listing>): Promise<Catalog> =>
    readCatalog(repository, await listing);
  const commitOf = async (moment: Date) => commitAt(await timeline(), moment, config.base);
  const search = { configured: config.hasBase ? config.base : undefined, environment };
  let here: Promise<Catalog> | undefined;
  let catalogsAt: CatalogsAt | undefined;
  const catalog = () => (here ??= catalogHere(repository, registry));
  return {
    catalog,
    catalogAbout: async (...prompts) =>
      (await readCatalogAbout(repository, { registry, prompts, sound: openSoundStates(repository, tool) })) ??
      (await catalog()),
    dateOf: async (commit) => (await readCommit(repository, commit)).date,
    derived: (derivation) => readDerived(repository, registry, { catalog, derivation }),
    findOutOnce: async (question) => {
      const { findOutOnce } = await import("../find-out-once.js");
      return findOutOnce(repository, registry, question);
    },
    catalogAt: async (revision, about) => {
      const found = isDateLike(revision)
        ? await commitOf(parseDate(revision, { end: true }))
        : { commit: await resolveRevision(repository, revision) };
      const commit = { ...found, label: revision };
      if (about !== undefined) {
        catalogsAt ??= createCatalogsAt(repository, { registry, sound: openSoundStates(repository, tool) });
        const part = await catalogsAt(commit, about);
        if (part !== undefined) return part;
      }
      return catalogOf(listCommit(repository, registry, commit));
    },
    registryTree: (commit, folder = registry) => registryTree(repository, folder, commit),
    uncommittedPaths: () => uncommittedPaths(repository, registry),
    catalogOfIndex: () => catalogOf(listIndex(repository, registry)),
    readVersions: (versions) => readVersions(repository, { registry }, versions),
    base: (asked, options) => findBase(repository, { ...search, ...options, asked }),
    fetchBase: async (asked, note) => {
      const { fetchBase } = await import("../base/fetch-base.js");
      await fetchBase(repository, { ...search, asked, remote: config.remote, note });
    },
    picture: (head, base, options) =>
      readPicture(repository, head, {
        ...options,
        base,
        side: sideOf(head.origin.kind),
      }),
    part: async (base, side) => {
      const { openPart } = await import("../base/part.js");
      return openPart(repository, registry, { base, side });
    },
    soundPrompts: async (commit, format) => {
      const { openSoundPrompts } = await import("../sound-prompts.js");
      return openSoundPrompts(repository, registry, { commit, format, tool });
    },
  };
}

function sideOf(kind: Origin["kind"]): Side {
  return kind === "index" || kind === "commit" ? kind : "worktree";
}

/** The catalog of the working tree as it is now; of HEAD in a bare repository. */
export async function catalogHere(repository: Repository, registry: string): Promise<Catalog> {
  return readCatalog(repository, await listHere(repository, registry));
}

function listHere(repository: Repository, registry: string): Listing | Promise<Listing> {
  if (repository.top !== null) return listWorktree(repository, registry);
  const { commit } = repository.head;
  if (commit === null) return emptyListing(registry);
  return listCommit(repository, registry, { commit, label: "HEAD" });
}

function emptyListing(registry: string): Listing {
  return { origin: { kind: "commit", commit: null, date: null, label: "HEAD" }, registry, files: [] };
}
