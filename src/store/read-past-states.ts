import { placeFile } from "../core/layout.js";
import { readState, type StateFile } from "../core/state/read-state.js";
import type { State } from "../core/state/state.js";
import { readHistory } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { stateLimit } from "./listing/read-files.js";

/** A state that the branch had, from the moment of the commit that brought it until the next state's. */
export interface PastState {
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
  const isState = (path: string): boolean =>
    placeFile({ path: path.slice(registry.length + 1), mode: "file" }).kind === "state";
  const commits = history
    .map(({ date, files }) => ({ date, files: files.filter(({ path }) => isState(path)) }))
    .filter(({ files }) => files.length > 0);
  const blobs = new Map<string, string>();
  for (const { files } of commits.toReversed()) for (const { path, after } of files) put(blobs, path, after);
  for (const { date, files } of commits) {
    yield { state: await readAll(repository, registry, blobs), since: date };
    for (const { path, before } of files) put(blobs, path, before);
  }
}

function put(blobs: Map<string, string>, path: string, blob: string | null): void {
  if (blob === null) blobs.delete(path);
  else blobs.set(path, blob);
}

async function readAll(
  repository: Repository,
  registry: string,
  blobs: ReadonlyMap<string, string>,
): Promise<State> {
  const objects = await repository.objects.read([...blobs.values()], stateLimit);
  const files = [...blobs.keys()].map((path, index): StateFile => {
    const placed = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
    const prompt = placed.kind === "state" ? placed.prompt : undefined;
    const text = objects[index]?.bytes?.toString("utf8") ?? "";
    return { path, text, ...(prompt === undefined ? {} : { prompt }) };
  });
  return readState(files, `${registry}/promptsync.yaml`).state;
}
