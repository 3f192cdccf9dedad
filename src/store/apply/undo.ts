import { rmdirSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { errorCode, removeFile, renameSynced } from "./durable.js";
import { buildIndex } from "./index-entries.js";
import type { Journal, JournalFile } from "./journal.js";
import type { Places } from "./locks.js";
import type { Owner } from "./owner.js";
import { newObject, type TreeEntry } from "./tree.js";
import { readIfThere, restoreFile, temporaryFor } from "./work-files.js";

/**
 * Undoes what a journal says, as far as it was done: only contents that the run itself put there are taken back,
 * unless `force`. Paths that HEAD holds as the run wanted them are done, not undone. Doing this twice, or being
 * killed in the middle and starting again, ends the same.
 */
export async function undo(
  repository: Repository,
  { places, owner, journal, force = false }: UndoRequest,
): Promise<void> {
  const files = await notCommitted(repository, journal);
  if (repository.top !== null) await restoreFiles(repository, repository.top, journal, { files, force });
  if (journal.to !== null) await restoreIndex(repository, places.temporary(owner, "index"), files);
}

interface UndoRequest {
  readonly places: Places;
  /** The run that does the work, not the one that is undone. */
  readonly owner: Owner;
  readonly journal: Journal;
  readonly force?: boolean;
}

async function notCommitted(repository: Repository, journal: Journal): Promise<readonly JournalFile[]> {
  if (journal.to === null) return journal.files;
  const [head] = await repository.objects.info(["HEAD^{commit}"]);
  if (head?.id === journal.to) return [];
  const heads = await repository.objects.info(journal.files.map(({ path }) => `HEAD:${path}`));
  return journal.files.filter(({ after }, index) => (heads[index]?.id ?? null) !== after);
}

async function restoreFiles(
  repository: Repository,
  top: string,
  journal: Journal,
  { files, force }: { readonly files: readonly JournalFile[]; readonly force: boolean },
): Promise<void> {
  const temporary = (path: string) => temporaryFor(top, path, journal.run);
  for (const { path } of journal.files) removeFile(temporary(path));
  for (const { path, before, after } of files) {
    const target = join(top, path);
    const bytes = readIfThere(target);
    const now = bytes && newObject("blob", bytes, repository.objectFormat).id;
    if (now === before || !(force || now === after)) continue;
    restoreFile(target, temporary(path), before === null ? null : await readBlob(repository, before));
  }
  for (const folder of [...journal.folders].reverse()) removeIfEmpty(join(top, folder));
}

async function readBlob(repository: Repository, id: string): Promise<Buffer> {
  const [object] = await repository.objects.read([id], Number.POSITIVE_INFINITY);
  if (object?.bytes) return object.bytes;
  throw new PromptSyncError("GIT_FAILED", `blob \`${id}\` is missing`, {
    hint: "`git fsck` says what else is",
  });
}

/** Entries that the run set go back to what was committed; entries that anybody else set stay. */
async function restoreIndex(
  repository: Repository,
  copy: string,
  files: readonly JournalFile[],
): Promise<void> {
  if (files.length === 0 || repository.bare) return;
  const paths = files.map(({ path }) => path);
  const { stdout } = await repository.git.run(["ls-files", "--stage", "-z", "--full-name", "--", ...paths]);
  const now = new Map<string, string>();
  for (const record of stdout.toString().split("\0").slice(0, -1)) {
    now.set(record.slice(record.indexOf("\t") + 1), record.split(" ")[1] ?? "");
  }
  const entries = new Map<string, TreeEntry | null>();
  for (const { path, committed, after } of files) {
    const isOurs = (now.get(path) ?? null) === after && after !== (committed?.id ?? null);
    if (isOurs) entries.set(path, committed);
  }
  if (entries.size === 0) return;
  await buildIndex(repository, copy, entries, { fromDisk: true });
  renameSynced(copy, repository.indexFile);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(errorCode(error))) throw error;
  }
}
