import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { ListedFile, Listing } from "../../core/listing.js";
import type { Repository } from "../git/repository.js";
import { decodeText } from "./decode-text.js";

/** The text of a listed file, or why it cannot be had: that is a fact about the file, not the end of the run. */
export type ReadFile =
  | {
      readonly path: string;
      readonly text: string;
      /** True when git changed the line endings at checkout: `text` is then what git stores, not what lies on disk. */
      readonly converted?: true;
    }
  | { readonly path: string; readonly error: PromptSyncError };

/** The largest version file or draft that is read, in bytes. */
export const promptLimit = 1 << 20;
/** The largest `promptsync.yaml` that is read, in bytes. */
export const stateLimit = 16 << 20;

/**
 * Reads files of a listing, in the order given: from disk when the listing saw them there, else by blob. Sizes are
 * known before anything is read; links are never followed. Errors are `FILE_UNREADABLE` and name the file from the
 * repository root. One git process for all blobs, one more when work tree files have CRLF line endings.
 */
export async function readFiles(
  repository: Repository,
  listing: Pick<Listing, "registry">,
  files: readonly ListedFile[],
  { limit = promptLimit }: { readonly limit?: number } = {},
): Promise<ReadFile[]> {
  const named = files.map((file) => ({ ...file, name: join(listing.registry, file.path) }));
  const bytes = await readBytes(repository, named, limit);
  const stored = await storedForms(repository, named, bytes, limit);
  return named.map(({ path, name }) => {
    const blob = stored.get(name);
    const source = blob ?? bytes.get(name);
    if (source === undefined) throw new TypeError(`${name} was not read`);
    if (source instanceof PromptSyncError) return { path, error: source };
    const text = decodeText(source, name);
    if (typeof text !== "string") return { path, error: text };
    return blob ? { path, text, converted: true } : { path, text };
  });
}

type Named = ListedFile & { readonly name: string };
type Bytes = Map<string, Buffer | PromptSyncError>;

async function readBytes(repository: Repository, files: readonly Named[], limit: number): Promise<Bytes> {
  const bytes: Bytes = new Map();
  const blobs: Named[] = [];
  for (const file of files) {
    if (file.mode === "link")
      bytes.set(file.name, unreadable(file.name, "is a symbolic link", "replace it with a file"));
    else if (file.mode === "module")
      bytes.set(file.name, unreadable(file.name, "is a submodule", "copy its files here"));
    else if (file.blob !== null) blobs.push(file);
    else bytes.set(file.name, readFromDisk(repository.top ?? "", file.name, limit));
  }
  if (blobs.length === 0) return bytes;
  const objects = await repository.objects.read(
    blobs.map((file) => file.blob ?? ""),
    limit,
  );
  for (const [index, { name, blob }] of blobs.entries()) {
    const object = objects[index];
    if (!object)
      bytes.set(
        name,
        unreadable(name, `is not in this clone: blob \`${String(blob)}\``, "`git fetch` may bring it"),
      );
    else bytes.set(name, object.bytes ?? tooLarge(name, object.size, limit));
  }
  return bytes;
}

/** Reads one file of the work tree; the last component may be no link, the way to it was walked by the listing. */
export function readFromDisk(top: string, name: string, limit: number): Buffer | PromptSyncError {
  let handle: number | undefined;
  try {
    // O_NONBLOCK: opening a named pipe would wait for a writer.
    handle = openSync(join(top, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { size } = fstatSync(handle);
    if (size > limit) return tooLarge(name, size, limit);
    const bytes = Buffer.allocUnsafe(size);
    let filled = 0;
    for (let count = -1; count !== 0 && filled < size; filled += count)
      count = readSync(handle, bytes, filled, size - filled, null);
    return bytes.subarray(0, filled);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    return unreadable(
      name,
      `cannot be read (${code})`,
      "check that it is a plain file and that you may read it",
      cause,
    );
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/**
 * What git stores for work tree files with CRLF, by name: `core.autocrlf` may have made the CRLF at checkout, and
 * then the version is the blob. Only files whose filtered bytes git already has, and that differ, are named.
 */
async function storedForms(repository: Repository, files: readonly Named[], bytes: Bytes, limit: number) {
  const stored = new Map<string, Buffer>();
  const suspects = files.filter(({ name, blob }) => {
    const found = bytes.get(name);
    return blob === null && Buffer.isBuffer(found) && found.includes("\r\n") && !name.includes("\n");
  });
  if (suspects.length === 0 || repository.top === null) return stored;
  const { stdout } = await repository.git.run(["hash-object", "--stdin-paths"], {
    input: suspects.map(({ name }) => `${name}\n`).join(""),
  });
  const objects = await repository.objects.read(stdout.toString().trimEnd().split("\n"), limit);
  for (const [index, { name }] of suspects.entries()) {
    const blob = objects[index]?.bytes;
    const disk = bytes.get(name);
    if (blob && Buffer.isBuffer(disk) && !blob.equals(disk)) stored.set(name, blob);
  }
  return stored;
}

function tooLarge(name: string, size: number, limit: number): PromptSyncError {
  return unreadable(
    name,
    `has ${String(size)} bytes, more than ${String(limit)}`,
    "a prompt this large is likely a mistake",
  );
}

function unreadable(name: string, why: string, hint: string, cause?: unknown): PromptSyncError {
  return new PromptSyncError("FILE_UNREADABLE", `\`${name}\` ${why}`, { hint, file: name, cause });
}
