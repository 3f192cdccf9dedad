import { stateFileName } from "../core/layout.js";
import { createStateReader } from "../core/state/state-reader.js";
import type { State } from "../core/state/state.js";
import { readHistory } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { put, readStates, stateFileAt, type StateBlob } from "./read-states.js";

/** A state that the branch had, from the moment of the commit that brought it until the next state's. */
interface PastState {
  readonly state: State;
  /** Committer date, ISO 8601 in UTC. */
  readonly since: string;
}

/**
 * The states that the branch had, the newest first: HEAD's, then the one before each commit that changed it, along
 * first parents. One git process; a state is read and parsed only when it is asked for.
 */
export async function* readPastStates(repository: Repository, registry: string): AsyncGenerator<State> {
  for await (const { state } of readDatedStates(repository, registry)) yield state;
}

/** The same with dates, from HEAD or another commit on. */
export async function* readDatedStates(
  repository: Repository,
  registry: string,
  from?: string,
): AsyncGenerator<PastState> {
  const start = from === undefined ? {} : { from };
  const history = await readHistory(repository, { paths: [registry], firstParent: true, ...start });
  const commits = history
    .map(({ date, files }) => ({
      date,
      files: files.flatMap(({ path, before, after }) => {
        const file = stateFileAt(registry, path);
        return file === undefined ? [] : [{ file, before, after }];
      }),
    }))
    .filter(({ files }) => files.length > 0);
  const blobs = new Map<string, StateBlob>();
  const set = (file: Omit<StateBlob, "blob">, blob: string | null): void => {
    put(blobs, file.path, blob === null ? null : { ...file, blob });
  };
  for (const { files } of commits.toReversed()) for (const { file, after } of files) set(file, after);
  const context = { reader: createStateReader(), home: `${registry}/${stateFileName}` };
  for (const { date, files } of commits) {
    const [text] = await readStates(repository, context, [[...blobs.values()]]);
    if (text !== undefined) yield { state: text.state, since: date };
    for (const { file, before } of files) set(file, before);
  }
}
