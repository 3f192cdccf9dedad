import { createHash } from "node:crypto";
import { predecessorOf, type Catalog } from "../../core/catalog.js";
import { placeFile } from "../../core/layout.js";
import type { Repository } from "../git/repository.js";
import { readVersions, type ReadVersion, type VersionToRead } from "../read-catalog.js";
import type { Base } from "./find-base.js";
import type { BaseChange, Side } from "./read-changes.js";
import type { Differences } from "./read-differences.js";
import { readUsers } from "./read-users.js";

/** A version file that differs from the base, with both texts. */
export interface ReadChange {
  /** The commit that has the file before: the base, or HEAD on the base itself. */
  readonly label: string;
  readonly status: BaseChange["status"];
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly before?: ReadVersion;
  readonly after?: ReadVersion;
}

/** The base and everything that differs from it; its parts that rules judge. */
export interface ReadPicture {
  readonly label: string;
  readonly catalog: Catalog;
  readonly tip: Catalog;
  readonly changes: readonly ReadChange[];
  /** The paths of all files that differ, whatever they are. */
  readonly files: ReadonlySet<string>;
  /** The commit that git compared the tree with, null where there is none, and the paths that differ from it. */
  readonly compared: { readonly commit: string | null; readonly files: ReadonlySet<string> };
  /** The newest version below each added one, by the added one's path. */
  readonly predecessors: ReadonlyMap<string, ReadVersion>;
  readonly isSameBlob: (blob: string | null, text: string) => boolean;
  /** Paths of base versions that include a changed or deleted one, by its `name@version`. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** What is compared, and how. */
export interface PictureRequest {
  readonly base: Base;
  readonly side: Side;
  /**
   * Whether every version of the tree is read anyway: where history begins, all of them are new, and those that are
   * not edited are then left without `after` and without a predecessor.
   */
  readonly isAllRead?: boolean;
}

/** Reads the texts of what differs between catalogs that are known. */
export async function readTexts(
  repository: Repository,
  { head, catalog, tip }: { readonly head: Catalog; readonly catalog: Catalog; readonly tip: Catalog },
  {
    base,
    side,
    isAllRead = false,
    differences: { changes, uncommitted },
  }: PictureRequest & { readonly differences: Differences },
): Promise<ReadPicture> {
  const { registry: folder } = head;
  const all = sinceHead(changes, uncommitted, base.ref);
  const placed = all.flatMap((change) => {
    const place = placeFile({ path: change.path.slice(folder.length + 1), mode: "file" });
    return place.kind === "version" ? [{ ...change, name: place.name, version: place.version }] : [];
  });
  const edited = new Set(uncommitted.map(({ path }) => path));
  const read = isAllRead && base.sha === null ? placed.filter(({ path }) => edited.has(path)) : placed;
  const [before, after] = await Promise.all([
    readAll(
      repository,
      head,
      read.filter(({ status }) => status !== "added").map((it) => ({ ...it, blob: it.before })),
    ),
    readAll(
      repository,
      head,
      read
        .filter(({ status }) => status !== "deleted")
        .map((it) => ({ ...it, blob: side === "worktree" ? null : it.after })),
    ),
  ]);
  const isInBase = (name: string, version: string): boolean =>
    catalog.prompts.get(name)?.versions.some((it) => it.version === version) === true;
  const added = read.filter((it) => it.status === "added" && !isInBase(it.name, it.version));
  const touched = placed.filter(({ status }) => status !== "added").map((it) => `${it.name}@${it.version}`);
  const wanted = added.flatMap(({ name, version, path }) => {
    const both = [catalog, head].flatMap(({ prompts }) => prompts.get(name)?.versions ?? []);
    const predecessor = predecessorOf(both, version);
    return predecessor === undefined ? [] : [{ ...predecessor, name, of: path }];
  });
  const [found, users] = await Promise.all([
    readVersions(repository, head, wanted),
    readUsers(repository, { commit: base.head ?? base.sha, folder, ids: touched }),
  ]);
  return {
    label: base.ref,
    catalog,
    tip,
    files: new Set(all.map(({ path }) => path)),
    compared: {
      commit: base.sha ?? base.head ?? null,
      files: new Set((base.sha === null ? uncommitted : changes).map(({ path }) => path)),
    },
    changes: placed.map(({ status, name, version, path, label }) => {
      const [was, is] = [before.get(path), after.get(path)];
      return {
        label,
        status,
        name,
        version,
        path,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      };
    }),
    predecessors: new Map(
      wanted.flatMap(({ of }, index) => (found[index] === undefined ? [] : [[of, found[index]] as const])),
    ),
    users,
    isSameBlob: (blob, text) => blob !== null && blob === blobId(text, repository.objectFormat),
  };
}

/** What HEAD brought to the base is merged as well: edits of it count as edits, whatever the commit before says. */
function sinceHead(
  changes: readonly BaseChange[],
  uncommitted: readonly BaseChange[],
  label: string,
): (BaseChange & { readonly label: string })[] {
  const edited = uncommitted.filter(({ status }) => status !== "added");
  const inBase = new Set(changes.filter(({ status }) => status !== "added").map(({ path }) => path));
  const late = edited.filter(({ path }) => !inBase.has(path));
  const replaced = new Set(late.map(({ path }) => path));
  return [
    ...changes.filter(({ path }) => !replaced.has(path)).map((change) => ({ ...change, label })),
    ...late.map((change) => ({ ...change, label: "HEAD" })),
  ];
}

async function readAll(
  repository: Repository,
  catalog: Catalog,
  files: readonly VersionToRead[],
): Promise<Map<string, ReadVersion>> {
  const texts = await readVersions(repository, catalog, files);
  return new Map(texts.map((text) => [text.path, text]));
}

function blobId(text: string, objectFormat: string): string {
  const bytes = Buffer.from(text, "utf8");
  return createHash(objectFormat).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
