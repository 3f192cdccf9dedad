import type { StateFile, StateText } from "../core/state/read-state.js";
import { createStateChain } from "../core/state/state-chain.js";
import { createStateReader, type StateReader } from "../core/state/state-reader.js";
import type { PromptState, State } from "../core/state/state.js";

/** What a commit made of a state file; `text` is null where it took the file away. */
export interface StateFileChange extends Omit<StateFile, "text"> {
  readonly text: Buffer | null;
}

/** Follows the state of a branch from commit to commit, the oldest first. */
export interface StateLine {
  /**
   * Goes on by one commit. Answers with the prompts that alone may have changed; undefined when anything may have.
   */
  step(changes: readonly StateFileChange[]): readonly string[] | undefined;
  /** The state as it is now; what commits left alone is the same object as before. */
  now(): StateText;
}

type KeptFile = Omit<StateFile, "text"> & { readonly text: Buffer };

/**
 * Makes a {@link StateLine}; `home` is the path of the registry's own state file. A commit that only changed blocks of
 * prompts there is read by its difference, any other as a whole.
 */
export function createStateLine(home: string, reader: StateReader = createStateReader()): StateLine {
  const chain = createStateChain(reader);
  const files = new Map<string, KeptFile>();
  /** The last state that was read as a whole, and the blocks as they are now; undefined when there was a problem. */
  let base: { readonly state: State; readonly prompts: Map<string, PromptState> } | undefined;
  let now: StateText | undefined;

  const readWhole = (): StateText => {
    const whole = reader.read([...files.values()].map(decoded), home);
    const { state, problems } = whole;
    base = problems.length > 0 ? undefined : { state, prompts: new Map(Object.entries(state.prompts ?? {})) };
    return whole;
  };

  /** Takes over what differs in the registry's own file; undefined when that is not all. */
  const moveBlocks = (text: Buffer): readonly string[] | undefined => {
    const change = chain.moveTo(text);
    if (change === undefined || base === undefined) return undefined;
    const { prompts } = base;
    for (const name of Object.keys(change.from)) prompts.delete(name);
    for (const [name, block] of Object.entries(change.to)) {
      if (prompts.has(name)) return undefined; // it has a file of its own too
      prompts.set(name, block);
    }
    const [from, to] = [Object.keys(change.from), Object.keys(change.to)];
    return to.length === 1 && from.length === 1 && from[0] === to[0] ? to : [...new Set([...from, ...to])];
  };

  return {
    step(changes) {
      if (changes.length === 0) return [];
      let moved: readonly string[] | undefined;
      for (const change of changes) {
        const { text, ...file } = change;
        if (text === null) files.delete(file.path);
        else files.set(file.path, { ...file, text });
        if (file.path === home) moved = moveBlocks(text ?? Buffer.alloc(0));
      }
      if (changes.length > 1) moved = undefined;
      now = moved === undefined ? readWhole() : undefined;
      return moved;
    },
    now: () =>
      (now ??= base === undefined ? readWhole() : stateOf(base, [...files.values()], { home, reader })),
  };
}

/** A state without problems; its texts are made of the bytes when somebody wants to see them. */
function stateOf(
  { state, prompts }: { readonly state: State; readonly prompts: ReadonlyMap<string, PromptState> },
  files: readonly KeptFile[],
  { home, reader }: { readonly home: string; readonly reader: StateReader },
): StateText {
  const own = Object.create(null) as Record<string, PromptState>;
  for (const [name, block] of prompts) own[name] = block;
  return {
    state: { ...state, prompts: own },
    problems: [],
    get files() {
      return files.map(decoded);
    },
    fileOf: (prompt) => files.find((file) => file.prompt === prompt)?.path ?? home,
    locate: (path, part) => reader.read(files.map(decoded), home).locate(path, part),
  };
}

const decoded = ({ text, ...file }: KeptFile): StateFile => ({ ...file, text: text.toString("utf8") });
