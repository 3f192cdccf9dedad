import type { Objects } from "./git/cat-file.js";
import { isHistoryFixed } from "./git/fixed-history.js";
import type { Repository } from "./git/repository.js";
import { keep, keptFile, openKept, toolBuild } from "./kept-file.js";
import { readAudit, type AuditCommit, type AuditWanted } from "./read-audit.js";

/** Below this many commits, reading them again costs as little. */
const fewest = 500;

/** So many commits are taken out of the file at a time: few may be asked for. */
const slice = 1024;

/**
 * The audit trail as {@link readAudit} tells it; a long one is kept in the git directory with the commit it ends at,
 * and read on from there: what commits did never changes. Only a straight line of commits is read on; after a merge, the
 * whole is read anew, because git tells both sides by date. Nothing is kept of a trail that was not read to its end,
 * nor of one that misses an object, nor where parents may be others than those a commit was made with. Another version
 * or build of the tool forgets it; whoever deletes the file loses nothing.
 */
export async function* readTrail(
  repository: Repository,
  registry: string,
  { wanted = {}, tool }: { readonly wanted?: AuditWanted | undefined; readonly tool: string },
): AsyncGenerator<readonly AuditCommit[], void> {
  const { commit: head } = repository.head;
  const file = keptFile(repository.gitDirectory, "trail"); // each work tree has its own HEAD
  const kept = head === null ? undefined : openTrail(repository, file, [tool, registry]);
  if (kept !== undefined && kept.tip === head) return yield* toldIn(kept.lines, wanted);
  if (head === null || wanted.isLive === true) return yield* readAudit(repository, registry, wanted);

  const before = kept !== undefined && (await isStraight(repository, head, kept.tip)) ? kept : undefined;
  const wasFixed = isHistoryFixed(repository);
  const { objects, isWhole } = noticing(repository.objects);
  const lines: string[] = [];
  for await (const commits of readAudit(
    { ...repository, objects },
    registry,
    before && { after: before.tip },
  )) {
    for (const commit of commits) lines.push(JSON.stringify(commit));
    yield commits;
  }
  if (before !== undefined) yield* toldIn(before.lines, wanted);
  const all = [...lines, ...(before?.lines ?? [])];
  if (all.length < fewest || !isWhole() || !wasFixed || !isHistoryFixed(repository)) return;
  keep(file, keyOf([tool, registry], head), Buffer.from(all.join("\n")));
}

/** The same objects, and whether every one that was read is there: one that is missing may come back. */
function noticing(objects: Objects): { readonly objects: Objects; readonly isWhole: () => boolean } {
  let isWhole = true;
  const read: Objects["read"] = async (names, limit) => {
    const found = await objects.read(names, limit);
    isWhole &&= !found.includes(null);
    return found;
  };
  return { objects: { ...objects, read }, isWhole: () => isWhole };
}

interface KeptTrail {
  /** The commit it ends at. */
  readonly tip: string;
  /** A commit each, as JSON, the newest first. */
  readonly lines: readonly string[];
}

function openTrail(repository: Repository, file: string, facts: readonly string[]): KeptTrail | undefined {
  const kept = openKept(file);
  const tip = kept?.key.split(" ").at(-1) ?? "";
  if (kept?.key !== keyOf(facts, tip) || !isHistoryFixed(repository)) return undefined;
  return { tip, lines: kept.bytes.toString().split("\n") };
}

const keyOf = (facts: readonly string[], tip: string): string =>
  `${JSON.stringify([...facts, toolBuild()])} ${tip}`;

function* toldIn(lines: readonly string[], { prompt }: AuditWanted): Generator<readonly AuditCommit[], void> {
  const mark = prompt === undefined ? "" : `"prompt":${JSON.stringify(prompt)}`;
  for (let start = 0; start < lines.length; start += slice) {
    const some = lines.slice(start, start + slice).filter((line) => line.includes(mark));
    yield some.map((line) => JSON.parse(line) as AuditCommit);
  }
}

/** Whether every commit since another one has one parent, down to that one. One git process. */
async function isStraight({ git }: Repository, head: string, old: string): Promise<boolean> {
  const { code, stdout } = await git.run(["rev-list", "--parents", head, `^${old}`, "--"], {
    accept: [0, 128],
  });
  if (code !== 0) return false; // the old one is gone
  let next = head;
  for (const line of stdout.toString().split("\n").slice(0, -1)) {
    const [commit, parent = "", ...more] = line.split(" ");
    if (commit !== next || more.length > 0) return false;
    next = parent;
  }
  return next === old;
}
