import { readFileSync } from "node:fs";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { readCommit } from "../git/revision.js";

/** The base that GitHub Actions names; `exact` when it is to be taken as it is, without a merge-base. */
export interface EventBase {
  readonly ref: string;
  readonly sha: string;
  readonly how: string;
  readonly exact: boolean;
}

interface Payload {
  readonly before?: string;
  readonly pull_request?: {
    readonly head?: { readonly sha?: string };
    readonly base?: { readonly sha?: string };
  };
  readonly merge_group?: { readonly base_sha?: string };
  readonly repository?: { readonly default_branch?: string };
}

/**
 * The base of the event that started the workflow; undefined outside GitHub Actions and for other events.
 *
 * A pull request is checked out as the merge of its head into the base, so the first parent is what it is merged into:
 * two commits of history are enough.
 * @throws PromptSyncError `BASE_NOT_FOUND`
 * @see https://docs.github.com/en/actions/reference/events-that-trigger-workflows#pull_request
 */
export async function baseOfEvent(
  repository: Repository,
  environment: NodeJS.ProcessEnv,
): Promise<EventBase | undefined> {
  const { GITHUB_EVENT_NAME: name = "", GITHUB_EVENT_PATH: path } = environment;
  const payload = path === undefined ? undefined : readPayload(path);
  const { head } = repository;
  if (payload === undefined || head.commit === null) return undefined;
  const how = `GitHub ${name}`;
  if (name === "pull_request" || name === "pull_request_target") {
    const { parents } = await readCommit(repository, head.commit);
    const [first, second] = parents;
    if (first !== undefined && second !== undefined && second === payload.pull_request?.head?.sha) {
      await refuseMissing(repository, first, environment);
      return { ref: "HEAD^1", sha: first, how, exact: true };
    }
    return known(repository, { ref: "the pull request's base", sha: payload.pull_request?.base?.sha, how });
  }
  if (name === "merge_group")
    return known(repository, { ref: "the merge group's base", sha: payload.merge_group?.base_sha, how });
  if (name !== "push") return undefined;
  const isNew = payload.before === undefined || /^0+$/.test(payload.before);
  if (!isNew) return known(repository, { ref: "before the push", sha: payload.before, how });
  const branch = payload.repository?.default_branch;
  if (branch === undefined) return undefined;
  const [found] = await repository.objects.info([`refs/remotes/origin/${branch}^{commit}`]);
  return found
    ? { ref: `origin/${branch}`, sha: found.id, how: `${how}, new branch`, exact: false }
    : undefined;
}

/**
 * A checkout of one commit has the ids of its parents and not the parents.
 * @throws PromptSyncError `BASE_NOT_FOUND`
 */
async function refuseMissing(
  repository: Repository,
  parent: string,
  { GITHUB_REF: ref = "HEAD" }: NodeJS.ProcessEnv,
): Promise<void> {
  const [found] = await repository.objects.info([`${parent}^{commit}`]);
  if (found) return;
  throw new PromptSyncError(
    "BASE_NOT_FOUND",
    "this checkout holds the merge commit and not what it merges into",
    {
      hint: `git fetch --deepen=1 origin ${ref}`,
    },
  );
}

async function known(
  repository: Repository,
  { ref, sha, how }: { readonly ref: string; readonly sha: string | undefined; readonly how: string },
): Promise<EventBase | undefined> {
  if (sha === undefined || !/^[0-9a-f]{40,64}$/.test(sha)) return undefined;
  const [found] = await repository.objects.info([`${sha}^{commit}`]);
  return found ? { ref, sha: found.id, how, exact: false } : undefined;
}

function readPayload(path: string): Payload | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Payload;
  } catch {
    return undefined; // no event file: the usual branches are tried
  }
}
