import { closeSync, existsSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { bundleSchemas } from "../core/bundle/bundle.js";
import { indexName, type BundleFile } from "../core/bundle/print-bundle.js";
import { PromptSyncError } from "../core/errors.js";
import { unwritable } from "./apply/durable.js";
import { refuseLinks } from "./listing/walk.js";
import { replaceFile } from "./replace-file.js";
import { makeFolder } from "./make-folder.js";

/**
 * Writes a bundle to a file; whoever reads it meanwhile sees the old one or the new one.
 * @throws PromptSyncError `FILE_EXISTS` when something else is there, `FILE_UNWRITABLE`
 */
export function writeBundleFile(file: string, text: string): void {
  attempt(file, () => {
    if (existsSync(file) && !isOurs(file, bundleSchemas.bundle)) throw exists(file, "is no earlier bundle");
    replaceFile(file, text);
  });
}

/**
 * Writes a split bundle into a folder, the index last. Texts of earlier exports stay: who still has an earlier index
 * asks for them.
 * @throws PromptSyncError `FILE_EXISTS` when the folder holds something else, `PATH_UNSAFE` when a link is in the way,
 * `FILE_UNWRITABLE`
 */
export function writeBundleFolder(folder: string, files: readonly BundleFile[]): void {
  attempt(folder, () => {
    makeFolder(folder);
    const index = join(folder, indexName);
    const isEarlier = existsSync(index) && isOurs(index, bundleSchemas.index);
    if (!isEarlier && readdirSync(folder).length > 0)
      throw exists(folder, "holds something else than an export");
    for (const { path, text } of files) {
      refuseLinks(folder, path);
      const file = join(folder, path);
      if (path === indexName || !holds(file, text)) replaceFile(file, text);
    }
  });
}

/** Says whether a file begins as we begin one. */
function isOurs(file: string, schema: string): boolean {
  if (!lstatSync(file).isFile()) return false;
  const head = Buffer.from(`{"schema":"${schema}"`);
  const handle = openSync(file, "r");
  try {
    const found = Buffer.alloc(head.length);
    readSync(handle, found, 0, head.length, 0);
    return found.equals(head);
  } finally {
    closeSync(handle);
  }
}

function holds(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8") === text;
}

function attempt(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw unwritable(error, path);
  }
}

function exists(path: string, why: string): PromptSyncError {
  return new PromptSyncError("FILE_EXISTS", `\`${path}\` ${why}`, {
    hint: "choose another place with `--out`, or move that away",
    file: path,
  });
}
