import { createHash } from "node:crypto";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import type { Repository } from "../git/repository.js";
import { syncedGit, syncFolder } from "./durable.js";
import type { NewObject } from "./tree.js";

/**
 * Stores blobs and trees in one git process, with no lock and no index: they go in as a pack on standard input. When
 * this returns they are on disk for good. Git unpacks a small one; a large one it keeps, as it does for a fetch,
 * because every loose object has to be synced by itself.
 */
export async function storeObjects(repository: Repository, objects: readonly NewObject[]): Promise<void> {
  if (objects.length === 0) return;
  const input = printPack(objects, repository.objectFormat);
  const isLarge = objects.length > 100;
  await repository.git.run(
    [...syncedGit, ...(isLarge ? ["index-pack", "--stdin"] : ["unpack-objects", "-q"])],
    {
      input,
    },
  );
  if (isLarge) {
    syncFolder(join(repository.commonDirectory, "objects", "pack"));
    return;
  }
  syncLooseObjects(
    repository,
    objects.map((object) => object.id),
  );
}

/** Syncs the folders that name loose objects: git syncs their bytes only. */
export function syncLooseObjects(repository: Repository, ids: readonly string[]): void {
  const store = join(repository.commonDirectory, "objects");
  for (const folder of new Set(ids.map((id) => id.slice(0, 2)))) syncFolder(join(store, folder));
  syncFolder(store);
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
