import { constants, copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../git/repository.js";
import { removeFile, syncedGit } from "./durable.js";
import type { Entries, TreeEntry } from "./tree.js";

/**
 * Makes a copy of the index with some entries changed, to be renamed over the index under its lock: every other
 * entry, flag and extension stays what it was. With `fromDisk` git reads the files, which lets later commands trust their time
 * stamps; where a filter of the user makes other blobs of them, the entries are set by id after all.
 */
export async function buildIndex(
  repository: Repository,
  copy: string,
  entries: Entries,
  { fromDisk }: { readonly fromDisk: boolean },
): Promise<void> {
  // Git would add again what is to leave the index and stays on disk.
  const staysOnDisk = ([path, entry]: readonly [string, TreeEntry | null]) =>
    entry === null && existsSync(join(repository.git.directory, path));
  const byDisk =
    fromDisk &&
    ![...entries].some(staysOnDisk) &&
    (await editCopy(repository, copy, ["--add", "--remove", "-z", "--stdin"], paths(entries)));
  if (!byDisk || !holdsAll(copy, entries)) {
    await editCopy(repository, copy, ["-z", "--index-info"], lines(repository, entries), { mustWork: true });
  }
}

async function editCopy(
  repository: Repository,
  copy: string,
  flags: readonly string[],
  input: string,
  { mustWork = false } = {},
): Promise<boolean> {
  removeFile(copy);
  if (existsSync(repository.indexFile)) {
    copyFileSync(repository.indexFile, copy, constants.COPYFILE_FICLONE);
  }
  const { code } = await repository.git.run([...syncedGit, "update-index", ...flags], {
    input,
    environment: { GIT_INDEX_FILE: copy },
    ...(mustWork ? {} : { accept: [0, 1, 128] }),
  });
  return code === 0;
}

const paths = (entries: Entries): string => [...entries.keys()].map((path) => `${path}\0`).join("");

function lines(repository: Repository, entries: Entries): string {
  const zero = "0".repeat(repository.objectFormat === "sha256" ? 64 : 40);
  return [...entries]
    .map(([path, entry]) => `${entry?.mode ?? "0"} ${entry?.id ?? zero}\t${path}\0`)
    .join("");
}

/** An index holds the ids of its entries as they are, in all its versions. */
function holdsAll(index: string, entries: Entries): boolean {
  const bytes = readFileSync(index);
  return [...entries.values()].every(
    (entry) => entry === null || bytes.includes(Buffer.from(entry.id, "hex")),
  );
}
