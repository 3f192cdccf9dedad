import { lstatSync, type Stats } from "node:fs";
import { join } from "node:path";
import { placeFile } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";
import type { Repository } from "../git/repository.js";
import { refuseLinks } from "../listing/walk.js";
import type { BaseChange, Side } from "./read-changes.js";

/** What a tree makes of its base's registry. Paths are relative to the registry. */
export interface Patch {
  /** What stands at each path that differs; null where nothing is left. */
  readonly files: ReadonlyMap<string, ListedFile | null>;
  /** The prompts that have a version or a state file among them. */
  readonly prompts: ReadonlySet<string>;
}

/**
 * Makes the {@link Patch} of some changes. Undefined when one of them is no ordinary file of the registry: a listing of
 * the tree says what is wrong.
 * @throws PromptSyncError `PATH_UNSAFE` when the way to the registry in the working tree goes through a link
 */
export function patchOf(
  { top }: Pick<Repository, "top">,
  registry: string,
  { changes, side }: { readonly changes: readonly BaseChange[]; readonly side: Side },
): Patch | undefined {
  if (side === "worktree") refuseLinks(top ?? "", registry);
  const files = new Map<string, ListedFile | null>();
  const prompts = new Set<string>();
  for (const change of changes) {
    if (change.isUnmerged === true || !change.path.startsWith(`${registry}/`)) return undefined;
    const path = change.path.slice(registry.length + 1).replace(/\/$/, "");
    const mode = modeOf(change, top);
    const isGone = change.status === "deleted" || mode === undefined;
    if (isGone && files.get(path)) continue; // gone from the index, and still in the folder
    files.set(path, isGone ? null : { path, mode, blob: side === "worktree" ? null : change.after });
    const place = placeFile({ path, mode: "file" });
    if (place.kind === "version") prompts.add(place.name);
    if (place.kind === "state" && place.prompt !== undefined) prompts.add(place.prompt);
  }
  return { files, prompts };
}

/** What stands there; git says nothing of files that it does not know. Undefined for what a listing leaves out. */
function modeOf({ path, mode }: BaseChange, top: string | null): ListedFile["mode"] | undefined {
  if (mode !== undefined) return mode;
  if (path.endsWith("/")) return "module";
  const found: Stats | undefined = lstatSync(join(top ?? "", path), { throwIfNoEntry: false });
  if (found?.isSymbolicLink() === true) return "link";
  return found?.isFile() === true ? "file" : undefined;
}

/** The folder that a path stands in; `""` for the registry's top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
