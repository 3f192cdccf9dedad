import { createHash } from "node:crypto";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import type { Repository } from "../git/repository.js";
import { syncAll, syncedGit, syncFolder } from "./durable.js";
import type { NewObject } from "./tree.js";

/**
 * Stores blobs and trees in one git process, with no lock and no index: they go in as a pack on standard input.
 * Git unpacks a small one; a large one it keeps, as it does for a fetch. The names of loose objects are durable only
 * after {@link syncObjects}.
 */
export async function storeObjects(repository: Repository, objects: readonly NewObject[]): Promise<void> {
  if (objects.length === 0) return;
  const input = printPack(objects, repository.objectFormat);
  if (objects.length <= largestUnpacked) {
    await repository.git.run([...syncedGit, "unpack-objects", "-q"], { input });
    return;
  }
  await repository.git.run([...syncedGit, "index-pack", "--stdin"], { input });
  syncFolder(join(repository.commonDirectory, "objects", "pack"));
}

/** As git's own `fetch.unpackLimit`. */
const largestUnpacked = 100;

/** Waits until the names of loose objects are on disk; git has synced their bytes. */
export async function syncObjects(repository: Repository, ids: readonly string[]): Promise<void> {
  const store = join(repository.commonDirectory, "objects");
  const folders = ids.map((id) => join(store, id.slice(0, 2)));
  await syncAll([...folders, store]);
}

const packTypes = { tree: 2, blob: 3 } as const;

/** A pack of whole objects, see gitformat-pack(5). */
function printPack(objects: readonly NewObject[], objectFormat: string): Buffer {
  const header = Buffer.alloc(12);
  header.write("PACK");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const pack = Buffer.concat([
    header,
    ...objects.flatMap(({ type, bytes }) => [entryHeader(packTypes[type], bytes.length), deflateSync(bytes)]),
  ]);
  return Buffer.concat([pack, createHash(objectFormat).update(pack).digest()]);
}

/** Type and size: four bits of the size beside the type, then seven a byte, lowest first. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (type << 4) | (size & 0x0f);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
  }
  return Buffer.from([...bytes, byte]);
}
