import { createHash } from "node:crypto";
import { predecessorOf, type Catalog } from "../../core/catalog.js";
import { placeFile } from "../../core/layout.js";
import type { Repository } from "../git/repository.js";
import { readVersions, type ReadVersion, type VersionToRead } from "../read-catalog.js";
import type { Base } from "./find-base.js";
import { readBaseCatalog } from "./read-base-catalog.js";
import { readBaseChanges, readCommitChanges, type BaseChange, type Side } from "./read-changes.js";
import { readUsers } from "./read-users.js";
import { replay } from "./replay.js";

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
  /** The newest version below each added one, by the added one's path. */
  readonly predecessors: ReadonlyMap<string, ReadVersion>;
  readonly isSameBlob: (blob: string | null, text: string) => boolean;
  /** Paths of base versions that include a changed or deleted one, by its `name@version`. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** What is compared, and how. */
interface PictureRequest {
  readonly base: Base;
  readonly side: Side;
  /**
   * Whether every version of the tree is read anyway: where history begins, all of them are new, and those that are
   * not edited are then left without `after` and without a predecessor.
   */
  readonly isAllRead?: boolean;
}

/**
 * Reads what differs between the base and the tree of a catalog: only files that differ, and their predecessors, are
 * parsed, and nothing is listed again. Two git processes; one more each when the base has moved on, when HEAD is the
 * base, and when a merged version was touched.
 */
export async function readPicture(
  repository: Repository,
  head: Catalog,
  { base, side, isAllRead = false }: PictureRequest,
): Promise<ReadPicture> {
  const { registry: folder } = head;
  const [changes, uncommitted, tipChanges] = await Promise.all([
    base.sha === null ? everything(head) : readBaseChanges(repository, { base: base.sha, folder, side }),
    base.head === undefined ? [] : readBaseChanges(repository, { base: base.head, folder, side }),
    base.sha === null || base.tip === null || base.tip === base.sha
      ? []
      : readCommitChanges(repository, { from: base.sha, to: base.tip, folder }),
  ]);
  const catalog = await readBaseCatalog(repository, head, { commit: base.sha, label: base.ref, changes });
  const moved = tipChanges.map(({ path, after }) => ({ path, blob: after }));
  const tip = base.tip === base.sha ? catalog : replay(catalog, moved);
  const placed = sinceHead(changes, uncommitted, base.ref).flatMap((change) => {
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
        .map((it) => ({ ...it, blob: side === "index" ? it.after : null })),
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

/** On a history without a base every version is new. */
function everything(head: Catalog): BaseChange[] {
  return [...head.prompts.values()].flatMap(({ versions }) =>
    versions.map(({ path, blob }): BaseChange => ({ status: "added", path, before: null, after: blob })),
  );
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
