import { placeFile } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";
import type { Repository } from "../git/repository.js";
import { readTrees, type TreeEntry } from "../git/read-trees.js";

/** The folders of a registry at a commit, read as they are asked for. Paths are relative to the registry, `""` is its top. */
export interface Folders {
  /** What stands in each folder; null for one that is not there. */
  readonly read: (folders: readonly string[]) => Promise<readonly (readonly TreeEntry[] | null)[]>;
  /** The folders of the prompt of a name: of several, those nearest to the top. Empty when it has no version. */
  readonly ofPrompt: (name: string) => Promise<readonly string[]>;
  /** All there are, sorted. One git process, started once. */
  readonly all: () => Promise<readonly string[]>;
}

/** Groups that are asked one by one; where there are more, all folders are listed. */
const fewGroups = 100;

/** Opens {@link Folders}; nothing is read before it is asked for. */
export function openFolders(repository: Repository, registry: string, commit: string): Folders {
  const trees = new Map<string, readonly TreeEntry[] | null>();
  let listed: Promise<readonly string[]> | undefined;
  const all = () => (listed ??= listFolders(repository, registry, commit));

  const read: Folders["read"] = async (folders) => {
    const missing = [...new Set(folders.filter((folder) => !trees.has(folder)))];
    const names = missing.map((folder) => `${commit}:${join(registry, folder)}`);
    const found = missing.length === 0 ? [] : await readTrees(repository, names);
    for (const [index, folder] of missing.entries()) trees.set(folder, found[index] ?? null);
    return folders.map((folder) => trees.get(folder) ?? null);
  };
  const withVersions = async (folders: readonly string[]): Promise<readonly string[]> => {
    const found = await read(folders);
    return folders.filter((folder, index) => filesOf(folder, found[index] ?? []).some(isVersion));
  };

  return {
    read,
    all,
    async ofPrompt(name) {
      const [top] = await read([""]);
      const groups = (top ?? []).flatMap((it) => (it.mode === "folder" ? [it.name] : []));
      if (groups.includes(name)) {
        const found = await withVersions([name]);
        if (found.length > 0) return found;
      }
      if (groups.length <= fewGroups) {
        const found = await withVersions(groups.map((group) => join(group, name)));
        if (found.length > 0) return found;
      }
      const named = (await all()).filter((folder) => folder.split("/").at(-1) === name);
      return withVersions(named);
    },
  };
}

/** The files among the entries of a folder, by their paths below the registry. */
export function filesOf(folder: string, entries: readonly TreeEntry[]): ListedFile[] {
  return entries.flatMap(({ name, id, mode }) =>
    mode === "folder" ? [] : [{ path: join(folder, name), blob: id, mode }],
  );
}

function isVersion(file: ListedFile): boolean {
  return placeFile(file).kind === "version";
}

async function listFolders({ git }: Repository, registry: string, commit: string): Promise<string[]> {
  const args = ["ls-tree", "-r", "-d", "-z", "--name-only", "--full-tree", commit, "--", `${registry}/`];
  const { stdout } = await git.run(args);
  const paths = stdout.toString().split("\0").slice(0, -1);
  return paths.map((path) => path.slice(registry.length + 1)).sort();
}

const join = (folder: string, name: string): string =>
  folder === "" || name === "" ? folder + name : `${folder}/${name}`;
