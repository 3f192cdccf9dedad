import type { Repository } from "../git/repository.js";

/** How a file differs from the base; blob ids are null where there is no file or git has not stored it. */
export interface BaseChange {
  readonly status: "added" | "modified" | "deleted" | "retyped";
  /** Relative to the repository root. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Which tree is compared with the base. */
export type Side = "worktree" | "index";

/**
 * The files below a folder that differ from a commit, by blob id and never by raw bytes: line ends that git made at
 * checkout are no difference. Renames are a deletion and an addition. Two git processes, one for the index.
 */
export async function readBaseChanges(
  { git }: Repository,
  { base, folder, side }: { readonly base: string; readonly folder: string; readonly side: Side },
): Promise<BaseChange[]> {
  const [differing, untracked] = await Promise.all([
    git.run([
      "diff",
      ...(side === "index" ? ["--cached"] : []),
      "--raw",
      "-z",
      "--no-renames",
      "--no-abbrev",
      "--no-ext-diff",
      "--ignore-submodules=none",
      base,
      "--",
      folder,
    ]),
    side === "index" ? undefined : git.run(["ls-files", "--others", "-z", "--full-name", "--", folder]),
  ]);
  const changes = parseRaw(differing.stdout.toString().split("\0"));
  for (const path of untracked?.stdout.toString().split("\0").slice(0, -1) ?? []) {
    changes.push({ status: "added", path, before: null, after: null });
  }
  return changes;
}

/** The files below a folder that differ between two commits. One git process. */
export async function readCommitChanges(
  { git }: Repository,
  { from, to, folder }: { readonly from: string; readonly to: string; readonly folder: string },
): Promise<BaseChange[]> {
  const args = ["diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", from, to, "--", folder];
  return parseRaw((await git.run(args)).stdout.toString().split("\0"));
}

const statuses: Readonly<Record<string, BaseChange["status"]>> = { A: "added", D: "deleted", T: "retyped" };

function parseRaw(fields: readonly string[]): BaseChange[] {
  const changes: BaseChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, , before = "", after = "", status = ""] = (fields[at] ?? "").split(" ");
    const blob = (id: string): string | null => (/^0+$/.test(id) ? null : id);
    changes.push({
      status: statuses[status] ?? "modified",
      path: fields[at + 1] ?? "",
      before: blob(before),
      after: blob(after),
    });
  }
  return changes;
}
