import { isVersionOf, pathIn, stateFileName } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";
import type { TreeEntry } from "../git/read-trees.js";
import type { Trees } from "./trees.js";
import { byPath } from "./walk.js";

/** A folder below the registry; its path is empty for the registry itself. */
interface Folder {
  readonly path: string;
  readonly entries: readonly TreeEntry[];
}

/**
 * What `findPrompts` finds in the working tree, in a commit: the registry's state file and everything below the folder of
 * one prompt. Of folders with its name the highest counts, then the first by path. Undefined when no folder has a
 * version of it, or a tree cannot be read: a whole listing says what.
 * @param registry a name of the registry's tree, such as `<commit>:prompt-templates`
 */
export async function findPromptAt(
  trees: Trees,
  registry: string,
  name: string,
): Promise<readonly ListedFile[] | undefined> {
  const [top] = await trees.read([registry]);
  if (top === null || top === undefined) return undefined;
  const state = top.find((entry) => entry.name === stateFileName);
  const own = state === undefined ? [] : stateFileOf(state);
  if (own === undefined) return undefined;
  let level: readonly Folder[] = [{ path: "", entries: top }];
  while (level.length > 0) {
    for (const { path: group, entries } of level) {
      const found = entries.find((entry) => entry.name === name && entry.mode === "folder");
      if (found === undefined) continue;
      const files = await filesBelow(trees, { path: pathIn(group, name), id: found.id });
      if (files === undefined) return undefined;
      if (files.some((file) => isVersionOf(file, group, name))) return [...own, ...files];
    }
    const next = await foldersIn(trees, level);
    if (next === undefined) return undefined;
    level = next;
  }
  return undefined;
}

/** The registry's state file; undefined when it is no file. */
function stateFileOf({ name, id, mode }: TreeEntry): ListedFile[] | undefined {
  return mode === "file" || mode === "executable" ? [{ path: name, blob: id, mode }] : undefined;
}

/** The folders in some folders, in the order in which a listing has what is below them. */
async function foldersIn(trees: Trees, level: readonly Folder[]): Promise<Folder[] | undefined> {
  const below = level.flatMap(({ path, entries }) =>
    entries
      .filter((entry) => entry.mode === "folder" && !entry.name.startsWith("."))
      .map((entry) => ({ path: pathIn(path, entry.name), id: entry.id })),
  );
  const read = await trees.read(below.map(({ id }) => id));
  const folders = below.flatMap(({ path }, index) => {
    const entries = read[index];
    return entries === null || entries === undefined ? [] : [{ path, entries }];
  });
  if (folders.length < below.length) return undefined;
  return folders.sort((one, other) => byPath({ path: `${one.path}/` }, { path: `${other.path}/` }));
}

/** Everything below a folder, sorted by path. */
async function filesBelow(
  trees: Trees,
  folder: { readonly path: string; readonly id: string },
): Promise<ListedFile[] | undefined> {
  const files: ListedFile[] = [];
  let level = [folder];
  while (level.length > 0) {
    const read = await trees.read(level.map(({ id }) => id));
    const next: (typeof folder)[] = [];
    for (const [index, { path }] of level.entries()) {
      const entries = read[index];
      if (entries === null || entries === undefined) return undefined;
      for (const { name, id, mode } of entries) {
        if (mode === "folder") next.push({ path: `${path}/${name}`, id });
        else files.push({ path: `${path}/${name}`, blob: id, mode });
      }
    }
    level = next;
  }
  return files.sort(byPath);
}
