import { PromptSyncError } from "../../core/errors.js";
import { redact } from "../../core/redact.js";
import type { Talk } from "./network.js";
import type { Repository } from "./repository.js";
import { readGitSettings, type Settings } from "./settings.js";

/** A branch of a remote. */
export interface RemoteBranch {
  readonly remote: string;
  /** Full name there, such as `refs/heads/main`. */
  readonly ref: string;
  /** How people call it: `origin/main`. */
  readonly label: string;
}

/**
 * The remote branch that the current branch is published to: the one it follows there, else the one of its name.
 * @throws PromptSyncError `USAGE` when HEAD is detached or there is no such remote
 */
export async function publishTarget(repository: Repository, remote: string): Promise<RemoteBranch> {
  const { branch } = repository.head;
  if (branch === null) {
    throw new PromptSyncError("USAGE", "HEAD is detached: there is no branch to publish", {
      hint: "`git switch <branch>` first, or leave `--remote` out",
    });
  }
  const settings = await readGitSettings(repository.git);
  refuseUnknownRemote(settings, remote);
  const name = branch.replace(/^refs\/heads\//, "");
  const follows = settings.get(`branch.${name}.remote`) === remote;
  const ref = (follows ? settings.get(`branch.${name}.merge`) : undefined) ?? branch;
  return { remote, ref, label: `${remote}/${ref.replace(/^refs\/heads\//, "")}` };
}

/**
 * Refuses what is no remote of the clone: the settings come with the branch, and a URL in them is nobody's choice.
 * @throws PromptSyncError `USAGE`
 */
export function refuseUnknownRemote(settings: Settings, remote: string): void {
  if (!remote.startsWith("-") && settings.get(`remote.${remote}.url`) !== undefined) return;
  throw new PromptSyncError("USAGE", `there is no remote \`${remote}\``, {
    hint: `\`git remote add ${remote.startsWith("-") ? "origin" : remote} <url>\`, or set \`remote\` in .promptsyncrc`,
  });
}

/** How a push ended. */
export type PushResult =
  | { readonly kind: "pushed" }
  /** The remote answered and did not take it; `words` are its own, passwords taken out. */
  | { readonly kind: "rejected"; readonly words: string }
  /** No answer, so nobody knows whether the remote took it. */
  | { readonly kind: "unknown"; readonly words: string };

/** Pushes one commit by its id: whatever else happens to the local branch meanwhile stays here. */
export async function push(talk: Talk, target: RemoteBranch, commit: string): Promise<PushResult> {
  const { code, stdout, stderr } = await talk([
    ...["push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no"],
    ...["--", target.remote, `${commit}:${target.ref}`],
  ]);
  // One line a ref: a flag, the refs, a summary. `!` is a rejection, whatever language the rest is in.
  const flag = /^([ +\-*=!])\t\S+:\S+\t(.*)$/m.exec(stdout);
  const words = redact([flag?.[2], stderr.trim()].filter(Boolean).join("\n"));
  if (code === 0) return { kind: "pushed" };
  return flag?.[1] === "!" ? { kind: "rejected", words } : { kind: "unknown", words };
}

/** The commit that a remote's branch names now; null for no such branch, undefined when the remote cannot be reached. */
export async function lookAt(talk: Talk, { remote, ref }: RemoteBranch): Promise<string | null | undefined> {
  const { code, stdout } = await talk(["ls-remote", "--", remote, ref]);
  if (code !== 0) return undefined;
  const line = stdout.split("\n").find((entry) => entry.endsWith(`\t${ref}`));
  return line?.split("\t")[0] ?? null;
}

/**
 * Fetches a remote's branch and returns its commit; null for no such branch, undefined when the remote cannot be
 * reached.
 */
export async function fetchBranch(
  repository: Repository,
  talk: Talk,
  target: RemoteBranch,
): Promise<string | null | undefined> {
  const { remote, ref } = target;
  const tracking = `refs/remotes/${remote}/${ref.replace(/^refs\/heads\//, "")}`;
  const { code } = await talk([
    ...["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"],
    ...["--", remote, `+${ref}:${tracking}`],
  ]);
  if (code !== 0) return lookAt(talk, target);
  const [commit] = await repository.objects.info([`${tracking}^{commit}`]);
  return commit?.id ?? null;
}
