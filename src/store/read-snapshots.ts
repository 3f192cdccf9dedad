import { catalogOf, type Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import type { ListedFile } from "../core/listing.js";
import type { StateFile } from "../core/state/read-state.js";
import type { HistoryCommit } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { streamHistory } from "./git/stream-history.js";
import { stateLimit } from "./listing/read-files.js";
import { createHeardStates } from "./heard-states.js";
import { openTouches } from "./kept-touches.js";
import { byPath } from "./listing/walk.js";
import { put, stateFileAt } from "./read-states.js";
import { createStateLine, type StateFileChange } from "./state-line.js";

/** The registry, or a part of it, as a commit left it. */
export interface Snapshot {
  readonly commit: HistoryCommit;
  readonly catalog: Catalog;
}

/** Which part of the history is read. */
export interface SnapshotsWanted {
  /** Full id of the commit to end at. */
  readonly from: string;
  readonly registry: string;
  /** Our version: what one version kept may not hold for another. */
  readonly tool: string;
  /** Leaves out the commits that certainly changed nothing but what the state says of other prompts. */
  readonly prompt?: string;
  /** Leaves out the versions of other prompts too: the catalogs hold this one alone, in whatever group it was. */
  readonly isAlone?: boolean;
}

/** The states of so many commits are in memory at a time, as bytes. */
const batchSize = 256;

/**
 * What each commit along first parents made of the registry, the oldest first. One git process beside the warm one,
 * which reads the next states meanwhile; each distinct block of a state is parsed once, and what a commit left alone
 * is the same object as before.
 */
export async function* readSnapshots(
  repository: Repository,
  { from, registry, tool, prompt, isAlone = false }: SnapshotsWanted,
): AsyncGenerator<Snapshot, void> {
  const home = `${registry}/${stateFileName}`;
  const alone = isAlone ? prompt : undefined;
  const touches = alone === undefined ? undefined : openTouches(repository, { home, tool, prompt: alone });
  const part =
    alone === undefined
      ? { paths: [registry] }
      : { paths: [home], wherever: { below: registry, name: alone } };
  const history: HistoryCommit[] = [];
  for await (const commits of streamHistory(repository, { from, firstParent: true, ...part }))
    history.push(...commits);
  history.reverse();
  const asked = history.filter((it) => !(isHomeAlone(it, home) && touches?.spared(it.commit) === true));
  const line = createStateLine(home);
  const heard = createHeardStates(registry);
  const files = new Map<string, string>();
  let last: Catalog | undefined;
  let standsAt: string | null = null;
  for await (const part of readParts(repository, registry, asked)) {
    for (const { commit, states, others } of part) {
      const own = commit.files.find(({ path }) => path === home);
      for (const { path, after } of others) put(files, path, after);
      const changed = line.step(heard.step(states, files, others.length > 0));
      // Behind a commit that was spared, what differs is not what this one touched: it may have taken something back.
      const isNext = own !== undefined && own.before === standsAt;
      if (own !== undefined) standsAt = own.after;
      if (changed !== undefined && isNext && isHomeAlone(commit, home)) touches?.note(commit.commit, changed);
      const isOfOthers = prompt !== undefined && changed?.includes(prompt) === false;
      if (isOfOthers && others.length === 0 && last !== undefined) continue;
      const label = commit.commit.slice(0, 12);
      const origin = { kind: "commit", commit: commit.commit, date: commit.date, label } as const;
      const stateText = line.now();
      last =
        last === undefined || others.length > 0
          ? catalogOf({ origin, registry, files: listed(files, registry) }, stateText)
          : { ...last, origin, state: stateText.state, stateText };
      yield { commit, catalog: last };
    }
  }
  touches?.keep();
}

/** Whether a commit touched nothing of the registry but its own state file. */
function isHomeAlone({ files }: HistoryCommit, home: string): boolean {
  return files.length === 1 && files[0]?.path === home;
}

/** A commit with the state files that it changed, and the other files. */
interface ReadCommit {
  readonly commit: HistoryCommit;
  readonly states: readonly StateFileChange[];
  readonly others: HistoryCommit["files"];
}

/** Reads the state files of commits, some commits at a time; the next ones are read while somebody looks at these. */
async function* readParts(
  repository: Repository,
  registry: string,
  history: readonly HistoryCommit[],
): AsyncGenerator<readonly ReadCommit[], void> {
  let waiting: Promise<readonly ReadCommit[]> | undefined;
  for (let start = 0; start < history.length; start += batchSize) {
    const next = readPart(repository, registry, history.slice(start, start + batchSize));
    next.catch(() => undefined); // awaited below, unless nobody asks for more
    if (waiting !== undefined) yield await waiting;
    waiting = next;
  }
  if (waiting !== undefined) yield await waiting;
}

async function readPart(
  { objects }: Repository,
  registry: string,
  commits: readonly HistoryCommit[],
): Promise<readonly ReadCommit[]> {
  const wanted = new Set<string>();
  const touched = commits.map(({ files }) => {
    const states: (Omit<StateFile, "text"> & { readonly after: string | null })[] = [];
    const others: HistoryCommit["files"][number][] = [];
    for (const file of files) {
      const { path, after } = file;
      const state = stateFileAt(registry, path);
      if (state === undefined) others.push(file);
      else states.push({ ...state, after });
      if (state !== undefined && after !== null) wanted.add(after);
    }
    return { states, others };
  });
  const ids = [...wanted];
  const found = await objects.read(ids, stateLimit);
  const texts = new Map(ids.map((id, index) => [id, found[index]?.bytes ?? Buffer.alloc(0)]));
  return touched.map(({ states, others }, index) => ({
    commit: commits[index] as HistoryCommit,
    states: states.map(({ after, ...file }) => ({
      ...file,
      text: after === null ? null : (texts.get(after) ?? null),
    })),
    others,
  }));
}

/** The files of a part of the registry, as a tree would list them. */
function listed(files: ReadonlyMap<string, string>, registry: string): ListedFile[] {
  const found = [...files].map(([path, blob]) => {
    return { path: path.slice(registry.length + 1), blob, mode: "file" as const };
  });
  return found.sort(byPath);
}
