import { createHash } from "node:crypto";
import { stateFileName } from "../../core/layout.js";
import type { ListedFile } from "../../core/listing.js";
import { PromptSyncError } from "../../core/errors.js";
import { differingBlocks } from "../../core/state/differing-blocks.js";
import { createPartReader } from "../../core/state/part-of-state.js";
import { stateFilesOf } from "../../core/state-files.js";
import type { StateFile, StateText } from "../../core/state/read-state.js";
import type { Repository } from "../git/repository.js";
import type { TreeEntry } from "../git/read-trees.js";
import { decodeText } from "../listing/decode-text.js";
import { readFiles, readFromDisk, stateLimit } from "../listing/read-files.js";
import type { ListedPart } from "./list-part.js";
import type { Patch } from "./patch.js";

/** What the state says at the base and in the tree, as far as somebody asks. */
export interface PartStates {
  /** The prompts whose lines in the registry's own state file differ. */
  readonly prompts: ReadonlySet<string>;
  /**
   * Reads the blocks of some prompts, their own files among those listed; undefined when it takes the whole. Where
   * nothing differs, both are one object.
   */
  readonly read: (
    lists: ListedPart,
    names: ReadonlySet<string>,
  ) => Promise<{ readonly was: StateText; readonly is: StateText } | undefined>;
}

interface StatePlace {
  readonly registry: string;
  /** What stands in the registry's top folder at the base. */
  readonly top: readonly TreeEntry[];
  readonly patch: Patch;
}

/** Reads the texts of the registry's own state file; undefined when one side has none or differs beyond its blocks. */
export async function openPartStates(
  repository: Repository,
  { registry, top, patch }: StatePlace,
): Promise<PartStates | undefined> {
  const home = `${registry}/${stateFileName}`;
  const stored = top.find(({ name }) => name === stateFileName);
  const change = patch.files.get(stateFileName);
  if (stored === undefined || change === null) return undefined;
  const before = await readStored(repository, home, stored);
  const after = change === undefined ? before : await readText(repository, registry, change);
  if (before === undefined || after === undefined) return undefined;
  const difference = before === after ? undefined : differingBlocks(before, after);
  if (before !== after && difference === undefined) return undefined;
  const readPart = createPartReader();

  const owned = async (listed: readonly ListedFile[]): Promise<StateFile[] | undefined> => {
    const files = stateFilesOf({ files: listed });
    const read = await readFiles(repository, { registry }, files, { limit: stateLimit });
    const texts = read.flatMap((file): StateFile[] => {
      const path = `${registry}/${file.path}`;
      return "text" in file ? [{ path, text: file.text, prompt: file.path.split("/").at(-2) ?? "" }] : [];
    });
    return texts.length === files.length ? texts : undefined;
  };

  return {
    prompts: difference?.prompts ?? new Set(),
    async read(lists, names) {
      const [old, now] = await Promise.all([owned(lists.base), owned(lists.head)]);
      if (old === undefined || now === undefined) return undefined;
      const was = readPart({ files: [{ path: home, text: before }, ...old], home, names });
      const is =
        before === after && isSame(old, now)
          ? was
          : readPart({ files: [{ path: home, text: after }, ...now], home, names });
      return was && is && { was, is };
    },
  };
}

function isSame(one: readonly StateFile[], other: readonly StateFile[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ path, text }, index) => path === other[index]?.path && text === other[index].text)
  );
}

async function readText(
  repository: Repository,
  registry: string,
  file: ListedFile,
): Promise<string | undefined> {
  const [read] = await readFiles(repository, { registry }, [file], { limit: stateLimit });
  return read !== undefined && "text" in read ? read.text : undefined;
}

/**
 * The text of a file that git has stored: from the working tree when the same bytes are there, which is quicker for a
 * large one than to unpack it.
 */
async function readStored(
  { top, objects, objectFormat }: Repository,
  path: string,
  { id, mode }: TreeEntry,
): Promise<string | undefined> {
  if (mode !== "file" && mode !== "executable") return undefined;
  const onDisk = top === null ? undefined : readFromDisk(top, path, stateLimit);
  const isStored = Buffer.isBuffer(onDisk) && blobId(onDisk, objectFormat) === id;
  const bytes = isStored ? onDisk : (await objects.read([id], stateLimit))[0]?.bytes;
  const text = bytes ? decodeText(bytes, path) : undefined;
  return text instanceof PromptSyncError ? undefined : text;
}

function blobId(bytes: Buffer, objectFormat: string): string {
  return createHash(objectFormat).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
