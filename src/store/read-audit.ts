import type { AuditRecord } from "../core/plan.js";
import { createHandChanges } from "./hand-changes.js";
import type { HistoryCommit } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { streamHistory } from "./git/stream-history.js";
import { inBatches } from "./in-batches.js";
import { readHandChanges } from "./read-hand-changes.js";
import { toldBy } from "./told-by.js";

/** A commit as the audit trail tells it. */
export interface AuditCommit {
  readonly commit: string;
  /** Committer date, ISO 8601 in UTC. */
  readonly date: string;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  /** False for a commit made by hand, or with false trailers: what it did was found by comparing the states. */
  readonly recorded: boolean;
  readonly records: readonly AuditRecord[];
}

/** Which part of the audit trail is asked for. */
export interface AuditWanted {
  /** Of commits made by hand, only what they did to this prompt is found out. */
  readonly prompt?: string;
  /** Full id of a commit whose own history is left out. */
  readonly after?: string;
  /** Few commits are likely to be read: they are told as soon as git finds them. */
  readonly isLive?: boolean;
}

/**
 * The audit trail, newest first, some commits at a time, read as far as it is asked for: what our commits recorded in
 * their trailers, what commits made by hand did to the state and the versions, and what merges did to them beside their
 * parents. One git process beside the warm one, which reads the states of the next commits meanwhile, and one more for
 * the merges among them that have to be looked at closely; each distinct block of a state is parsed once.
 */
export async function* readAudit(
  repository: Repository,
  registry: string,
  { prompt, after, isLive = false }: AuditWanted = {},
): AsyncGenerator<readonly AuditCommit[], void> {
  const changes = createHandChanges(repository, { registry, prompt });
  const stream = streamHistory(repository, { paths: [registry], ...(after && { after }) }, { isLive });
  let waiting: Part | undefined;
  for await (const commits of inBatches(stream, { first: 16, largest: 256 })) {
    const next = partOf(commits, (some) => readHandChanges(repository, registry, { changes, commits: some }));
    if (waiting !== undefined) yield await tell(waiting);
    waiting = next;
  }
  if (waiting !== undefined) yield await tell(waiting);
}

/** Some commits, of which those made by hand are being read. */
interface Part {
  readonly told: readonly { readonly commit: HistoryCommit; readonly records: readonly AuditRecord[] }[];
  readonly byHand: ReturnType<ReadByHand>;
}

/** {@link readHandChanges}, of which only the commits are still to be said. */
type ReadByHand = (commits: readonly HistoryCommit[]) => ReturnType<typeof readHandChanges>;

function partOf(commits: readonly HistoryCommit[], read: ReadByHand): Part {
  const told = commits.map((commit) => ({ commit, records: toldBy(commit) }));
  const byHand = read(told.flatMap(({ commit, records }) => (records.length === 0 ? [commit] : [])));
  byHand.catch(() => undefined); // awaited below, unless nobody asks for more
  return { told, byHand };
}

async function tell({ told, byHand }: Part): Promise<AuditCommit[]> {
  const found = await byHand;
  return told.map(({ commit, records }) => ({
    commit: commit.commit,
    date: commit.date,
    author: commit.author,
    email: commit.email,
    subject: commit.message.split("\n", 1)[0] ?? "",
    recorded: records.length > 0,
    records: records.length > 0 ? records : found(commit),
  }));
}
