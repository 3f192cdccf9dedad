import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import type { Git } from "./run.js";
import { tooOld } from "./version.js";

/** Where HEAD stands. */
export interface Head {
  /** Full commit id; null on an unborn branch. */
  readonly commit: string | null;
  /** Full ref name, such as `refs/heads/main`; null when HEAD is detached. */
  readonly branch: string | null;
}

/** What git says about a folder in one answer. Paths are absolute. */
export interface Where {
  readonly bare: boolean;
  readonly shallow: boolean;
  /** `sha1` or `sha256`. */
  readonly objectFormat: string;
  /** The git directory of this work tree. */
  readonly gitDirectory: string;
  /** The git directory that all linked work trees share. */
  readonly commonDirectory: string;
  /** The index file that git would use here, also the one that `GIT_INDEX_FILE` names. */
  readonly indexFile: string;
  /** Where git keeps the patterns of a sparse checkout; the file exists only in one. */
  readonly sparseFile: string;
  /** Where the hooks are, also when `core.hooksPath` moves them. */
  readonly hooksDirectory: string;
  /** The folder relative to the top of the work tree, with a trailing slash; empty at the top. */
  readonly prefix: string;
  /** Null on an unborn branch. */
  readonly head: Head | null;
  /** The way up to the top of the work tree; null outside one. */
  readonly up: string | null;
}

const questions = [
  "rev-parse",
  "--path-format=absolute",
  "--is-inside-work-tree",
  "--is-bare-repository",
  "--is-shallow-repository",
  "--show-object-format",
  "--git-dir",
  "--git-common-dir",
  ...["--git-path", "index"],
  ...["--git-path", "info/sparse-checkout"],
  ...["--git-path", "hooks"],
  "--show-prefix",
  // Leaves HEAD out of the answer, instead of failing, on an unborn branch.
  "--revs-only",
  "HEAD",
  "--symbolic-full-name",
  "HEAD",
  // Last, because it says nothing outside a work tree. Unlike `--show-toplevel` it does not fail there.
  "--show-cdup",
];

/** Asks git about its folder. @throws PromptSyncError `NOT_A_REPOSITORY`, `GIT_TOO_OLD`, `GIT_FAILED` (safe.directory) */
export async function askWhere(git: Git): Promise<Where> {
  const lines = (await ask(git)).split("\n").slice(0, -1);
  const [inside = "", bare = "", shallow = "", objectFormat = "", ...rest] = lines;
  const [gitDirectory = "", commonDirectory = "", indexFile = "", sparseFile = "", ...more] = rest;
  const [hooksDirectory = "", prefix = "", ...head] = more;
  // A git before 2.31 repeats the options that it does not know.
  if (inside.startsWith("-")) throw await tooOld(git);
  const up = inside === "true" ? (head.pop() ?? "") : null;
  const [commit, name] = head;
  return {
    bare: bare === "true",
    shallow: shallow === "true",
    objectFormat,
    ...{ gitDirectory, commonDirectory, indexFile, sparseFile, hooksDirectory, prefix, up },
    head: commit && name ? { commit, branch: name === "HEAD" ? null : name } : null,
  };
}

async function ask(git: Git): Promise<string> {
  try {
    return (await git.run(questions, { first: true })).stdout.toString();
  } catch (error) {
    if (!isPromptSyncError(error) || error.data?.code !== 128 || looksLikeRepository(git)) throw error;
    throw new PromptSyncError("NOT_A_REPOSITORY", `\`${git.directory}\` is in no git repository`, {
      hint: "run `git init` first, or name the repository with `-C <folder>`",
      cause: error,
    });
  }
}

/** Git refuses with one exit code for "no repository" and for "not yours"; the folders tell them apart. */
function looksLikeRepository(git: Git): boolean {
  if (git.environment.GIT_DIR !== undefined) return true;
  for (let at = git.directory; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return true;
    if (existsSync(join(at, "HEAD")) && existsSync(join(at, "objects"))) return true;
    if (at === dirname(at)) return false;
  }
}
