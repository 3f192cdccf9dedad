import { takeAll, type Steps } from "../steps.js";
import { readState, type StateFile, type StateText } from "./read-state.js";
import { splitState, splitSteps, type StatePieces } from "./split-state.js";
import { emptyState, entryOf, type ById, type PromptState, type State } from "./state.js";

/** Reads the states of many commits, which differ in few places. */
export interface StateReader {
  /** The same answer as `readState`; a part that was read before is the same object again. */
  readonly read: (files: readonly StateFile[], home: string) => StateText;
  /** The same in many small steps, but for a text that can only be read as a whole. */
  readonly steps: (files: readonly StateFile[], home: string) => Steps<StateText>;
  /** Takes over the parts of a state that was read as a whole, in many small steps. */
  readonly learn: (whole: StateText) => Steps<void>;
  /** The pieces of a registry's own file; undefined when they cannot be told apart, or one has a problem. */
  readonly cut: (text: string) => StatePieces | undefined;
  /** The blocks of some prompts from their lines; undefined when one has a problem, or something else stands there. */
  readonly blocks: (lines: string) => ById<PromptState> | undefined;
}

const head = "schema: promptsync/v1\n";
const section = "prompts:\n";

/**
 * Makes a {@link StateReader}. A text in the canonical layout is read block by block, each distinct block once; any
 * other text, and one with a problem in any piece, is read as a whole, each distinct text once.
 */
export function createStateReader(): StateReader {
  const pieces = new Map<string, State | undefined>();
  const blocks = new Map<string, PromptState | undefined>();
  const wholes = new Map<string, StateText>();

  /** Undefined when the piece has a problem. */
  const piece = (id: string, file: StateFile): State | undefined => {
    if (pieces.has(id)) return pieces.get(id);
    const { state, problems } = readState([file], file.path);
    const read = problems.length === 0 ? state : undefined;
    pieces.set(id, read);
    return read;
  };
  const pieceOf = (text: string): State | undefined => piece(text, { path: "", text });

  /** The block of a prompt from its lines, which begin with its name; undefined when it has a problem. */
  const blockOf = (name: string, lines: string): PromptState | undefined => {
    const known = blocks.get(lines);
    if (known !== undefined || blocks.has(lines)) return known;
    const read = entryOf(pieceOf(head + section + lines)?.prompts, name);
    blocks.set(lines, read);
    return read;
  };

  function* blocksOf(cut: ReadonlyMap<string, string>): Steps<ById<PromptState> | undefined> {
    const prompts = Object.create(null) as Record<string, PromptState>;
    for (const [name, block] of cut) {
      const own = blockOf(name, block);
      if (own === undefined) return undefined;
      prompts[name] = own;
      yield;
    }
    return prompts;
  }

  function* readMain(text: string): Steps<{ readonly cut: StatePieces; readonly state: State } | undefined> {
    const cut = text.length > lengthForPieces ? undefined : yield* splitSteps(text);
    if (cut === undefined) return undefined;
    const above = pieceOf(cut.above);
    const below = cut.below === "" ? {} : pieceOf(head + cut.below);
    if (above === undefined || below === undefined || above.prompts !== undefined) return undefined;
    const prompts = yield* blocksOf(cut.blocks);
    if (prompts === undefined) return undefined;
    for (const key of Object.keys(below)) {
      if (key !== "schema" && (key === "prompts" || Object.hasOwn(above, key))) return undefined;
    }
    const own = cut.blocks.size === 0 ? {} : { prompts };
    return { cut, state: { ...above, ...below, schema: above.schema, ...own } };
  }

  function* readPieces(files: readonly StateFile[]): Steps<State | undefined> {
    let state: State = { schema: "promptsync/v1" };
    for (const { text } of files.filter(({ prompt }) => prompt === undefined)) {
      const main = (yield* readMain(text))?.state ?? pieceOf(text); // another layout is one piece
      if (main === undefined) return undefined;
      state = main;
    }
    let prompts: Record<string, PromptState> | undefined;
    for (const file of files) {
      if (file.prompt === undefined) continue;
      const own = entryOf(piece(idOf(file), file)?.prompts, file.prompt);
      if (own === undefined || entryOf(state.prompts, file.prompt) !== undefined) return undefined;
      prompts ??= Object.assign(Object.create(null) as Record<string, PromptState>, state.prompts);
      prompts[file.prompt] = own;
      state = { ...state, prompts };
      yield;
    }
    return state;
  }

  function* steps(files: readonly StateFile[], home: string): Steps<StateText> {
    const state = yield* readPieces(files);
    if (state !== undefined) {
      const locate: StateText["locate"] = (path, part) => readState(files, home).locate(path, part);
      const fileOf: StateText["fileOf"] = (prompt) =>
        files.find((file) => file.prompt === prompt)?.path ?? home;
      return { state, problems: [], files, fileOf, locate };
    }
    const id = files.map(({ path, text }) => `${path}\0${text}`).join("\0");
    const known = wholes.get(id) ?? readState(files, home);
    wholes.set(id, known);
    return known;
  }

  function* learn({ state: { prompts = {} }, problems, files }: StateText): Steps<void> {
    if (problems.length > 0) return;
    const found = new Map<string, PromptState>();
    let headings = 0;
    for (const file of files) {
      const { prompt, text } = file;
      if (prompt !== undefined) {
        const own = Object.assign(Object.create(null), {
          [prompt]: entryOf(prompts, prompt),
        }) as ById<PromptState>;
        pieces.set(idOf(file), { ...emptyState, prompts: own });
        headings += 1;
        continue;
      }
      for (const [name, lines] of (yield* splitSteps(text))?.blocks ?? []) {
        const block = entryOf(prompts, name);
        if (block !== undefined) found.set(lines, block);
        headings += 1;
        yield;
      }
    }
    // As many headings as prompts: none of them is a part of a value, and no value reaches over one.
    if (headings !== Object.keys(prompts).length) return;
    for (const [lines, block] of found) {
      blocks.set(lines, block);
      yield;
    }
  }

  return {
    steps,
    learn,
    read: (files, home) => takeAll(steps(files, home)),
    cut: (text) => takeAll(readMain(text))?.cut,
    blocks(lines) {
      const name = lines.slice("  ".length, lines.indexOf(":"));
      const known = blocks.get(lines); // lines that were one block before are one again
      if (known !== undefined)
        return Object.assign(Object.create(null), { [name]: known }) as ById<PromptState>;
      const cut = splitState(section + lines);
      return cut === undefined || cut.below !== "" ? undefined : takeAll(blocksOf(cut.blocks));
    },
  };
}

/** What a prompt's own file is known by. */
function idOf({ prompt = "", text }: StateFile): string {
  return `${prompt}\0${text}`;
}

/** Code units; below this no text can hold more keys than a state may have. */
const lengthForPieces = 3_000_000;
