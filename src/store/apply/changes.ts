import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { addTo } from "../../core/add-to.js";
import { PromptSyncError } from "../../core/errors.js";
import type { Effect } from "../../core/plan.js";
import { editState, emptyStateText } from "../../core/state/edit-state.js";
import type { Repository } from "../git/repository.js";
import { decodeText } from "../listing/decode-text.js";
import { readFromDisk, stateLimit } from "../listing/read-files.js";
import { refuseLinks } from "../listing/walk.js";
import { checkPath } from "./check-path.js";
import { newObject, type TreeEntry, type TreeReader } from "./tree.js";

/** What happens to one file. Contents are null where there is no file. */
export interface FileChange {
  /** Relative to the repository root. */
  readonly path: string;
  /** The entry in the commit that the change starts from. */
  readonly committed: TreeEntry | null;
  /** The entry afterwards; null when the change deletes the file. */
  readonly entry: TreeEntry | null;
  /** On disk; null too when there is no work tree. The same as `after` for a file that is taken along as it stands. */
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

/** Where a change starts. */
export interface Start {
  readonly reader: TreeReader;
  /** The root tree of the base commit; null on an unborn branch. */
  readonly tree: string | null;
  /** Paths with staged work. */
  readonly staged: ReadonlySet<string>;
  /** False when the change stays in the working tree: uncommitted edits are then built upon. */
  readonly commit: boolean;
}

/**
 * Turns the effects of a plan into files, and adds those of `alongside` that git does not know yet. Reads only.
 * @throws PromptSyncError `PATH_UNSAFE`, `UNCOMMITTED_CHANGES`, `VERSION_EXISTS`, `STATE_INVALID`, `FILE_UNREADABLE`
 */
export async function readChanges(
  repository: Repository,
  { effects, alongside }: { readonly effects: readonly Effect[]; readonly alongside: readonly string[] },
  start: Start,
): Promise<FileChange[]> {
  const byPath = new Map<string, Effect[]>();
  for (const effect of effects) addTo(byPath, effect.path, effect);
  const touched = await readStandings(repository, [...byPath.keys()], start);
  const known = new Set(byPath.keys());
  const extra = start.commit ? alongside.filter((path) => !known.has(path)) : [];
  const beside = await readStandings(repository, extra, start);
  // A block on its way out of a file: in the commit of one of the two it would stand twice.
  const isMoving = touched.some(
    ({ path, committed, disk }) =>
      committed === null && disk !== null && byPath.get(path)?.some((it) => "above" in it) === true,
  );
  if (start.commit)
    await refuseUncommitted(repository, isMoving ? [...touched, ...beside] : touched, start.staged);
  const taken = beside.filter(
    ({ path, committed, disk }) => committed === null && disk !== null && !start.staged.has(path),
  );
  return [...touched, ...taken].flatMap((standing) => {
    const { path, committed, disk, stored, mode } = standing;
    const after = (byPath.get(path) ?? []).reduce(applyEffect, start.commit ? (stored ?? disk) : disk);
    const entry = after && { mode, id: newObject("blob", after, repository.objectFormat).id };
    const isSame = start.commit
      ? entry?.id === committed?.id
      : after === disk || (after && disk?.equals(after));
    return isSame ? [] : [{ path, committed, entry, before: disk, after }];
  });
}

/** How a file stands before the change. */
interface Standing {
  readonly path: string;
  readonly committed: TreeEntry | null;
  /** The committed bytes. */
  readonly stored: Buffer | null;
  readonly disk: Buffer | null;
  readonly mode: string;
}

async function readStandings(
  repository: Repository,
  paths: readonly string[],
  { reader, tree }: Start,
): Promise<Standing[]> {
  const standings: Standing[] = [];
  for (const path of paths) {
    checkPath(path);
    if (repository.top !== null) refuseLinks(repository.top, path);
    const committed = await reader.entryAt(tree, path);
    const [object] = committed ? await repository.objects.read([committed.id], stateLimit) : [];
    if (committed && !object?.bytes) throw notAFile(path);
    const disk = repository.top === null ? null : readDisk(repository.top, path);
    const mode = committed?.mode ?? (disk?.executable ? "100755" : "100644");
    standings.push({ path, committed, stored: object?.bytes ?? null, disk: disk?.bytes ?? null, mode });
  }
  return standings;
}

function readDisk(top: string, path: string): { bytes: Buffer; executable: boolean } | null {
  const found = lstatSync(join(top, path), { throwIfNoEntry: false });
  if (found === undefined) return null;
  const bytes = readFromDisk(top, path, stateLimit);
  if (bytes instanceof PromptSyncError) throw bytes;
  return { bytes, executable: (found.mode & 0o100) !== 0 };
}

function applyEffect(bytes: Buffer | null, effect: Effect): Buffer | null {
  switch (effect.kind) {
    case "delete":
      return null;
    case "write": {
      const content = Buffer.from(effect.content);
      if (bytes !== null && !bytes.equals(content)) throw otherContent(effect.path, bytes, content);
      return content;
    }
    case "edit-state": {
      const text = bytes === null ? (effect.above ? "" : emptyStateText) : decodeText(bytes, effect.path);
      if (typeof text !== "string") throw text;
      return Buffer.from(editState(text, effect.edits, effect.above));
    }
  }
}

/** A commit would sweep the user's edits in, or lose them; a file that git does not know has none. */
async function refuseUncommitted(
  repository: Repository,
  standings: readonly Standing[],
  staged: ReadonlySet<string>,
): Promise<void> {
  for (const { path } of standings) if (staged.has(path)) throw uncommitted(path, "staged");
  if (repository.top === null) return;
  const differing = standings.filter(
    ({ committed, stored, disk }) => committed && stored && !(disk && stored.equals(disk)),
  );
  for (const [index, clean] of (await areClean(repository, differing)).entries()) {
    if (!clean) throw uncommitted(differing[index]?.path ?? "", "uncommitted");
  }
}

/**
 * Whether git would store the committed bytes for what is on disk: it may have changed line endings at checkout. An
 * absent file has no edit where git itself left it out (sparse). Flags that hide edits from git hide none from us.
 */
async function areClean(repository: Repository, standings: readonly Standing[]): Promise<boolean[]> {
  const present = standings.filter(({ disk }) => disk !== null);
  const absent = standings.filter(({ disk }) => disk === null).map(({ path }) => path);
  const hashes = await runWith(
    repository,
    ["hash-object", "--stdin-paths"],
    present.map(({ path }) => path),
  );
  const ids = new Map(present.map(({ path }, index) => [path, hashes.split("\n")[index]]));
  const deleted = await runWith(
    repository,
    ["diff-files", "--name-only", "-z", "--no-ext-diff", "--", ...absent],
    absent,
  );
  const missing = new Set(deleted.split("\0"));
  return standings.map(({ path, committed, disk }) =>
    disk === null ? !missing.has(path) : ids.get(path) === committed?.id,
  );
}

/** What git prints for some paths, one a line on its input; nothing for none. */
async function runWith(
  repository: Repository,
  args: readonly string[],
  paths: readonly string[],
): Promise<string> {
  if (paths.length === 0) return "";
  const { stdout } = await repository.git.run(args, { input: paths.map((path) => `${path}\n`).join("") });
  return stdout.toString();
}

function uncommitted(path: string, kind: "staged" | "uncommitted"): PromptSyncError {
  return new PromptSyncError("UNCOMMITTED_CHANGES", `\`${path}\` has ${kind} edits`, {
    hint: `commit them first (\`git commit ${path}\`), or put them aside with \`git stash\``,
    file: path,
  });
}

function otherContent(path: string, before: Buffer, after: Buffer): PromptSyncError {
  const digests = { existing: digest(before), wanted: digest(after) };
  return new PromptSyncError("VERSION_EXISTS", `\`${path}\` exists already with other content`, {
    hint: `a version never changes: take the next number (there ${digests.existing}, here ${digests.wanted})`,
    file: path,
    data: digests,
  });
}

const digest = (bytes: Buffer): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

function notAFile(path: string): PromptSyncError {
  return new PromptSyncError("PATH_UNSAFE", `\`${path}\` is committed as a folder, or too large`, {
    hint: "move it out of the way first",
    file: path,
  });
}
