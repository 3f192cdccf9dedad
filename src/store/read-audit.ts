import { placeFile, stateFileName } from "../core/layout.js";
import type { AuditRecord } from "../core/plan.js";
import { compareStates } from "../core/state/compare-states.js";
import { emptyState, type ById, type PromptState, type State } from "../core/state/state.js";
import { createStateReader, type StateReader } from "../core/state/state-reader.js";
import { readTrailers } from "../core/trailers.js";
import type { HistoryCommit } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { streamHistory } from "./git/stream-history.js";
import { inBatches } from "./in-batches.js";
import { readStates, stateFileAt, type StateBlob } from "./read-states.js";

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
 * The audit trail, newest first, read as far as it is asked for: what our commits recorded in their trailers, and what
 * commits made by hand did to the state and the versions. One git process beside the warm one; each distinct state
 * is parsed once.
 */
export async function* readAudit(
  repository: Repository,
  registry: string,
): AsyncGenerator<AuditCommit, void> {
  const reader = createStateReader();
  const stream = streamHistory(repository, { paths: [registry] });
  for await (const commits of inBatches(stream, { first: 16, largest: 256 })) {
    const told = commits.map((commit) => ({ commit, records: readTrailers(commit.message) }));
    const byHand = told.filter(({ records }) => records.length === 0).map(({ commit }) => commit);
    const states = await readSides(repository, { reader, registry }, byHand);
    for (const { commit, records } of told) {
      yield {
        commit: commit.commit,
        date: commit.date,
        author: commit.author,
        email: commit.email,
        subject: commit.message.split("\n", 1)[0] ?? "",
        recorded: records.length > 0,
        records: records.length > 0 ? records : [...changesOf(commit, registry, states)],
      };
    }
  }
}

/** The states that single state files hold, by blob id. */
type States = ReadonlyMap<string, State>;

async function readSides(
  repository: Repository,
  { reader, registry }: { readonly reader: StateReader; readonly registry: string },
  commits: readonly HistoryCommit[],
): Promise<States> {
  const sides = new Map<string, StateBlob>();
  for (const { path, before, after } of commits.flatMap(({ files }) => files)) {
    const file = stateFileAt(registry, path);
    if (file === undefined) continue;
    for (const blob of [before, after]) if (blob !== null) sides.set(blob, { ...file, blob });
  }
  const home = `${registry}/${stateFileName}`;
  const moments = [...sides.values()].map((side) => [side]);
  const states = await readStates(repository, { reader, home }, moments);
  return new Map(
    [...sides.keys()].flatMap((blob, index) => {
      const read = states[index];
      return read === undefined ? [] : [[blob, read.state] as const];
    }),
  );
}

function* changesOf({ files }: HistoryCommit, registry: string, states: States): Iterable<AuditRecord> {
  const parts = files.filter(({ path }) => stateFileAt(registry, path) !== undefined);
  const whole = (side: "before" | "after"): State =>
    joined(parts.flatMap((part) => states.get(part[side] ?? "") ?? []));
  yield* compareStates(whole("before"), whole("after"));
  for (const { path, status } of files) {
    const placed = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
    if (placed.kind !== "version") continue;
    const { name: prompt, version } = placed;
    if (status === "added") yield { action: "push", prompt, version, to: version };
    else yield { action: status === "deleted" ? "delete" : "modify", prompt, version, from: version };
  }
}

/** The parts of a state as one: a block that only moved to another file is no change. */
function joined(parts: readonly State[]): State {
  if (parts.length < 2) return parts[0] ?? emptyState;
  const prompts = Object.assign(
    Object.create(null),
    ...parts.map((part) => part.prompts),
  ) as ById<PromptState>;
  return { ...(Object.assign({}, ...parts) as State), prompts };
}
