import { readState, type StateFile, type StateText } from "./read-state.js";
import { splitState, type StatePieces } from "./split-state.js";
import { entryOf, type ById, type PromptState, type State } from "./state.js";

/** Reads the states of many commits, which differ in few places. */
export interface StateReader {
  /** The same answer as `readState`; a part that was read before is the same object again. */
  readonly read: (files: readonly StateFile[], home: string) => StateText;
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

  const blocksOf = (cut: ReadonlyMap<string, string>): ById<PromptState> | undefined => {
    const prompts = Object.create(null) as Record<string, PromptState>;
    for (const [name, block] of cut) {
      const own = blockOf(name, block);
      if (own === undefined) return undefined;
      prompts[name] = own;
    }
    return prompts;
  };

  const readMain = (text: string): { readonly cut: StatePieces; readonly state: State } | undefined => {
    const cut = text.length > lengthForPieces ? undefined : splitState(text);
    if (cut === undefined) return undefined;
    const above = pieceOf(cut.above);
    const below = cut.below === "" ? {} : pieceOf(head + cut.below);
    if (above === undefined || below === undefined || above.prompts !== undefined) return undefined;
    const prompts = blocksOf(cut.blocks);
    if (prompts === undefined) return undefined;
    for (const key of Object.keys(below)) {
      if (key !== "schema" && (key === "prompts" || Object.hasOwn(above, key))) return undefined;
    }
    const own = cut.blocks.size === 0 ? {} : { prompts };
    return { cut, state: { ...above, ...below, schema: above.schema, ...own } };
  };

  const readPieces = (files: readonly StateFile[]): State | undefined => {
    let state: State = { schema: "promptsync/v1" };
    for (const { text } of files.filter(({ prompt }) => prompt === undefined)) {
      const main = readMain(text);
      if (main === undefined) return undefined;
      state = main.state;
    }
    for (const file of files) {
      if (file.prompt === undefined) continue;
      const own = entryOf(piece(`${file.prompt}\0${file.text}`, file)?.prompts, file.prompt);
      if (own === undefined || entryOf(state.prompts, file.prompt) !== undefined) return undefined;
      const prompts: Record<string, PromptState> = Object.assign(Object.create(null), state.prompts);
      prompts[file.prompt] = own;
      state = { ...state, prompts };
    }
    return state;
  };

  return {
    cut: (text) => readMain(text)?.cut,
    blocks(lines) {
      const name = lines.slice("  ".length, lines.indexOf(":"));
      const known = blocks.get(lines); // lines that were one block before are one again
      if (known !== undefined)
        return Object.assign(Object.create(null), { [name]: known }) as ById<PromptState>;
      const cut = splitState(section + lines);
      return cut === undefined || cut.below !== "" ? undefined : blocksOf(cut.blocks);
    },
    read(files, home) {
      const state = readPieces(files);
      if (state !== undefined) {
        return {
          state,
          problems: [],
          files,
          fileOf: (prompt) => files.find((file) => file.prompt === prompt)?.path ?? home,
          locate: (path, part) => readState(files, home).locate(path, part),
        };
      }
      const id = files.map(({ path, text }) => `${path}\0${text}`).join("\0");
      const known = wholes.get(id) ?? readState(files, home);
      wholes.set(id, known);
      return known;
    },
  };
}

/** Code units; below this no text can hold more keys than a state may have. */
const lengthForPieces = 3_000_000;
