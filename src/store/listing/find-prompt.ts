import { existsSync, lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import type { ListedFile } from "../../core/listing.js";
import { placeFile, stateFileName, type Placed } from "../../core/layout.js";
import { walkFolder } from "./walk.js";

/**
 * The files that a decision about one prompt needs, without a look into the folders of the others: the registry's
 * state file, and everything below the prompt's folder. Of folders with its name the highest counts, then the first
 * by path. Undefined when no folder on the way has a version of it, or when something on the way is not an ordinary
 * file or folder: a whole listing says what.
 *
 * Costs one look at each group of a level, and reads the folders of a level when no group above has the prompt.
 */
export function findPrompt(registry: string, name: string): readonly ListedFile[] | undefined {
  const top = foldersIn(registry, "");
  const state = lstatSync(join(registry, stateFileName), { throwIfNoEntry: false });
  if (top === undefined || (state !== undefined && !state.isFile())) return undefined;
  const own: ListedFile[] = state === undefined ? [] : [{ path: stateFileName, blob: null, mode: "file" }];
  let level: readonly string[] = [""];
  while (level.length > 0) {
    const next: string[] = [];
    for (const group of level) {
      const folder = group === "" ? name : `${group}/${name}`;
      const files = filesOf(registry, group, folder);
      if (files === undefined) continue;
      return isPlain(registry, group) ? [...own, ...files] : undefined;
    }
    for (const group of level) next.push(...(foldersIn(registry, group) ?? []));
    level = next.sort(byFolder);
  }
  return undefined;
}

/** The files of a prompt's folder; undefined when it has no version, or is not spelled like this. */
function filesOf(registry: string, group: string, folder: string): ListedFile[] | undefined {
  const found = lstatSync(join(registry, folder), { throwIfNoEntry: false });
  if (found?.isDirectory() !== true || existsSync(join(registry, folder, ".git"))) return undefined;
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  if (!readdirSync(join(registry, group)).includes(name)) return undefined; // another case on some file systems
  const files = walkFolder(join(registry, folder)).map((file) => ({
    ...file,
    path: `${folder}/${file.path}`,
  }));
  return files.some((file) => isVersionOf(placeFile(file), group, name)) ? files : undefined;
}

function isVersionOf(placed: Placed, group: string, name: string): boolean {
  return placed.kind === "version" && placed.group === group && placed.name === name;
}

/** Says whether no folder on the way is a repository of its own. */
function isPlain(registry: string, group: string): boolean {
  const parts = group === "" ? [] : group.split("/");
  return !parts.some((_, depth) => existsSync(join(registry, ...parts.slice(0, depth + 1), ".git")));
}

/** The folders in a group, by their paths below the registry; undefined when it cannot be read. */
function foldersIn(registry: string, group: string): string[] | undefined {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(registry, group), { withFileTypes: true });
  } catch {
    return undefined;
  }
  return entries.flatMap((it) => {
    if (!it.isDirectory() || it.name.startsWith(".")) return [];
    return [group === "" ? it.name : `${group}/${it.name}`];
  });
}

/** The order in which a listing has what is below the folders. */
function byFolder(one: string, other: string): number {
  const [a, b] = [`${one}/`, `${other}/`];
  return a < b ? -1 : a > b ? 1 : 0;
}
