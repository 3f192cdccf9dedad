import { existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Catalog } from "../core/catalog.js";
import { mayHaveReplacements } from "./git/replacements.js";
import { uncommittedPaths } from "./git/uncommitted.js";
import type { Repository } from "./git/repository.js";
import { keep, keptFile, openKept, type KeptName } from "./kept-file.js";
import { listCommit, registryTree } from "./listing/list.js";
import { readCatalog } from "./read-catalog.js";

/** Something that follows from the registry's files alone, as JSON. */
export interface Derivation<Value> {
  /** Names the file it is kept in. */
  readonly name: KeptName;
  /** Changes whenever the same files could give another value, such as the version of the tool. */
  readonly format: string;
  readonly make: (catalog: Catalog) => Promise<Value>;
  /** Says whether making it again costs more than asking git what has changed. */
  readonly isLarge: (value: Value) => boolean;
}

/**
 * Derives something from the registry as the working tree has it, or takes what was derived of the same tree before.
 *
 * It is kept in the git directory under the id of the registry's tree, and only what was made of that tree itself is
 * kept, so it cannot be stale. It is used while git sees no difference between the working tree and HEAD; ignored
 * files are one, and an edit that the user hides from git with `assume-unchanged` is none. It is not used where git may
 * show other objects than those that a tree names. Whoever deletes the file loses
 * nothing; one that is damaged or cannot be written is no error.
 * One git process for the question, which small registries never ask. The first run only makes the file, and the
 * second fills it.
 */
export async function readDerived<Value>(
  repository: Repository,
  registry: string,
  { catalog, derivation }: { catalog: () => Promise<Catalog>; derivation: Derivation<Value> },
): Promise<Value> {
  const { name, format, make, isLarge } = derivation;
  const file = keptFile(repository.gitDirectory, name);
  const fromTree = async ({ commit, key }: Committed): Promise<Value> => {
    const value = await make(
      await readCatalog(repository, await listCommit(repository, registry, { commit, label: "HEAD" })),
    );
    keep(file, key, Buffer.from(JSON.stringify(value)));
    return value;
  };
  if (existsSync(file)) {
    const asked = committedTree(repository, registry, format);
    await setImmediate(); // git is under way: what was kept is read meanwhile
    const kept = openKept(file);
    const value = kept?.bytes.length ? (JSON.parse(kept.bytes.toString()) as Value) : undefined;
    const committed = await asked;
    if (committed === undefined) return make(await catalog());
    return value === undefined || kept?.key !== committed.key ? fromTree(committed) : value;
  }
  const value = await make(await catalog());
  if (isLarge(value)) keep(file, "", Buffer.alloc(0)); // from now on git is asked, and the tree itself is read
  return value;
}

/** What the working tree has as a commit has it. */
interface Committed {
  /** HEAD. */
  readonly commit: string;
  /** What a kept value has to be made of to be used. */
  readonly key: string;
}

/** The registry's tree at HEAD, when the working tree has the same; undefined when it may differ. At most one git process. */
export async function committedTree(
  repository: Repository,
  registry: string,
  format: string,
): Promise<Committed | undefined> {
  const { commit } = repository.head;
  if (commit === null || mayHaveReplacements(repository)) return undefined;
  const [tree, paths] = await Promise.all([
    registryTree(repository, registry, commit),
    uncommittedPaths(repository, registry, { ignored: true }),
  ]);
  if (tree === null || paths.length > 0) return undefined;
  return { commit, key: JSON.stringify([format, registry, tree]) };
}
