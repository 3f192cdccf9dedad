import { catalogOf, type Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import type { ListedFile } from "../core/listing.js";
import { createStateReader } from "../core/state/state-reader.js";
import { readHistory, type HistoryCommit } from "./git/history.js";
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
      for (const { path, after } of commit.files) {
        const state = stateFileAt(registry, path);
        if (state !== undefined) put(stateFiles, path, after === null ? null : { ...state, blob: after });
      }
      return [...stateFiles.values()];
    });
    const states = await readStates(repository, context, moments);
    for (const [index, commit] of commits.entries()) {
      const stateText = states[index];
      if (stateText === undefined) continue;
      const touched = commit.files.filter(({ path }) => stateFileAt(registry, path) === undefined);
      for (const { path, after } of touched) put(files, path, after);
      const label = commit.commit.slice(0, 12);
      const origin = { kind: "commit", commit: commit.commit, date: commit.date, label } as const;
      last =
        last === undefined || touched.length > 0
          ? catalogOf({ origin, registry, files: listed(files, registry) }, stateText)
          : { ...last, origin, state: stateText.state, stateText };
      yield { commit, catalog: last };
    }
  }
}

/** The files of a part of the registry, as a tree would list them. */
function listed(files: ReadonlyMap<string, string>, registry: string): ListedFile[] {
  const found = [...files].map(([path, blob]) => {
    return { path: path.slice(registry.length + 1), blob, mode: "file" as const };
  });
  return found.sort(byPath);
}
