import type { Repository } from "./repository.js";

/**
 * The paths below a folder that differ from HEAD, new ones included, relative to the repository root; none in a bare
 * repository. One git process.
 */
export async function uncommittedPaths({ git, top }: Repository, folder: string): Promise<readonly string[]> {
  if (top === null) return [];
  const args = [
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--ignore-submodules=none",
  ];
  const { stdout } = await git.run([...args, "--", folder]);
  return stdout
    .toString()
    .split("\0")
    .slice(0, -1)
    .map((record) => record.slice("XY ".length));
}
