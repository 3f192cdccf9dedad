import { placeFile, stateFileName } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";
import { byPath } from "../listing/walk.js";
import { filesOf, type Folders } from "./folders.js";
import { folderOf, type Patch } from "./patch.js";

/** The files of some folders, at the base and in the tree, by their paths below the registry; sorted. */
export interface ListedPart {
  readonly base: readonly ListedFile[];
  readonly head: readonly ListedFile[];
}

/**
 * Lists the folders of some prompts, and what the change may collide with: for a folder that is new, those of the same
 * name and those that differ from it only in case. What was at the base already was compared when it came.
 */
export async function listPart(
  folders: Folders,
  patch: Patch,
  names: ReadonlySet<string>,
): Promise<ListedPart> {
  const wanted = new Set<string>();
  const added = new Set<string>();
  for (const [path, file] of patch.files) {
    const place = placeFile({ path, mode: file?.mode ?? "file" });
    if (place.kind !== "ignored") wanted.add(folderOf(path));
    if (file !== null && place.kind !== "ignored" && place.kind !== "state") added.add(folderOf(path));
  }
  const found = new Set(await promptsIn(folders, patch, [...wanted]));
  for (const name of names) {
    if (found.has(name)) continue;
    for (const folder of await folders.ofPrompt(name)) wanted.add(folder);
  }
  const there = await folders.read([...added]);
  const fresh = [...added].filter((_, index) => there[index] === null);
  if (fresh.length > 0) {
    const twins = new Set(fresh.map(folded));
    const sameNames = new Set(fresh.map(lastOf));
    for (const folder of await folders.all())
      if (twins.has(folded(folder)) || sameNames.has(lastOf(folder))) wanted.add(folder);
  }
  const list = [...wanted];
  const entries = await folders.read(list);
  const base = list.flatMap((folder, index) => filesOf(folder, entries[index] ?? []));
  return { base: ordered(base), head: ordered(patched(base, patch, wanted)) };
}

/** The prompts that have a version in some folders, before or after the change. */
async function promptsIn(folders: Folders, { files }: Patch, list: readonly string[]): Promise<string[]> {
  const entries = await folders.read(list);
  const before = list.flatMap((folder, index) => filesOf(folder, entries[index] ?? []));
  return [...before, ...files.values()].flatMap((file) => {
    const place = file === null ? undefined : placeFile(file);
    return place?.kind === "version" ? [place.name] : [];
  });
}

/** The files of some folders after the change; the registry's own state file is read apart. */
function patched(base: readonly ListedFile[], { files }: Patch, folders: ReadonlySet<string>): ListedFile[] {
  const after = new Map(base.map((file) => [file.path, file]));
  for (const [path, file] of files) {
    if (!folders.has(folderOf(path))) continue;
    if (file === null) after.delete(path);
    else after.set(path, file);
  }
  return [...after.values()];
}

function ordered(files: readonly ListedFile[]): ListedFile[] {
  return files.filter(({ path }) => path !== stateFileName).sort(byPath);
}

const lastOf = (folder: string): string => folder.slice(folder.lastIndexOf("/") + 1);

const folded = (folder: string): string => folder.normalize("NFC").toLowerCase();
