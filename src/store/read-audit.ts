import { placeFile, stateFileName } from "../core/layout.js";
import type { AuditRecord } from "../core/plan.js";
import { compareStates } from "../core/state/compare-states.js";
import { readState, type StateFile } from "../core/state/read-state.js";
import type { State } from "../core/state/state.js";
import { readTrailers } from "../core/trailers.js";
import { readHistory, type HistoryCommit, type HistoryRange } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { stateLimit } from "./listing/read-files.js";

/** A commit as the audit trail tells it. */
export interface AuditCommit {
  readonly commit: string;
  /** Committer date, ISO 8601 in UTC. */
  readonly date: string;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  /** False for a commit made by hand: what it did was found by comparing the states. */
  readonly recorded: boolean;
  readonly records: readonly AuditRecord[];
}

/**
 * The audit trail, newest first: what our commits recorded in their trailers, and what commits made by hand did to the
 * state and the versions. Two git processes; a state that stands in several commits is parsed once.
 */
export async function readAudit(
  repository: Repository,
  registry: string,
  range: Omit<HistoryRange, "paths"> = {},
): Promise<AuditCommit[]> {
  const commits = await readHistory(repository, { ...range, paths: [registry] });
  const told = commits.map((commit) => ({ commit, records: readTrailers(commit.message) }));
  const byHand = told.filter(({ records }) => records.length === 0).map(({ commit }) => commit);
  const states = await readStates(repository, registry, byHand);
  return told.map(({ commit, records }) => ({
    commit: commit.commit,
    date: commit.date,
    author: commit.author,
    email: commit.email,
    subject: commit.message.split("\n", 1)[0] ?? "",
    recorded: records.length > 0,
    records: records.length > 0 ? records : [...changesOf(commit, registry, states)],
  }));
}

/** A state file at one moment: its parts of the state by blob id. */
type States = ReadonlyMap<string, State>;

async function readStates(
  repository: Repository,
  registry: string,
  commits: readonly HistoryCommit[],
): Promise<States> {
  const blobs = new Map<string, string>();
  for (const { path, before, after } of commits.flatMap(({ files }) => files)) {
    if (!path.endsWith(`/${stateFileName}`)) continue;
    for (const blob of [before, after]) if (blob !== null) blobs.set(blob, path);
  }
  const ids = [...blobs.keys()];
  const objects = await repository.objects.read(ids, stateLimit);
  return new Map(
    ids.flatMap((id, index) => {
      const text = objects[index]?.bytes?.toString("utf8");
      if (text === undefined) return [];
      const path = blobs.get(id) ?? "";
      const placed = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
      const prompt = placed.kind === "state" ? placed.prompt : undefined;
      const file: StateFile = { path, text, ...(prompt === undefined ? {} : { prompt }) };
      return [[id, readState([file], path).state] as const];
    }),
  );
}

function* changesOf({ files }: HistoryCommit, registry: string, states: States): Iterable<AuditRecord> {
  for (const { path, status, before, after } of files) {
    if (path.endsWith(`/${stateFileName}`)) {
      yield* compareStates(states.get(before ?? ""), states.get(after ?? ""));
      continue;
    }
    const placed = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
    if (placed.kind !== "version") continue;
    const { name: prompt, version } = placed;
    if (status === "added") yield { action: "push", prompt, version, to: version };
    else yield { action: status === "deleted" ? "delete" : "modify", prompt, version, from: version };
  }
}
