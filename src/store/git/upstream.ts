import type { Repository } from "./repository.js";

/** The remote branch that the current branch follows, as it was last fetched. */
export interface Upstream {
  /** Such as `origin/main`. */
  readonly branch: string;
  readonly ahead: number;
  readonly behind: number;
}

/** How far the current branch is from its remote branch; null when it follows none. One git process. */
export async function readUpstream({ git, head }: Repository): Promise<Upstream | null> {
  if (head.branch === null) return null;
  const format = "%(upstream:short)%00%(upstream:track,nobracket)";
  const { stdout } = await git.run(["for-each-ref", `--format=${format}`, head.branch]);
  const [branch = "", track = ""] = stdout.toString().trim().split("\0");
  if (branch === "" || track === "gone") return null;
  const count = (word: string): number => Number(new RegExp(`${word} (\\d+)`).exec(track)?.[1] ?? 0);
  return { branch, ahead: count("ahead"), behind: count("behind") };
}
