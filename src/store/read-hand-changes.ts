import type { AuditRecord } from "../core/plan.js";
import { readSides, type HistoryCommit, type MergedFile } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import type { HandChanges } from "./hand-changes.js";

/** What happened since each parent of a merge. */
type Told = readonly (readonly AuditRecord[])[];

/**
 * {@link HandChanges.read}, and of merges what they did by themselves: what is told when they are compared with each
 * parent. A conflict that one side won is none of it, a third value is. Mostly the files that no parent had so are enough
 * to know that there is nothing; a block that one side moved to another file is only known by all the files. At most one
 * git process.
 */
export async function readHandChanges(
  repository: Repository,
  registry: string,
  { changes, commits }: { readonly changes: HandChanges; readonly commits: readonly HistoryCommit[] },
): Promise<(commit: HistoryCommit) => readonly AuditRecord[]> {
  const merges = commits.flatMap((commit) =>
    commit.merged.length > 0 ? [{ commit: commit.commit, sides: sidesOf(commit) }] : [],
  );
  const find = await changes.read([...commits, ...merges.flatMap(({ sides }) => sides)]);
  const close = merges.filter(({ sides }) => mayHaveOwn(sides.map(find)));
  if (close.length === 0) return find;
  const ids = close.map(({ commit }) => commit);
  const all = await readSides(repository, ids, registry);
  const findAll = await changes.read(all);
  const own = new Map(
    ids.map((id) => [id, ownOf(all.filter(({ commit }) => commit === id).map(findAll))] as const),
  );
  return (commit) => own.get(commit.commit) ?? find(commit);
}

/** A merge once for each parent, with what lies between that parent and the merge, by the files that no parent had so. */
function sidesOf(merge: HistoryCommit): readonly HistoryCommit[] {
  const [file] = merge.merged;
  return (file?.before ?? []).map((_, parent) => ({
    ...merge,
    files: merge.merged.flatMap((it) => fileSince(it, parent)),
  }));
}

function fileSince({ path, before, after }: MergedFile, parent: number): HistoryCommit["files"] {
  const was = before[parent] ?? null;
  if (was === null && after === null) return [];
  const status = was === null ? "added" : after === null ? "deleted" : "modified";
  return [{ status, path, before: was, after }];
}

/** Whether something is told of one prompt since all parents, even if not the same: its files may have moved. */
function mayHaveOwn(told: Told): boolean {
  const [first = [], ...others] = told;
  return first.some((one) => others.every((other) => other.some((it) => it.prompt === one.prompt)));
}

/** What is told since all parents, as the first one sees it; a version that another one brought was changed, not pushed. */
function ownOf([first = [], ...others]: Told): AuditRecord[] {
  return first.flatMap((record) => {
    const same = others.map((other) => other.find((it) => placeOf(it) === placeOf(record)));
    if (same.some((it) => it === undefined)) return [];
    return [same.find((it) => it?.action === "modify") ?? record];
  });
}

/** What a record is about, whatever was there before. */
function placeOf({ from, to, action, ...place }: AuditRecord): string {
  return JSON.stringify([action === "push" ? "modify" : action, Object.entries(place).sort()]);
}
