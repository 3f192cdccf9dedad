import { resolve } from "node:path";
import type { Config } from "../core/config.js";
import { openRepository, type Repository } from "./git/repository.js";
import { openFiles, type Files } from "./workspace/files.js";
import { openPast, type Past } from "./workspace/past.js";
import { openPictures, type Pictures } from "./workspace/pictures.js";
import { readSettings, settingsAt } from "./workspace/settings.js";
import { openWriting, type Writing } from "./workspace/writing.js";

/** How a workspace is opened. */
export interface WorkspaceOptions {
  /** The folder the user stands in, absolute. */
  readonly directory: string;
  /** The settings file to read instead of the repository's, absolute. */
  readonly config: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** The version of the tool: what one version keeps in the git directory may not hold for another. */
  readonly tool: string;
  /** The folder of the process, to which the environment's `GIT_*` variables belong; `directory` when left out. */
  readonly cwd?: string;
  /** Says that this thread may wait for git where nothing else can be done meanwhile; see `openRepository`. */
  readonly mayBlock?: boolean;
}

/** A repository with its settings: everything that operations read and write goes through it. */
export interface Workspace extends Pictures, Past, Files, Writing {
  readonly repository: Repository;
  readonly config: Config;
  /** The settings as a commit has them; see `settingsAt`. */
  readonly settingsAt: (commit: string) => Promise<Config | undefined>;
  /** The repository root, absolute; the git directory in a bare repository. */
  readonly root: string;
  readonly directory: string;
  readonly close: () => void;
}

/**
 * Opens the repository that a folder is in.
 * @throws PromptSyncError `NOT_A_REPOSITORY`, `CONFIG_INVALID`, `FILE_NOT_FOUND`
 */
export async function openWorkspace({
  directory,
  config: file,
  environment,
  tool,
  cwd = directory,
  mayBlock = false,
}: WorkspaceOptions): Promise<Workspace> {
  const repository = await openRepository(directory, { environment, cwd, mayBlock });
  const root = repository.top ?? repository.gitDirectory;
  const config = await readSettings(repository, root, file);
  const past = openPast(repository, config, { usage: resolve(root, config.usage), tool });
  return {
    repository,
    config,
    settingsAt: (commit) => settingsAt(repository, { commit, file }),
    root,
    directory,
    ...openPictures(repository, config, { environment, timeline: past.timeline, tool }),
    ...past,
    ...openFiles(repository, { root, directory, drafts: config.drafts }),
    ...openWriting(repository, config, tool),
    close: () => {
      repository.close();
    },
  };
}
