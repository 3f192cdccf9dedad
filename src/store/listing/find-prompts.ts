import { existsSync, lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import type { ListedFile } from "../../core/listing.js";
import { isVersionOf, pathIn, stateFileName } from "../../core/layout.js";
import { byPath, walkFolder } from "./walk.js";

/**
 * The files that decisions about some prompts need, without a look into the folders of the others: the registry's
 * state file, and everything below the folders of the prompts, sorted. Of folders with one name the highest counts,
 * then the first by path. Undefined when a prompt has no folder with a version, and when something on the way is not
 * an ordinary file or folder: a whole listing says what.
 *
 * Costs a look for each prompt at each group of a level, and reads the folders of a level when no group above has it.
 */
export function findPrompts(registry: string, names: readonly string[]): readonly ListedFile[] | undefined {
  const state = lstatSync(join(registry, stateFileName), { throwIfNoEntry: false });
  if (state !== undefined && !state.isFile()) return undefined;
  const found: ListedFile[] = state === undefined ? [] : [{ path: stateFileName, blob: null, mode: "file" }];
  const left = new Set(names);
  let level: readonly string[] = [""];
  for (;;) {
    for (const group of level) {
      for (const name of left) {
        const files = filesOf(registry, group, name);
        if (files === undefined) continue;
        if (!isPlain(registry, group)) return undefined;
        left.delete(name);
        found.push(...files);
      }
    }
    if (left.size === 0) break;
    level = foldersBelow(registry, level);
    if (level.length === 0) return undefined;
  }
  return found.sort(byPath);
}

/** The files of a prompt's folder in a group; undefined when it has no version, or is not spelled like this. */
function filesOf(registry: string, group: string, name: string): ListedFile[] | undefined {
  const folder = pathIn(group, name);
  const found = lstatSync(join(registry, folder), { throwIfNoEntry: false });
  if (found?.isDirectory() !== true || existsSync(join(registry, folder, ".git"))) return undefined;
  if (!readdirSync(join(registry, group)).includes(name)) return undefined; // another case on some file systems
  const files = walkFolder(join(registry, folder)).map((file) => ({
    ...file,
    path: `${folder}/${file.path}`,
  }));
  return files.some((file) => isVersionOf(file, group, name)) ? files : undefined;
}

/** Says whether no folder on the way is a repository of its own. */
function isPlain(registry: string, group: string): boolean {
  const parts = group === "" ? [] : group.split("/");
  return !parts.some((_, depth) => existsSync(join(registry, ...parts.slice(0, depth + 1), ".git")));
}

/** The folders in some groups, by their paths below the registry, in the order in which a listing has what is in them. */
function foldersBelow(registry: string, groups: readonly string[]): string[] {
  const folders = groups.flatMap((group) =>
    foldersIn(join(registry, group)).map((name) => pathIn(group, name)),
  );
  return folders
    .map((folder) => `${folder}/`)
    .sort()
    .map((folder) => folder.slice(0, -1));
}

function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // a whole listing says why
  }
  return entries.flatMap((it) => (it.isDirectory() && !it.name.startsWith(".") ? [it.name] : []));
}
