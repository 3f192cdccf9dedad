import type { Repository } from "./git/repository.js";
import { keep, keptFile, readKept, toolBuild } from "./kept-file.js";

/** Folders of prompts in which nothing was found wrong, remembered by the ids of their trees. */
export interface SoundPrompts {
  /** Says whether the folder was found to be in order as the commit has it. A folder is relative to the registry. */
  readonly has: (folder: string) => boolean;
  readonly add: (folder: string) => void;
  /** Keeps what was added. */
  readonly keep: () => void;
}

/** Where to look, and what the verdict depends on beside the files. */
interface SoundRequest {
  /** The commit whose trees are asked about; a full id. */
  readonly commit: string;
  /** Changes whenever the same folder could be judged in another way. */
  readonly format: string;
  /** The version of the tool. */
  readonly tool: string;
}

/** Entries that are kept of other trees than the commit's: those of a few branches. */
const limit = 20_000;

/**
 * Opens what is known of a registry, in the git directory. A tree's id stands for the bytes of all versions in it, and
 * the name of its folder for the names they must have, so an entry cannot be stale; another tool, another build of it
 * or another format forgets all. Whoever deletes the file loses nothing; one that is damaged or cannot be written is no
 * error. One git process.
 */
export async function openSoundPrompts(
  repository: Repository,
  registry: string,
  { commit, format, tool }: SoundRequest,
): Promise<SoundPrompts> {
  const file = keptFile(repository.gitDirectory, "sound-prompts");
  const key = JSON.stringify([tool, toolBuild(), format]);
  const kept = readKept(file, key)?.toString().split("\n") ?? [];
  const known = new Set(kept);
  const trees = await folderTrees(repository, registry, commit);
  const entryOf = (folder: string): string | undefined => {
    const id = trees.get(folder);
    return id === undefined ? undefined : `${id} ${folder.slice(folder.lastIndexOf("/") + 1)}`;
  };
  const added = new Set<string>();
  return {
    has: (folder) => known.has(entryOf(folder) ?? "\n"),
    add: (folder) => {
      const entry = entryOf(folder);
      if (entry !== undefined) added.add(entry);
    },
    keep: () => {
      if (added.size === 0) return;
      const here = [...trees.keys()].flatMap((folder) => entryOf(folder) ?? []).filter((it) => known.has(it));
      const others = kept.filter((it) => it !== "").slice(-limit);
      keep(file, key, Buffer.from([...new Set([...others, ...here, ...added])].join("\n")));
    },
  };
}

/** The ids of the trees of all folders in a registry. */
async function folderTrees({ git }: Repository, registry: string, commit: string) {
  const args = ["ls-tree", "-r", "-d", "-z", "--full-tree", commit, "--", `${registry}/`];
  const records = (await git.run(args)).stdout.toString().split("\0").slice(0, -1);
  return new Map(
    records.map((record) => {
      const [facts = "", path = ""] = record.split("\t");
      return [path.slice(registry.length + 1), facts.split(" ")[2] ?? ""] as const;
    }),
  );
}
