import { createHash } from "node:crypto";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { decodeText } from "../listing/decode-text.js";
import { promptLimit } from "../listing/read-files.js";
import type { VersionToRead } from "../read-catalog.js";
import type { KeptRepository } from "./keep-repository.js";
import { integrityMismatch } from "./source-errors.js";

/** How many texts are asked for at a time: other work gets its turn between them, and each has the whole deadline. */
const step = 200;

/**
 * The texts of versions by their blobs, in the order given. Git does not check what it reads against its id; we do.
 * @throws PromptSyncError `INTEGRITY_MISMATCH`, `FILE_UNREADABLE`, `SOURCE_UNREACHABLE`
 */
export async function readBlobs(
  versions: readonly VersionToRead[],
  {
    kept,
    signal,
    label,
  }: { readonly kept: KeptRepository; readonly signal: AbortSignal; readonly label: string },
): Promise<readonly string[]> {
  const texts: (string | PromptSyncError)[] = [];
  for (let at = 0; at < versions.length; at += step) {
    const some = versions.slice(at, at + step);
    texts.push(...(await kept.use(signal, (repository) => readSome(repository, some, label))));
  }
  return texts.map((text) => {
    if (text instanceof PromptSyncError) throw text;
    return text;
  });
}

async function readSome(
  { objects, objectFormat }: Repository,
  versions: readonly VersionToRead[],
  label: string,
): Promise<(string | PromptSyncError)[]> {
  const blobs = await objects.read(
    versions.map(({ blob }) => blob ?? ""),
    promptLimit,
  );
  return versions.map(({ path, blob }, index) => {
    const object = blobs[index] ?? null;
    if (object === null) return unreadable(path, `is not in the repository: blob \`${String(blob)}\``);
    if (object.bytes === null)
      return unreadable(path, `has ${String(object.size)} bytes, too many for a prompt`);
    if (blobId(object.bytes, objectFormat) !== blob) return integrityMismatch(label, path, { file: path });
    return decodeText(object.bytes, path);
  });
}

/** The id that git gives to a blob of these bytes. */
function blobId(bytes: Buffer, format: string): string {
  return createHash(format)
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
}

function unreadable(path: string, why: string): PromptSyncError {
  const hint = "`git fsck` shows what the repository lacks; `git fetch` may bring it";
  return new PromptSyncError("FILE_UNREADABLE", `\`${path}\` ${why}`, { hint, file: path });
}
