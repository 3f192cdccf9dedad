import type { Repository } from "../git/repository.js";

/** With more, git takes minutes to look for each of them in each file: it then looks for anything that is pinned. */
const fewPatterns = 20;

function patternsOf(ids: readonly string[]): readonly string[] {
  if (ids.length > fewPatterns) return ["-E", "-e", `["'][a-z0-9][a-z0-9._-]*@[0-9]+[.][^"']*["']`];
  return ["-F", ...ids.flatMap((id) => ["-e", `"${id}"`, "-e", `'${id}'`])];
}

/** The version files of a commit that include one of some versions, by its `name@version`. One git process. */
export async function readUsers(
  { git }: Repository,
  {
    commit,
    folder,
    ids,
  }: { readonly commit: string | null; readonly folder: string; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, string[]>();
  if (ids.length === 0 || commit === null) return users;
  const args = ["grep", "-z", "-o", "-I", "--full-name", ...patternsOf(ids), commit, "--", folder];
  const wanted = new Set(ids);
  const { stdout } = await git.run(args, { accept: [0, 1] });
  for (const line of stdout.toString().split("\n").slice(0, -1)) {
    const [path = "", found = ""] = line.slice(commit.length + 1).split("\0");
    const id = found.slice(1, -1);
    if (!wanted.has(id)) continue;
    const known = users.get(id) ?? [];
    if (!known.includes(path)) users.set(id, [...known, path]);
  }
  return users;
}
