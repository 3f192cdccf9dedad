import type { StateFile, StateText } from "../core/state/read-state.js";
import { createPartReader } from "../core/state/part-of-state.js";
import { createStateReader, type StateReader } from "../core/state/state-reader.js";
import { isPartialClone } from "./git/fetch-missing.js";
import type { Repository } from "./git/repository.js";
import { streamHistory } from "./git/stream-history.js";
import { inBatches } from "./in-batches.js";
import { readNearStateSteps } from "./near-state-steps.js";
import { readStates } from "./read-states.js";

/** Who made a commit, and when: its committer date, ISO 8601 in UTC. */
export interface StepWriter {
  readonly commit: string;
  readonly author: string;
  readonly date: string;
}

/** A commit that changed the state, and what the state was on both sides of it. */
export interface StateStep {
  readonly commit: StepWriter;
  readonly before: StateText;
  readonly after: StateText;
  /** This clone ends here: what the commit builds on is not in it. */
  readonly isEdge: boolean;
}

/** Which states are asked for. */
export interface StepsWanted {
  /** The prompt that is asked about: what the states say of others is left out where it can be. */
  readonly prompt: string;
  /** Full id of the commit to begin at. */
  readonly from: string;
  /** The registry's own state file, relative to the repository root. */
  readonly home: string;
  /** The state files to look at. */
  readonly files: readonly Omit<StateFile, "text">[];
}

/**
 * The commits along first parents that changed some state files, newest first, read as far as they are asked for. The
 * nearest cost no git process beside the warm one, all others one; each distinct state is parsed once. A partial clone
 * asks git at once: it would fetch every state that a look at a commit needs.
 */
export async function* readStateSteps(
  repository: Repository,
  wanted: StepsWanted,
): AsyncGenerator<StateStep, void> {
  const reader = readerAbout(wanted.prompt);
  const from = isPartialClone(repository.commonDirectory)
    ? wanted.from
    : yield* readNearStateSteps(repository, wanted, reader);
  if (from !== undefined) yield* readFarStateSteps(repository, { ...wanted, from }, reader);
}

async function* readFarStateSteps(
  repository: Repository,
  { from, home, files }: StepsWanted,
  reader: Pick<StateReader, "read">,
): AsyncGenerator<StateStep, void> {
  const present = await repository.objects.info(files.map(({ path }) => `${from}:${path}`));
  const blobs = new Map(files.map(({ path }, index) => [path, present[index]?.id ?? null]));
  const picture = () =>
    files.flatMap((file) => {
      const blob = blobs.get(file.path) ?? null;
      return blob === null ? [] : [{ ...file, blob }];
    });
  const range = { from, paths: files.map(({ path }) => path), firstParent: true };
  for await (const commits of inBatches(streamHistory(repository, range, { isLive: true }), {
    first: 4,
    largest: 256,
  })) {
    const moments = [picture()];
    for (const commit of commits) {
      for (const { path, before } of commit.files) blobs.set(path, before);
      moments.push(picture());
    }
    const states = await readStates(repository, { reader, home }, moments);
    for (const [index, commit] of commits.entries()) {
      const [after, before] = [states[index], states[index + 1]];
      const isEdge = repository.shallow && moments[index + 1]?.length === 0;
      if (after !== undefined && before !== undefined) yield { commit, before, after, isEdge };
    }
  }
}

/** Reads what states say of one prompt and of all; one that cannot be read in part is read as a whole. */
function readerAbout(prompt: string): Pick<StateReader, "read"> {
  const readPart = createPartReader();
  const whole = createStateReader();
  return {
    read: (files, home) => readPart({ files, home, names: [prompt] }) ?? whole.read(files, home),
  };
}
