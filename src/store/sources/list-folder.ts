import type { BigIntStats, Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathIn } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";
import { byPath } from "../listing/walk.js";
import { inParallel } from "./in-parallel.js";
import { sourceInvalid, sourceUnreachable } from "./source-errors.js";

/** A file as a folder lists it, and what changes when its bytes do. */
export interface StampedFile extends ListedFile {
  readonly stamp: string;
}

/** How many folders are read, or files asked about, at a time: about what the pool of Node does at once. */
export const parallelFiles = 16;

/**
 * Everything below a folder but dot-files, sorted by code unit, without blocking the process. Links are listed and
 * never followed, a folder with its own `.git` is a submodule. What vanishes meanwhile is left out.
 * @throws PromptSyncError `SOURCE_UNREACHABLE`, `SOURCE_INVALID` when it is no folder
 */
export async function listFolder(
  root: string,
  { label, signal }: { readonly label: string; readonly signal: AbortSignal },
): Promise<StampedFile[]> {
  const files: StampedFile[] = [];
  for (let level = [""]; level.length > 0;) {
    const below = await inParallel(level, parallelFiles, async (path) => {
      signal.throwIfAborted();
      const entries = await entriesOf(root, path, label);
      if (path !== "" && entries.some(({ name }) => name === ".git")) {
        files.push({ path, blob: null, mode: "module", stamp: "" });
        return [];
      }
      const shown = entries.filter(({ name }) => !name.startsWith("."));
      const at = (entry: Dirent): string => pathIn(path, entry.name);
      const found = shown.filter((entry) => entry.isFile() || entry.isSymbolicLink());
      const stamped = await Promise.all(found.map((entry) => stampedFile(root, at(entry), label)));
      files.push(...stamped.filter((file) => file !== undefined));
      return shown.filter((entry) => entry.isDirectory()).map(at);
    });
    level = below.flat();
  }
  return files.sort(byPath);
}

async function stampedFile(root: string, path: string, label: string): Promise<StampedFile | undefined> {
  try {
    const stats = await lstat(join(root, path), { bigint: true });
    return { path, blob: null, mode: stats.isSymbolicLink() ? "link" : "file", stamp: stampOf(stats) };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw unreadable(label, error);
  }
}

/** What tells two states of a file apart: its size, its times in nanoseconds, and which file it is. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].join("-");
}

async function entriesOf(root: string, path: string, label: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (path !== "" && isGone(error)) return [];
    if (path === "" && (error as NodeJS.ErrnoException).code === "ENOTDIR")
      throw sourceInvalid(label, "is no folder", { cause: error });
    throw unreadable(label, error);
  }
}

function unreadable(label: string, cause: unknown): Error {
  const { code = "unknown" } = cause as NodeJS.ErrnoException;
  return sourceUnreachable(label, code === "ENOENT" ? "does not exist" : `cannot be read (${code})`, {
    cause,
  });
}

const isGone = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
