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
  if (ids.length === 0 || commit === null) return new Map();
  const args = ["grep", "-z", "-o", "-I", "--full-name", ...patternsOf(ids), commit, "--", folder];
  const users = new Map(ids.map((id) => [id, new Set<string>()]));
  const { stdout } = await git.run(args, { accept: [0, 1] });
  for (const line of stdout.toString().split("\n").slice(0, -1)) {
    const [path = "", found = ""] = line.slice(commit.length + 1).split("\0");
    users.get(found.slice(1, -1))?.add(path);
  }
  return new Map([...users].flatMap(([id, paths]) => (paths.size === 0 ? [] : [[id, [...paths]] as const])));
}
