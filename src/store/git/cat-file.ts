import { byteQueue, nextBytes, nextLine, type ByteQueue } from "./byte-queue.js";
import { isPromptSyncError } from "../../core/errors.js";
import { gitFailed, type Git } from "./run.js";
import { tooOld } from "./version.js";

/** What git says about an object before it is read. */
interface ObjectInfo {
  /** Full object id. */
  readonly id: string;
  readonly type: "blob" | "tree" | "commit" | "tag";
  /** Bytes. */
  readonly size: number;
}

/** An object and its bytes; `bytes` is null when it is larger than the limit. */
interface StoredObject extends ObjectInfo {
  readonly bytes: Buffer | null;
}

/**
 * Reads objects through one warm `git cat-file`. A name is an id or whatever git understands, such as
 * `<commit>:<path>` or `main^{commit}`; it is data here and can never become an option. Answers come in the order
 * of the names; null stands for an object that does not exist.
 */
export interface Objects {
  info(names: readonly string[]): Promise<(ObjectInfo | null)[]>;
  /** Reads the objects that have at most `limit` bytes; sizes are known before anything is read. */
  read(names: readonly string[], limit: number): Promise<(StoredObject | null)[]>;
  /** Ends the process; the next question starts a new one. */
  close(): void;
}

/**
 * Makes {@link Objects}; no process starts before the first question. `isPartial` says that objects may have to be
 * fetched first.
 */
export function createObjects(git: Git, isPartial: () => boolean = () => false): Objects {
  let reader: Reader | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const talkTo = async <T>(talk: (reader: Reader) => Promise<T>): Promise<T> => {
    reader ??= openReader(git);
    try {
      return await talk(reader);
    } catch (error) {
      reader = undefined;
      throw isPromptSyncError(error) && error.data?.code === usageError ? await tooOld(git) : error;
    }
  };
  // One conversation at a time: the answers carry no mark of who asked.
  const converse = <T>(talk: (reader: Reader) => Promise<T>): Promise<T> => {
    reader ??= openReader(git); // now, not when it is our turn: git starts while the caller does other things
    const answer = turn.then(() => talkTo(talk));
    turn = answer.catch(() => undefined);
    return answer;
  };

  return {
    info: (names) => converse((open) => askInfo(open, names)),
    async read(names, limit) {
      const ids = names.length > 1 && isPartial() ? names.filter(isFullId) : [];
      if (ids.length > 1) {
        const { fetchMissing } = await import("./fetch-missing.js");
        await fetchMissing(git, ids);
      }
      return converse((open) => readWithin(open, names, limit));
    },
    close() {
      reader?.end();
      reader = undefined;
    },
  };
}

async function askInfo({ say, answers }: Reader, names: readonly string[]): Promise<(ObjectInfo | null)[]> {
  const isAsked = names.map(isOneLine);
  say(names.map((name, index) => (isAsked[index] === true ? `info ${name}\n` : "")).join(""));
  const infos: (ObjectInfo | null)[] = [];
  for (const asked of isAsked)
    infos.push(asked ? parseInfo(answers.line() ?? (await nextLine(answers))) : null);
  return infos;
}

async function readWithin(
  reader: Reader,
  names: readonly string[],
  limit: number,
): Promise<(StoredObject | null)[]> {
  const infos = await askInfo(reader, names);
  const { say, answers } = reader;
  const wanted = infos.filter((info) => info !== null && info.size <= limit);
  say(wanted.map((info) => `contents ${info?.id ?? ""}\n`).join(""));
  const objects: (StoredObject | null)[] = [];
  let left = wanted.reduce((sum, info) => sum + (info?.size ?? 0), 0);
  for (const info of infos) {
    if (info === null || info.size > limit) objects.push(info && { ...info, bytes: null });
    else {
      const size = parseInfo(answers.line() ?? (await nextLine(answers, left)))?.size ?? 0;
      const bytes = answers.take(size + 1) ?? (await nextBytes(answers, size + 1, left));
      left -= size;
      objects.push({ id: info.id, type: info.type, size, bytes: bytes.subarray(0, size) });
    }
  }
  return objects;
}

const isFullId = (name: string): boolean => /^[0-9a-f]{40,64}$/.test(name);

const isOneLine = (name: string): boolean => !/[\n\0]/.test(name);

const types: readonly string[] = ["blob", "tree", "commit", "tag"] satisfies ObjectInfo["type"][];

/** Reads `<id> <type> <size>`; null for `<name> missing` and the like. */
function parseInfo(line: string): ObjectInfo | null {
  const behindId = line.indexOf(" ");
  const behindType = line.indexOf(" ", behindId + 1);
  if (behindId < 40 || behindType < 0) return null;
  const [id, type] = [line.slice(0, behindId), line.slice(behindId + 1, behindType)];
  const size = Number(line.slice(behindType + 1));
  if (!types.includes(type) || !Number.isInteger(size) || !isFullId(id)) return null;
  return { id, type: type as ObjectInfo["type"], size };
}

interface Reader {
  /** Sends commands, and asks git to answer them now. */
  readonly say: (commands: string) => void;
  readonly answers: ByteQueue;
  readonly end: () => void;
}

// New in git 2.36, our floor: an older git says so by refusing the option.
const args = ["cat-file", "--batch-command", "--buffer"];
const usageError = 129;

function openReader(git: Git): Reader {
  const child = git.start(args);
  return {
    say(commands) {
      if (commands !== "") child.stdin.write(`${commands}flush\n`);
    },
    answers: byteQueue(child, (code, stderr) => gitFailed(args, code, stderr)),
    end: () => child.stdin.end(),
  };
}
