import { readTrees, type TreeEntry } from "../git/read-trees.js";
import type { Repository } from "../git/repository.js";

/** Reads the folders of commits. A tree never changes, so each is read once, whatever commits have it. */
export interface Trees {
  /** The entries of some trees; null for what is no tree. A name is an id, or a path in a commit of full id. */
  read(names: readonly string[]): Promise<readonly (readonly TreeEntry[] | null)[]>;
}

const mostTrees = 4096;

/** Makes {@link Trees}. */
export function createTrees(repository: Repository): Trees {
  const known = new Map<string, readonly TreeEntry[] | null>();
  return {
    async read(names) {
      const asked = [...new Set(names)].filter((name) => !known.has(name));
      if (known.size + asked.length > mostTrees) known.clear();
      const missing = names.filter((name) => !known.has(name));
      const found = missing.length === 0 ? [] : await readTrees(repository, missing);
      for (const [index, name] of missing.entries()) known.set(name, found[index] ?? null);
      return names.map((name) => known.get(name) ?? null);
    },
  };
}
