import type { Repository } from "./repository.js";
import { readGitSettings } from "./settings.js";

/** A commit and what git says of its signature. */
export interface SignedCommit {
  readonly commit: string;
  /** Git's `%G?`: G good, U good by somebody unknown, N none, B bad, X Y R expired or revoked, E cannot be checked. */
  readonly status: string;
}

/** The signatures of the commits since another one that touched a folder, newest first. One git process. */
export async function readSignatures(
  { git, head }: Repository,
  { since, folder }: { readonly since: string; readonly folder: string },
): Promise<SignedCommit[]> {
  if (head.commit === null) return [];
  const { stdout } = await git.run([
    "log",
    "--no-show-signature", // log.showSignature
    "--no-color",
    "--format=%H %G?",
    `${since}..${head.commit}`,
    "--",
    folder,
  ]);
  const lines = stdout
    .toString()
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => ({ commit: line.slice(0, -2), status: line.slice(-1) }));
}

/** Git's `%G?` of some commits, by id. One git process; none when there is nothing to ask. */
export async function readSignaturesOf(
  { git }: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (commits.length === 0) return new Map();
  const args = [
    "log",
    "--no-walk=unsorted",
    "--stdin",
    "--no-show-signature",
    "--no-color",
    "--format=%H %G?",
  ];
  const { stdout } = await git.run(args, { input: commits.map((commit) => `${commit}\n`).join("") });
  const lines = stdout.toString().trimEnd().split("\n");
  return new Map(lines.map((line) => [line.slice(0, -2), line.slice(-1)]));
}

/** Whether the next commit is going to be signed. One git process. */
export async function signsCommits({ git }: Repository): Promise<boolean> {
  return (await readGitSettings(git)).isTrue("commit.gpgsign");
}
