import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { NewFile } from "../create-files.js";
import type { Repository } from "../git/repository.js";
import { decodeText } from "../listing/decode-text.js";
import { readFromDisk } from "../listing/read-files.js";
import { listDrafts, type DraftFile } from "../read-drafts.js";

/** What stands beside the registry: drafts, settings, hooks. */
export interface Files {
  /** The drafts of the settings' folder, or of a path relative to the user's folder. */
  readonly drafts: (path?: string) => DraftFile[];
  /** Makes files that do not exist yet; returns the paths of those it made. */
  readonly createFiles: (
    files: readonly NewFile[],
    options?: { readonly keepExisting?: boolean },
  ) => Promise<string[]>;
  /** Says whether a file or folder exists, relative to the root. */
  readonly exists: (path: string) => boolean;
  /** Says whether git knows so many files, ten thousands of them, that memory has to be thought of. */
  readonly isHuge: () => boolean;
  /** The text of a file, relative to the root; undefined when it cannot be read as one. */
  readonly text: (path: string) => string | undefined;
  /** Makes a hook where git looks for hooks; its path, or null when there is one already. */
  readonly createHook: (file: NewFile) => Promise<string | null>;
  /** Sets what is not set yet in the repository's git configuration; the keys that it set. */
  readonly configureGit: (settings: Readonly<Record<string, string>>) => Promise<readonly string[]>;
}

/** Where the files of a workspace are. */
interface Places {
  /** The repository root, absolute. */
  readonly root: string;
  /** The user's folder, absolute. */
  readonly directory: string;
  /** The folder of the drafts, relative to the root. */
  readonly drafts: string;
}

/** Bytes of git's index, which has about a hundred for each file. */
const hugeIndex = 4_000_000;

/** Opens the files of a workspace; nothing is read before it is asked for. */
export function openFiles(repository: Repository, { root, directory, drafts }: Places): Files {
  return {
    drafts: (path) =>
      listDrafts({ root, drafts, path: path === undefined ? undefined : resolve(directory, path) }),
    createFiles: async (files, options) => {
      const { createFiles } = await import("../create-files.js");
      return createFiles(workTree(repository), files, options);
    },
    exists: (path) => existsSync(join(root, path)),
    isHuge: () => (statSync(repository.indexFile, { throwIfNoEntry: false })?.size ?? 0) > hugeIndex,
    text: (path) => {
      const bytes = readFromDisk(root, path, 1 << 18);
      const text = bytes instanceof PromptSyncError ? bytes : decodeText(bytes, path);
      return typeof text === "string" ? text : undefined;
    },
    createHook: async (file) => {
      const { createFiles } = await import("../create-files.js");
      const args = ["rev-parse", "--path-format=absolute", "--git-path", "hooks"];
      const folder = (await repository.git.run(args)).stdout.toString().replace(/\n$/, "");
      const [made] = createFiles(folder, [file], { keepExisting: true });
      return made === undefined ? null : relative(workTree(repository), join(folder, made));
    },
    configureGit: async (settings) => {
      const { setMissing } = await import("../git/configure.js");
      return setMissing(repository, settings);
    },
  };
}

/** @throws PromptSyncError `NOT_A_REPOSITORY` in a bare repository */
function workTree({ top, gitDirectory }: Repository): string {
  if (top !== null) return top;
  throw new PromptSyncError("NOT_A_REPOSITORY", `\`${gitDirectory}\` has no working tree`, {
    hint: "clone it and run the command there",
  });
}
