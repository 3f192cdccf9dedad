import { stat } from "node:fs/promises";
import { isPromptSyncError } from "../../core/errors.js";
import { forgetRepository } from "../git/environment.js";
import { openRepository, type Repository } from "../git/repository.js";
import { within } from "./deadline.js";
import { asSourceError } from "./source-errors.js";

/** A repository that stays open from one use to the next. */
export interface KeptRepository {
  /**
   * Works with the repository, opening it where that is needed.
   * @throws PromptSyncError `SOURCE_UNREACHABLE`, `SOURCE_INVALID`, and what the work throws beside them
   */
  readonly use: <T>(signal: AbortSignal, work: (repository: Repository) => Promise<T>) => Promise<T>;
  /** Ends its processes; the next use starts new ones. */
  readonly close: () => void;
}

interface Opened {
  readonly repository: Promise<Repository>;
  /** Kills every git that still runs. */
  readonly stop: AbortController;
  /** Changes when another repository takes the place. */
  readonly identity: Promise<string>;
}

/** Keeps a repository open. One that was replaced is opened anew; a git that hangs is killed with its deadline. */
export function keepRepository(place: {
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly label: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
}): KeptRepository {
  const { label, timeoutMs } = place;
  let opened: Opened | undefined;

  const current = async (): Promise<Repository> => {
    const last = opened;
    if (last !== undefined) {
      const repository = await last.repository;
      if ((await last.identity) === (await identityOf(repository))) return repository;
      last.stop.abort();
      if (opened !== undefined && opened !== last) return opened.repository; // somebody saw it first
    }
    const fresh = open(place);
    opened = fresh;
    fresh.repository.catch(() => {
      if (opened === fresh) opened = undefined;
    });
    return fresh.repository;
  };
  const attempt = async <T>(work: (repository: Repository) => Promise<T>): Promise<T> => {
    const wasWarm = opened !== undefined;
    try {
      return await work(await current());
    } catch (error) {
      // A warm reader may have been killed since it was used last; the next question starts another one.
      if (wasWarm && isPromptSyncError(error) && error.code === "GIT_FAILED") return work(await current());
      throw error;
    }
  };

  return {
    use: async (signal, work) => {
      try {
        return await within({ label, signal, timeoutMs }, async (own) => {
          own.addEventListener("abort", () => {
            opened?.stop.abort();
            opened = undefined;
          });
          return attempt(work);
        });
      } catch (error) {
        throw asSourceError(error, label);
      }
    },
    close: () => {
      opened?.repository.then((repository) => {
        repository.close();
      }, ignore);
      opened = undefined;
    },
  };
}

function open({ directory, environment }: Parameters<typeof keepRepository>[0]): Opened {
  const stop = new AbortController();
  const world = { environment: forgetRepository(environment), cwd: directory, stop: stop.signal };
  const repository = openRepository(directory, world);
  const identity = repository.then(identityOf);
  identity.catch(ignore); // who uses the repository learns what is wrong with it
  return { repository, identity, stop };
}

/**
 * Which directory git works in, by what the file system calls it and when it was made: a new one may get the number of
 * the one that was deleted. Empty when it is gone.
 */
async function identityOf({ gitDirectory }: Repository): Promise<string> {
  const found = await stat(gitDirectory).catch(ignore);
  return found === undefined ? "" : [found.dev, found.ino, found.birthtimeMs].join("-");
}

const ignore = (): undefined => undefined;
