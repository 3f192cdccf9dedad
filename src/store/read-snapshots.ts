import { catalogOf, type Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import { createStateReader } from "../core/state/state-reader.js";
import type { StateText } from "../core/state/read-state.js";
import type { HistoryCommit } from "./git/history.js";
import { readHistory } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { byPath } from "./listing/walk.js";
import { put, readStates, stateFileAt, type StateBlob } from "./read-states.js";

/** The registry, or a part of it, as a commit left it. */
export interface Snapshot {
  readonly commit: HistoryCommit;
  readonly catalog: Catalog;
}

/** Which part of the history is read. */
interface SnapshotsWanted {
  /** Full id of the commit to end at. */
  readonly from: string;
  readonly registry: string;
  /** The files and folders that matter, relative to the repository root. */
  readonly paths: readonly string[];
}

/** So many states are in memory as text at a time. */
const batchSize = 256;

/**
 * What each commit along first parents made of the registry, the oldest first. One git process beside the warm one;
 * each distinct state is parsed once, and what a commit left alone is the same object as before.
 */
export async function* readSnapshots(
  repository: Repository,
  { from, registry, paths }: SnapshotsWanted,
): AsyncGenerator<Snapshot, void> {
  const history = await readHistory(repository, { from, paths, firstParent: true });
  const context = { reader: createStateReader(), home: `${registry}/${stateFileName}` };
  const files = new Map<string, string>();
  const stateFiles = new Map<string, StateBlob>();
  let last: Catalog | undefined;
  history.reverse();
  for (let start = 0; start < history.length; start += batchSize) {
    const commits = history.slice(start, start + batchSize);
    const moments = commits.map((commit) => {
      let isListed = false;
      for (const { path, after } of commit.files) {
        const state = stateFileAt(registry, path);
        isListed ||= state === undefined;
        put(files, path, state === undefined ? after : null);
        put(stateFiles, path, state === undefined || after === null ? null : { ...state, blob: after });
      }
      return { commit, states: [...stateFiles.values()], files: isListed ? new Map(files) : undefined };
    });
    const states = await readStates(
      repository,
      context,
      moments.map((moment) => moment.states),
    );
    for (const [index, { commit, files: listed }] of moments.entries()) {
      const stateText = states[index];
      if (stateText === undefined) continue;
      last = catalogAfter(last, { commit, registry, listed, stateText });
      yield { commit, catalog: last };
    }
  }
}

/** Lists the versions anew only where a commit touched them. */
function catalogAfter(
  last: Catalog | undefined,
  {
    commit,
    registry,
    listed,
    stateText,
  }: {
    readonly commit: HistoryCommit;
    readonly registry: string;
    readonly listed: ReadonlyMap<string, string> | undefined;
    readonly stateText: StateText;
  },
): Catalog {
  const label = commit.commit.slice(0, 12);
  const origin = { kind: "commit", commit: commit.commit, date: commit.date, label } as const;
  if (last !== undefined && listed === undefined)
    return { ...last, origin, state: stateText.state, stateText };
  const found = [...(listed ?? [])].map(([path, blob]) => ({
    path: path.slice(registry.length + 1),
    blob,
    mode: "file" as const,
  }));
  return catalogOf({ origin, registry, files: found.sort(byPath) }, stateText);
}
