import type { StateReader } from "../core/state/state-reader.js";
import { isoDate } from "../core/date.js";
import type { Repository } from "./git/repository.js";
import { stateLimit } from "./listing/read-files.js";
import type { StateStep, StepsWanted, StepWriter } from "./read-state-steps.js";

/** So many commits are looked at in each round: the answer is often near, and a round is one question to a warm git. */
const rounds = [4, 12, 48];

/** A commit, and the blobs of the state files in it; null where it has none. */
interface Moment {
  readonly commit: string;
  readonly blobs: readonly (string | null)[];
}

/**
 * The nearest of the commits along first parents that changed some state files, newest first, without a git process
 * of its own. Returns the commit at which somebody else has to go on; undefined at the end of history.
 */
export async function* readNearStateSteps(
  repository: Repository,
  { from, home, files }: StepsWanted,
  reader: Pick<StateReader, "read">,
): AsyncGenerator<StateStep, string | undefined> {
  let distance = 0;
  const [first] = await momentsOf(repository, { from, files }, 0, 1);
  if (first === undefined) return undefined;
  let last: Moment = first;
  for (const count of rounds) {
    const older = await momentsOf(repository, { from, files }, distance + 1, count);
    const line: Moment[] = [last, ...older];
    const isEnd = older.length < count;
    if (isEnd) line.push({ commit: "", blobs: files.map(() => null) });
    const changed = line.flatMap((moment, index) => {
      const before = line[index + 1];
      return before === undefined || isSame(moment, before) ? [] : [{ moment, before }];
    });
    const objects = await readAll(
      repository,
      changed.flatMap(({ moment, before }) => [moment.commit, ...moment.blobs, ...before.blobs]),
    );
    const stateOf = ({ blobs }: Moment) =>
      reader.read(
        files.flatMap((file, index) => {
          const blob = blobs[index] ?? null;
          return blob === null ? [] : [{ ...file, text: objects.get(blob) ?? "" }];
        }),
        home,
      );
    for (const { moment, before } of changed) {
      const commit = writerOf(moment.commit, objects.get(moment.commit) ?? "");
      if (commit === undefined) return moment.commit;
      const isEdge = repository.shallow && before.blobs.every((blob) => blob === null);
      yield { commit, before: stateOf(before), after: stateOf(moment), isEdge };
    }
    if (isEnd) return undefined;
    distance += count;
    last = line.at(-1) ?? last;
  }
  return last.commit;
}

/** Some ancestors along first parents, at these distances; fewer where history ends. */
async function momentsOf(
  { objects }: Repository,
  { from, files }: Pick<StepsWanted, "from" | "files">,
  distance: number,
  count: number,
): Promise<Moment[]> {
  const names = Array.from({ length: count }, (_, index) => `${from}~${distance + index}`);
  const infos = await objects.info(
    names.flatMap((name) => [name, ...files.map(({ path }) => `${name}:${path}`)]),
  );
  const width = files.length + 1;
  return names.flatMap((_, index) => {
    const [commit, ...blobs] = infos.slice(index * width, (index + 1) * width);
    if (commit === undefined || commit === null) return [];
    return [{ commit: commit.id, blobs: blobs.map((blob) => (blob?.type === "blob" ? blob.id : null)) }];
  });
}

const isSame = (one: Moment, other: Moment): boolean =>
  one.blobs.every((blob, index) => blob === other.blobs[index]);

/** The texts of objects by their ids, each read once. */
async function readAll(
  { objects }: Repository,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null && id !== "") as string[];
  const found = wanted.length === 0 ? [] : await objects.read(wanted, stateLimit);
  return new Map(wanted.map((id, index) => [id, found[index]?.bytes?.toString("utf8") ?? ""]));
}

/** Who made a commit, from its object; undefined when only git can read it, as with another encoding. */
function writerOf(commit: string, text: string): StepWriter | undefined {
  const header = text.slice(0, text.indexOf("\n\n") + 1);
  const author = /^author ([^<>\n]*) <[^<>\n]*> \d+ [-+]\d{4}$/m.exec(header)?.[1];
  const seconds = /^committer [^<>\n]* <[^<>\n]*> (\d+) [-+]\d{4}$/m.exec(header)?.[1];
  if (author === undefined || seconds === undefined || /^encoding /m.test(header)) return undefined;
  return { commit, author: author.trim(), date: isoDate(Number(seconds)) };
}
