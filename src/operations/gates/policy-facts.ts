import { entryOf } from "../../core/state/state.js";
import type { Policy } from "../../gates/gate.js";
import type { PolicyFacts } from "../../gates/judge-policy.js";
import type { GatedMove } from "../../gates/verdict.js";
import { readHistory } from "../../store/git/history.js";
import { readSignatures, signsCommits } from "../../store/git/signatures.js";
import { readDatedStates } from "../../store/read-past-states.js";
import type { Workspace } from "../../store/workspace.js";

/** Where the facts of a policy are looked for. */
export interface PolicySource {
  /** Full id of the commit whose history says how long something was served; null on an unborn branch. */
  readonly soakFrom: string | null;
  /** Full id of the commit since which all commits must be signed; undefined: the next commit is what counts. */
  readonly signedSince?: string | undefined;
  /** The version's file, relative to the repository root. */
  readonly path: string;
  readonly now: Date;
}

/** Finds out what a policy asks about; reads nothing for what it does not ask. */
export async function policyFacts(
  workspace: Workspace,
  { policy, move }: { readonly policy: Policy; readonly move: GatedMove },
  source: PolicySource,
): Promise<PolicyFacts> {
  const { repository, config } = workspace;
  const approved = repository.git.environment.PROMPTSYNC_APPROVALS ?? "";
  return {
    commits: policy.approvals === 0 ? [] : await commitsOf(workspace, source.path),
    approvals: approved.split(","),
    unsigned: policy.requireSignedCommit
      ? await unsignedSince(workspace, source.signedSince, config.registry)
      : [],
    soaked: policy.minSoak === 0 ? 0 : await soakedFor(workspace, { policy, move }, source),
  };
}

/** The commits that brought a file, and the merges that brought them to the branch. Two git processes. */
async function commitsOf({ repository }: Workspace, path: string) {
  const [own, merged] = await Promise.all([
    readHistory(repository, { paths: [path] }),
    readHistory(repository, { paths: [path], firstParent: true }),
  ]);
  return [...own, ...merged];
}

const good = ["G", "U"];

async function unsignedSince(
  { repository }: Workspace,
  since: string | undefined,
  folder: string,
): Promise<string[]> {
  const commits = since === undefined ? [] : await readSignatures(repository, { since, folder });
  if (commits.length > 0) {
    return commits
      .filter(({ status }) => !good.includes(status))
      .map(({ commit, status }) => `commit ${commit.slice(0, 12)} is ${words[status] ?? "not signed"}`);
  }
  if (await signsCommits(repository)) return [];
  return ["the commit would not be signed: `git config commit.gpgsign true` signs all"];
}

const words: Readonly<Record<string, string>> = {
  B: "signed, and the signature is bad",
  E: "signed, and the key to check it is missing",
  X: "signed, and the signature has expired",
  Y: "signed with a key that has expired",
  R: "signed with a key that was revoked",
};

/** ms that the alias of the soak has served the version, all times together. */
async function soakedFor(
  { repository, config }: Workspace,
  { policy, move }: { readonly policy: Policy; readonly move: GatedMove },
  { soakFrom, now }: PolicySource,
): Promise<number> {
  if (soakFrom === null) return 0;
  let until = now.getTime();
  let total = 0;
  for await (const { state, since } of readDatedStates(repository, config.registry, soakFrom)) {
    const start = Date.parse(since);
    const arm = entryOf(entryOf(state.prompts, move.prompt)?.aliases, policy.soakAlias);
    if (arm?.serve === move.version) total += Math.max(0, until - start);
    until = Math.min(until, start); // a clock that was wrong adds nothing
    if (total >= policy.minSoak) break;
  }
  return total;
}
