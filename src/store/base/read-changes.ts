import type { ListedFile } from "../../core/listing.js";
import type { Repository } from "../git/repository.js";

/** How a file differs from the base; blob ids are null where there is no file or git has not stored it. */
export interface BaseChange {
  readonly status: "added" | "modified" | "deleted" | "retyped";
  /** Relative to the repository root. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** What stands there now; left out where git was not asked. */
  readonly mode?: ListedFile["mode"];
  /** Set while a merge has left the path open. */
  readonly isUnmerged?: true;
}

/** Which tree is compared with the base: the working tree, the index, or HEAD. */
export type Side = "worktree" | "index" | "commit";

const raw = ["--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none"];

/**
 * The files below a folder that differ from a commit, by blob id and never by raw bytes: line ends that git made at
 * checkout are no difference. Renames are a deletion and an addition. One git process, two for the working tree.
 */
export async function readBaseChanges(
  { git, head }: Repository,
  { base, folder, side }: { readonly base: string; readonly folder: string; readonly side: Side },
): Promise<BaseChange[]> {
  if (side === "commit" && (head.commit === null || head.commit === base)) return [];
  const trees = side === "commit" && head.commit !== null ? [base, head.commit] : [base];
  const [differing, untracked] = await Promise.all([
    git.run(["diff", ...(side === "index" ? ["--cached"] : []), ...raw, ...trees, "--", folder]),
    side === "worktree" ? git.run(["ls-files", "--others", "-z", "--full-name", "--", folder]) : undefined,
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
  // Not `diff-tree`, which reads the whole index first.
  return parseRaw((await git.run(["diff", ...raw, from, to, "--", folder])).stdout.toString().split("\0"));
}

const modes: Readonly<Record<string, ListedFile["mode"]>> = {
  "100755": "executable",
  "120000": "link",
  "160000": "module",
};

const statuses: Readonly<Record<string, BaseChange["status"]>> = { A: "added", D: "deleted", T: "retyped" };

function parseRaw(fields: readonly string[]): BaseChange[] {
  const changes: BaseChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = "", before = "", after = "", status = ""] = (fields[at] ?? "").split(" ");
    const blob = (id: string): string | null => (/^0+$/.test(id) ? null : id);
    changes.push({
      status: statuses[status] ?? "modified",
      path: fields[at + 1] ?? "",
      before: blob(before),
      after: blob(after),
      mode: modes[mode] ?? "file",
      ...(status === "U" ? { isUnmerged: true } : {}),
    });
  }
  return changes;
}
