import { createHash } from "node:crypto";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";

/** An entry of a tree, as git stores it. */
export interface TreeEntry {
  /** Octal, such as `100644` or `40000`. */
  readonly mode: string;
  readonly id: string;
}

/** An object that is about to be stored. */
export interface NewObject {
  readonly type: "blob" | "tree";
  readonly id: string;
  readonly bytes: Buffer;
}

/** A tree's entries by name. Names are bytes: each character stands for one (latin1). */
export type Tree = ReadonlyMap<string, TreeEntry>;

const folderMode = "40000";

/** The object with git's own id, which is the hash of its type, size and bytes. */
export function newObject(type: NewObject["type"], bytes: Buffer, objectFormat: string): NewObject {
  const hash = createHash(objectFormat)
    .update(`${type} ${String(bytes.length)}\0`)
    .update(bytes);
  return { type, id: hash.digest("hex"), bytes };
}

/** Reads the trees of one commit, each at most once, through the repository's warm process. */
export class TreeReader {
  readonly #repository: Repository;
  readonly #trees = new Map<string, Tree>();
  /** The names in each tree by what they are folded to: a push may ask about a thousand in one large folder. */
  readonly #names = new Map<string, ReadonlyMap<string, string>>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  async read(id: string): Promise<Tree> {
    const known = this.#trees.get(id);
    if (known) return known;
    const [object] = await this.#repository.objects.read([id], Number.POSITIVE_INFINITY);
    if (object?.type !== "tree" || !object.bytes) {
      throw new PromptSyncError("GIT_FAILED", `tree \`${id}\` is not in this clone`, {
        hint: "`git fetch` may bring it; `git fsck` says what else is missing",
      });
    }
    const tree = parseTree(object.bytes, id.length / 2);
    this.#trees.set(id, tree);
    return tree;
  }

  /**
   * The entry at a path, or null.
   * @throws PromptSyncError `PATH_UNSAFE` when the way goes through a file or a link, or when a name differs from a
   * committed one only by case: some systems cannot hold both
   */
  async entryAt(root: string | null, path: string): Promise<TreeEntry | null> {
    let entry: TreeEntry | null = root === null ? null : { mode: folderMode, id: root };
    for (const [index, part] of path.split("/").entries()) {
      if (entry === null) return null;
      if (entry.mode !== folderMode) throw wayBlocked(path, path.split("/").slice(0, index).join("/"));
      const { id }: TreeEntry = entry;
      entry = (await this.read(id)).get(byteName(part)) ?? null;
      const twin = entry === null ? (await this.#namesIn(id)).get(folded(part)) : undefined;
      if (twin !== undefined) throw onlyByCase(path, twin);
    }
    return entry;
  }

  async #namesIn(id: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const names = [...(await this.read(id)).keys()].map((name) => Buffer.from(name, "latin1").toString());
    const byFolded = new Map(names.map((name) => [folded(name), name]));
    this.#names.set(id, byFolded);
    return byFolded;
  }
}

/** What a change makes of the files at some paths: an entry, or null for none. */
export type Entries = ReadonlyMap<string, TreeEntry | null>;

/** The root tree with some entries changed, and the tree objects that are new. A folder left empty is left out. */
export async function changeTree(
  reader: TreeReader,
  root: string | null,
  entries: Entries,
  objectFormat: string,
): Promise<{ readonly id: string; readonly objects: readonly NewObject[] }> {
  const objects: NewObject[] = [];

  const change = async (id: string | null, changes: Entries): Promise<string | null> => {
    const tree = new Map(id === null ? [] : await reader.read(id));
    for (const [name, below] of byFirstComponent(changes)) {
      const old = tree.get(name);
      const file = below.get("");
      const folder =
        file === undefined ? await change(old?.mode === folderMode ? old.id : null, below) : null;
      const entry = file ?? (folder === null ? null : { mode: folderMode, id: folder });
      if (entry) tree.set(name, entry);
      else tree.delete(name);
    }
    if (tree.size === 0) return null;
    const object = newObject("tree", printTree(tree), objectFormat);
    objects.push(object);
    return object.id;
  };

  const id = await change(root, entries);
  if (id !== null) return { id, objects };
  const empty = newObject("tree", Buffer.alloc(0), objectFormat);
  return { id: empty.id, objects: [empty] };
}

/** Changes grouped by the first component of their path; the rest of a path that ends there is empty. */
function byFirstComponent(changes: Entries): Map<string, Map<string, TreeEntry | null>> {
  const groups = new Map<string, Map<string, TreeEntry | null>>();
  for (const [path, entry] of changes) {
    const slash = path.indexOf("/");
    const name = byteName(slash < 0 ? path : path.slice(0, slash));
    const group = groups.get(name) ?? new Map<string, TreeEntry | null>();
    groups.set(name, group.set(slash < 0 ? "" : path.slice(slash + 1), entry));
  }
  return groups;
}

function parseTree(bytes: Buffer, idSize: number): Tree {
  const tree = new Map<string, TreeEntry>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const id = bytes.toString("hex", end + 1, end + 1 + idSize);
    tree.set(bytes.toString("latin1", space + 1, end), { mode: bytes.toString("latin1", at, space), id });
    at = end + 1 + idSize;
  }
  return tree;
}

function printTree(tree: Tree): Buffer {
  // Git orders folders as if their name ended in a slash.
  const key = ([name, { mode }]: readonly [string, TreeEntry]) => (mode === folderMode ? `${name}/` : name);
  const sorted = [...tree].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return Buffer.concat(
    sorted.flatMap(([name, { mode, id }]) => [
      Buffer.from(`${mode} ${name}\0`, "latin1"),
      Buffer.from(id, "hex"),
    ]),
  );
}

const byteName = (name: string): string => Buffer.from(name).toString("latin1");

/** What systems that do not tell cases apart, or ways to write a letter, take a name for. */
const folded = (name: string): string => name.normalize("NFC").toLowerCase();

function onlyByCase(path: string, other: string): PromptSyncError {
  return new PromptSyncError(
    "PATH_UNSAFE",
    `\`${path}\` differs from the committed \`${other}\` only by case`,
    {
      hint: `write \`${other}\`, or rename it first`,
      file: path,
    },
  );
}

function wayBlocked(path: string, at: string): PromptSyncError {
  return new PromptSyncError("PATH_UNSAFE", `\`${at}\` is no folder`, {
    hint: "a link or a file stands in the way: move it first",
    file: path,
  });
}
