import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { cutOff } from "../git/cut-off.js";
import { openNetwork, type Talk } from "../git/network.js";
import { refuseUnknownRemote } from "../git/remote.js";
import type { Repository } from "../git/repository.js";
import { readCommit } from "../git/revision.js";
import { readGitSettings } from "../git/settings.js";
import { findBase, type Base, type BaseSearch } from "./find-base.js";

/** Commits that one fetch deepens a shallow clone by, and how often it is done. */
const [step, rounds] = [50, 20];

/** What is fetched, and who hears of it. */
export interface FetchRequest extends BaseSearch {
  readonly remote: string;
  /** Gets a line for each fetch. */
  readonly note: (line: string) => void;
}

/**
 * Brings what is missing to compare with the base: the branch, by its full name, and in a shallow clone as much history
 * as the merge-base needs, 50 commits at a time and 1,000 at most. A full clone is never made shallow.
 * @throws PromptSyncError `GIT_FAILED` when the remote does not give it, `USAGE` when there is no such remote
 */
export async function fetchBase(repository: Repository, request: FetchRequest): Promise<void> {
  const { remote, note } = request;
  const { commit } = repository.head;
  if (commit === null) return;
  refuseUnknownRemote(await readGitSettings(repository.git), remote);
  const talk = await openNetwork(repository, { silence: 20_000 });
  const branch = branchOf(await find(repository, request), request) ?? (await defaultBranch(talk, remote));
  const refspecs = branch === "" ? [] : [`+refs/heads/${branch}:refs/remotes/${remote}/${branch}`];
  if (branch !== "") {
    const [known] = await repository.objects.info([`refs/remotes/${remote}/${branch}^{commit}`]);
    // Where nothing of a branch is here, a depth cuts no history off.
    const depth = !known && isShallow(repository) ? [`--depth=${step}`] : [];
    await fetch(repository, talk, [...depth, "--", remote, ...refspecs]);
    note(`fetched ${remote}/${branch}`);
  }
  for (let round = 0; round < rounds && isShallow(repository); round++) {
    if (await isDecided(repository, await find(repository, request), commit)) return;
    const before = cutOff(repository).join();
    const deepen = [`--deepen=${step}`, "--", remote, ...refspecs];
    // The remote may not have HEAD: a commit that was made here.
    await fetch(repository, talk, [...deepen, commit]).catch(() => fetch(repository, talk, deepen));
    if (cutOff(repository).join() === before) return;
    note(`deepened the clone by ${step} commits`);
  }
}

async function find(repository: Repository, request: BaseSearch): Promise<Base | undefined> {
  try {
    return await findBase(repository, request);
  } catch (error) {
    if (isPromptSyncError(error) && ["BASE_NOT_FOUND", "REVISION_NOT_FOUND"].includes(error.code))
      return undefined;
    throw error;
  }
}

/** The remote's branch that is meant; empty for a commit, undefined when nobody names one. */
function branchOf(found: Base | undefined, { asked, configured, remote }: FetchRequest): string | undefined {
  const name = asked ?? configured ?? (found?.sha === null ? undefined : found?.ref);
  const branch = name?.replace(/~1$/, "").replace(/^refs\/(heads|remotes)\//, "");
  if (branch === undefined) return undefined;
  const isBranch = /^\w[\w./-]*$/.test(branch) && !/\.\.|\/\/|\.lock$|^HEAD$|^[0-9a-f]{40,64}$/.test(branch);
  if (!isBranch) return "";
  return branch.startsWith(`${remote}/`) ? branch.slice(remote.length + 1) : branch;
}

async function defaultBranch(talk: Talk, remote: string): Promise<string> {
  const { stdout } = await talk(["ls-remote", "--symref", "--", remote, "HEAD"]);
  return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(stdout)?.[1] ?? "main";
}

async function fetch(repository: Repository, talk: Talk, words: readonly string[]): Promise<void> {
  const options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
  const { code, stderr } = await talk(["fetch", ...options, ...words]);
  // Git remembers where history is cut off for as long as it runs.
  repository.objects.close();
  if (code === 0) return;
  throw new PromptSyncError("GIT_FAILED", `\`git fetch ${words.join(" ")}\` brought nothing`, {
    hint: stderr.trim() || "the remote did not answer in time: run the same command by hand",
  });
}

/** Whether no history is missing that could hold another merge-base. */
async function isDecided(repository: Repository, base: Base | undefined, head: string): Promise<boolean> {
  if (base === undefined) return false;
  if (base.sha === null || base.tip === null) return true;
  const { parents } = await readCommit(repository, head);
  if (parents.includes(base.sha)) return true;
  const { stdout } = await repository.git.run(["rev-list", `${base.tip}...${head}`, "--"]);
  const between = new Set(stdout.toString().split("\n"));
  return !cutOff(repository).some((id) => between.has(id));
}

function isShallow(repository: Repository): boolean {
  return cutOff(repository).length > 0;
}
