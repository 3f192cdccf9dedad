import type { ListedFile } from "../../core/listing.js";
import type { Repository } from "./repository.js";

/** One entry of a tree: a file, or a folder. */
export interface TreeEntry {
  readonly name: string;
  /** Full object id. */
  readonly id: string;
  readonly mode: ListedFile["mode"] | "folder";
}

const modes: Readonly<Record<string, TreeEntry["mode"]>> = {
  "40000": "folder",
  "100755": "executable",
  "120000": "link",
  "160000": "module",
};

/** Reads trees as git stores them, by names such as `<commit>:<path>`; null for what is no tree. No process of its own. */
export async function readTrees(
  { objects, objectFormat }: Pick<Repository, "objects" | "objectFormat">,
  names: readonly string[],
): Promise<(readonly TreeEntry[] | null)[]> {
  const idLength = objectFormat === "sha256" ? 32 : 20;
  const found = await objects.read(names, Number.POSITIVE_INFINITY);
  return found.map((it) => (it?.type === "tree" && it.bytes !== null ? entriesOf(it.bytes, idLength) : null));
}

/** The entries of a tree object: mode, space, name, NUL and the id in binary, one after the other. */
function entriesOf(bytes: Buffer, idLength: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const nul = bytes.indexOf(0, space);
    const end = nul + 1 + idLength;
    const mode = bytes.toString("latin1", at, space);
    const [name, id] = [bytes.toString("utf8", space + 1, nul), bytes.toString("hex", nul + 1, end)];
    entries.push({ name, id, mode: modes[mode] ?? "file" });
    at = end;
  }
  return entries;
}
