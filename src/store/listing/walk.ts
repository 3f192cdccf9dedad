import { lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import { pathIn } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";

/**
 * Everything below a folder on disk, sorted by code unit; empty when the folder does not exist. Links are listed and
 * never followed, a folder with its own `.git` is a submodule, what is neither file, folder nor link is left out.
 * The mode is never `executable`: asking costs one system call a file, and no rule needs it.
 */
export function walkFolder(folder: string): ListedFile[] {
  const files: ListedFile[] = [];
  const walk = (path: string) => {
    const entries = entriesOf(join(folder, path));
    if (path !== "" && entries.some(({ name }) => name === ".git")) {
      files.push({ path, blob: null, mode: "module" });
      return;
    }
    for (const entry of entries) {
      const at = pathIn(path, entry.name);
      if (entry.name === ".git") continue;
      if (entry.isSymbolicLink()) files.push({ path: at, blob: null, mode: "link" });
      else if (entry.isFile()) files.push({ path: at, blob: null, mode: "file" });
      else if (entry.isDirectory()) walk(at);
    }
  };
  walk("");
  return files.sort(byPath);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new PromptSyncError("FILE_UNREADABLE", `folder \`${folder}\` cannot be read`, {
      hint: "check that it is a folder and that you may read it",
      file: folder,
      cause,
    });
  }
}

/** Orders listed files by code unit, whatever the file system or git's bytes say. */
export function byPath(a: Pick<ListedFile, "path">, b: Pick<ListedFile, "path">): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/**
 * Refuses a path of which a component is a symbolic link: what stands behind it may be outside the repository. So is
 * a way through a file. Components that do not exist are fine.
 * @throws PromptSyncError `PATH_UNSAFE`
 */
export function refuseLinks(top: string, path: string): void {
  const parts = path.split("/").filter((name) => name !== "");
  let at = top;
  for (const [index, part] of parts.entries()) {
    at = join(at, part);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found === undefined) return;
    const isLast = index === parts.length - 1;
    if (!found.isSymbolicLink() && (isLast || found.isDirectory())) continue;
    const what = found.isSymbolicLink() ? "is a symbolic link" : "is no folder";
    throw new PromptSyncError("PATH_UNSAFE", `\`${parts.slice(0, index + 1).join("/")}\` ${what}`, {
      hint: "put a real folder in its place: a registry has to be inside its repository",
      file: path,
    });
  }
}
