import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { createObjects, type Objects } from "./cat-file.js";
import { namesRepository } from "./environment.js";
import { isPartialClone } from "./fetch-missing.js";
import { createGit, type Git } from "./run.js";
import { askWhere, type Head, type Where } from "./where.js";

/** A git repository as seen from one folder: everything that git says about it without reading an object. */
export interface Repository extends Omit<Where, "up" | "head"> {
  /** Runs in the work tree's top folder, or in the git directory when there is no work tree. */
  readonly git: Git;
  /** The one warm reader of objects; {@link Repository.close} ends it. */
  readonly objects: Objects;
  /** Top folder of the work tree, absolute, links resolved; null in a bare repository and inside a git directory. */
  readonly top: string | null;
  readonly head: Head;
  /** Ends the warm process. Reading again afterwards starts a new one. */
  close(): void;
}

/** The world that a repository is opened in; nothing is read from the process itself. */
export interface World {
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the process, to which the environment's `GIT_*` variables belong. */
  readonly cwd: string;
  /** Aborted, it kills what git still does for this repository. */
  readonly stop?: AbortSignal;
  /** Says that this thread may wait for git where nothing else can be done meanwhile: quicker, and wrong in a server. */
  readonly mayBlock?: boolean;
}

/**
 * Finds the repository that a folder is in.
 *
 * One git process; a second one on an unborn branch, and when the environment names a repository (in a hook). The
 * folder decides: the environment's variables pass only when they name the repository that the folder is in, or
 * when the folder is in none.
 * @throws PromptSyncError `NOT_A_REPOSITORY`, `FILE_NOT_FOUND`, `GIT_TOO_OLD`, `GIT_FAILED` (safe.directory)
 */
export async function openRepository(directory: string, world: World): Promise<Repository> {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PromptSyncError("FILE_NOT_FOUND", `folder \`${directory}\` does not exist`, {
      hint: "check the path after `-C`",
    });
  }
  const git = createGit(realpathSync(directory), world.environment, world);
  if (!namesRepository(world.environment)) return describe(git, await askWhere(git));

  const there = git.in(world.cwd);
  const fresh = git.in(git.directory, { fresh: true });
  const [named, found] = await Promise.all([askWhere(there).catch(nowhere), askWhere(fresh).catch(nowhere)]);
  if (named && !found) return describe(pinned(there, named), named);
  if (!named || named.gitDirectory !== found?.gitDirectory)
    return describe(fresh, found ?? (await askWhere(fresh)));
  return describe(pinned(git, named), { ...found, indexFile: named.indexFile });
}

/** The same git with the names that hooks get relative to their folder made absolute. */
function pinned(git: Git, { gitDirectory, indexFile }: Where): Git {
  const { environment } = git;
  return createGit(git.directory, {
    ...environment,
    ...(environment.GIT_DIR === undefined ? {} : { GIT_DIR: gitDirectory }),
    ...(environment.GIT_INDEX_FILE === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
  });
}

function nowhere(error: unknown): null {
  if (isPromptSyncError(error)) return null;
  throw error;
}

async function describe(git: Git, { up, ...where }: Where): Promise<Repository> {
  const top = up === null ? null : resolve(git.directory, up);
  const here = git.in(top ?? where.gitDirectory);
  let partial: boolean | undefined;
  const objects = createObjects(here, () => (partial ??= isPartialClone(where.commonDirectory)));
  return {
    ...where,
    git: here,
    objects,
    top,
    head: where.head ?? (await unbornHead(here)),
    close: () => {
      objects.close();
    },
  };
}

async function unbornHead(git: Git): Promise<Head> {
  return { commit: null, branch: (await git.run(["symbolic-ref", "HEAD"])).stdout.toString().trim() };
}
