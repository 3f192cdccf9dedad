import { byteQueue } from "./byte-queue.js";
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
    const answer = turn.then(() => talkTo(talk));
    turn = answer.catch(() => undefined);
    return answer;
  };

  return {
    info: (names) => converse((open) => askInfo(open, names)),
    async read(names, limit) {
      const ids = names.filter((name) => /^[0-9a-f]{40,64}$/.test(name));
      if (ids.length > 1 && isPartial()) {
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

async function askInfo(reader: Reader, names: readonly string[]): Promise<(ObjectInfo | null)[]> {
  const asked = names.filter(isOneLine);
  reader.say(asked.map((name) => `info ${name}\n`).join(""));
  const known = new Map<string, ObjectInfo | null>();
  for (const name of asked) known.set(name, parseInfo(await reader.line()));
  return names.map((name) => known.get(name) ?? null);
}

async function readWithin(
  reader: Reader,
  names: readonly string[],
  limit: number,
): Promise<(StoredObject | null)[]> {
  const infos = await askInfo(reader, names);
  const wanted = infos.filter((info) => info !== null && info.size <= limit);
  reader.say(wanted.map((info) => `contents ${info?.id ?? ""}\n`).join(""));
  const objects: (StoredObject | null)[] = [];
  for (const info of infos) {
    if (info === null || info.size > limit) objects.push(info && { ...info, bytes: null });
    else objects.push({ ...info, bytes: await reader.contents() });
  }
  return objects;
}

const isOneLine = (name: string): boolean => !/[\n\0]/.test(name);

function parseInfo(line: string): ObjectInfo | null {
  const match = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line);
  return match && { id: match[1] ?? "", type: match[2] as ObjectInfo["type"], size: Number(match[3]) };
}

interface Reader {
  /** Sends commands, and asks git to answer them now. */
  say(commands: string): void;
  line(): Promise<string>;
  /** The bytes behind the answer's first line. */
  contents(): Promise<Buffer>;
  end(): void;
}

// New in git 2.36, our floor: an older git says so by refusing the option.
const args = ["cat-file", "--batch-command", "--buffer"];
const usageError = 129;

function openReader(git: Git): Reader {
  const child = git.start(args);
  const input = byteQueue(child, (code, stderr) => gitFailed(args, code, stderr));
  const line = async () => (await input.through(0x0a)).subarray(0, -1).toString();
  return {
    say(commands) {
      if (commands !== "") child.stdin.write(`${commands}flush\n`);
    },
    line,
    async contents() {
      const size = parseInfo(await line())?.size ?? 0;
      const bytes = await input.take(size + 1);
      return bytes.subarray(0, size);
    },
    end: () => child.stdin.end(),
  };
}
