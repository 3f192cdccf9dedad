import type { Repository } from "./repository.js";

/**
 * For each commit behind a tip the commit of its first-parent line that brought it to the branch: itself, or the
 * merge. One git process.
 */
export async function readBroughtBy({ git }: Repository, tip: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await git.run(["rev-list", "--parents", tip, "--"]);
  const parents = new Map<string, readonly string[]>();
  for (const line of stdout.toString().trimEnd().split("\n")) {
    const [commit = "", ...above] = line.split(" ");
    parents.set(commit, above);
  }
  const line: string[] = [];
  for (let at: string | undefined = tip; at !== undefined; at = parents.get(at)?.[0]) line.push(at);
  const brought = new Map(line.map((commit) => [commit, commit]));
  for (const commit of line.reverse()) {
    const open = [...(parents.get(commit) ?? []).slice(1)];
    for (let side = open.pop(); side !== undefined; side = open.pop()) {
      if (brought.has(side)) continue;
      brought.set(side, commit);
      open.push(...(parents.get(side) ?? []));
    }
  }
  return brought;
}
