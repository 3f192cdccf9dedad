import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { resolveRevision } from "../git/revision.js";
import { settingsAt } from "../workspace/settings.js";
import { baseOfEvent } from "./github-event.js";

/** What a tree is compared with: versions that stand at `sha` must not change. */
export interface Base {
  /** How people call it: `origin/main`, `HEAD^1`. */
  readonly ref: string;
  /** Full id of the commit that immutability is judged against; null where history begins: nothing is merged yet. */
  readonly sha: string | null;
  /** Full id of the base's newest commit: the same number may have been taken there meanwhile. */
  readonly tip: string | null;
  /** Full id of HEAD on the base itself: its versions are merged too, so uncommitted edits are judged against it. */
  readonly head?: string;
  /** How it was found, for every output: `--base`, `.promptsyncrc`, `GitHub pull_request`, `merge-base`, … */
  readonly how: string;
}

/** Where the base is looked for. */
export interface BaseSearch {
  /** The value of `--base`. */
  readonly asked?: string | undefined;
  /** The branch of the settings file, when it names one. */
  readonly configured?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether the index is judged: on the base itself HEAD is then the commit before. */
  readonly isNextCommit?: boolean;
}

/** The branches that are tried when nobody names one, first that exists. */
const usual = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/**
 * Finds what the working tree is compared with, first that applies: what was asked for, the settings, the event of
 * GitHub Actions, the usual branches. On the base branch itself it is the commit before HEAD.
 * @throws PromptSyncError `REVISION_NOT_FOUND` for a base that was asked for and does not exist, `BASE_NOT_FOUND` with
 * the one command that brings it
 */
export async function findBase(repository: Repository, search: BaseSearch): Promise<Base> {
  const { head } = repository;
  const { isNextCommit = false } = search;
  if (head.commit === null) return { ref: "the beginning", sha: null, tip: null, how: "no commit yet" };
  if (search.asked !== undefined)
    return forkFrom(repository, head.commit, { ref: search.asked, how: "--base", isNextCommit });
  if (
    search.configured !== undefined &&
    (await isAgreed(repository, search.configured, search.environment))
  ) {
    const ref = await published(repository, search.configured);
    return forkFrom(repository, head.commit, { ref, how: ".promptsyncrc", isNextCommit });
  }
  const event = await baseOfEvent(repository, search.environment);
  if (event?.exact === true) return { ref: event.ref, sha: event.sha, tip: event.sha, how: event.how };
  if (event !== undefined)
    return forkFrom(repository, head.commit, { ref: event.sha, how: event.how, isNextCommit });
  const found = await repository.objects.info(usual.map((ref) => `${ref}^{commit}`));
  const ref = usual.find((_, index) => found[index] !== null);
  if (ref !== undefined)
    return forkFrom(repository, head.commit, { ref: shortName(ref), how: "merge-base", isNextCommit });
  if (await isOnlyBranch(repository))
    return beforeHead(repository, head.commit, { ref: "HEAD", how: "only branch", isNextCommit });
  throw new PromptSyncError(
    "BASE_NOT_FOUND",
    "there is no base to compare with: no origin/HEAD, origin/main, origin/master or main",
    {
      hint: fetchCommand("main"),
    },
  );
}

/**
 * Whether the base that the settings name may be believed: where an event names a base, when the settings of that base
 * name it too. Nobody chooses what his change is compared with.
 */
async function isAgreed(
  repository: Repository,
  configured: string,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const event = await baseOfEvent(repository, environment);
  if (event === undefined) return true;
  const agreed = await settingsAt(repository, { commit: event.sha, file: undefined });
  return agreed?.hasBase === true && agreed.base === configured;
}

interface Named {
  readonly ref: string;
  readonly how: string;
  readonly isNextCommit: boolean;
}

/** The commit at which HEAD left the base; on the base itself the commit before HEAD. */
async function forkFrom(repository: Repository, head: string, named: Named): Promise<Base> {
  const { ref, how } = named;
  const tip = await resolveRevision(repository, ref);
  if (tip === head) return beforeHead(repository, head, named);
  if (await isRightBefore(repository, tip, head)) return { ref, sha: tip, tip, how };
  const { code, stdout } = await repository.git.run(["merge-base", tip, head], { accept: [0, 1] });
  const sha = stdout.toString().trim();
  if (code !== 0 || sha === "") throw unrelated(repository, ref);
  return { ref, sha, tip, how };
}

/** How far below HEAD a base is looked for before git is asked where two branches part. */
const near = 10;

/** Whether HEAD is the base and a few commits more, as in most changes; the process that is open can say so. */
async function isRightBefore({ objects }: Repository, tip: string, head: string): Promise<boolean> {
  const line = await objects.info(Array.from({ length: near }, (_, index) => `${head}~${index + 1}`));
  return line.some((commit) => commit?.id === tip);
}

async function beforeHead(
  repository: Repository,
  head: string,
  { ref, how, isNextCommit }: Named,
): Promise<Base> {
  if (isNextCommit) return { ref, sha: head, tip: head, how: `${how}, on the base itself` };
  const [parent] = await repository.objects.info([`${head}^1`]);
  if (parent !== null && parent !== undefined)
    return { ref: `${ref}~1`, sha: parent.id, tip: parent.id, head, how: `${how}, on the base itself` };
  if (repository.shallow) throw unrelated(repository, ref);
  return { ref: "the beginning", sha: null, tip: null, head, how: `${how}, first commit` };
}

/**
 * A branch as the remote has it when it is there: what is merged is what was published.
 * @throws PromptSyncError `BASE_NOT_FOUND`
 */
async function published(repository: Repository, branch: string): Promise<string> {
  const remote = `origin/${branch}`;
  const [found, local] = await repository.objects.info([
    `refs/remotes/${remote}^{commit}`,
    `${branch}^{commit}`,
  ]);
  if (found) return remote;
  if (local) return branch;
  throw new PromptSyncError("BASE_NOT_FOUND", `the base \`${branch}\` of the settings is not in this clone`, {
    hint: fetchCommand(branch),
  });
}

/** Fetches one branch, also in a clone that was told to fetch another one only. */
function fetchCommand(branch: string): string {
  return `git fetch origin ${branch}:refs/remotes/origin/${branch}`;
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(remotes|heads)\//, "");
}

/** In a repository with one branch and no remote, that branch is the base. */
async function isOnlyBranch({ git, head }: Repository): Promise<boolean> {
  if (head.branch === null) return false;
  const { stdout } = await git.run(["for-each-ref", "--format=%(refname)", "refs/heads/", "refs/remotes/"]);
  return stdout.toString().trim() === head.branch;
}

function unrelated({ shallow }: Repository, ref: string): PromptSyncError {
  return new PromptSyncError("BASE_NOT_FOUND", `HEAD and \`${ref}\` have no commit in common here`, {
    hint: shallow ? "git fetch --unshallow origin" : "name another base: `--base <ref>`",
  });
}
