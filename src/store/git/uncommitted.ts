import type { Repository } from "./repository.js";

/**
 * The paths below a folder that differ from HEAD, new ones included, relative to the repository root; none in a bare
 * repository. Files that git ignores are left out unless they are asked for. One git process.
 */
export async function uncommittedPaths(
  { git, top }: Repository,
  folder: string,
  { ignored = false }: { readonly ignored?: boolean } = {},
): Promise<readonly string[]> {
  if (top === null) return [];
  const args = [
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--ignore-submodules=none",
    ...(ignored ? ["--ignored"] : []),
  ];
  const { stdout } = await git.run([...args, "--", folder]);
  return stdout
    .toString()
    .split("\0")
    .slice(0, -1)
    .map((record) => record.slice("XY ".length));
}
