import type { Place } from "../finding.js";
import { readState, type StateFile, type StateText } from "./read-state.js";
import { findBlocks, findSection } from "./split-state.js";
import { createStateReader } from "./state-reader.js";
import { emptyState, entryOf, type PromptState, type State } from "./state.js";

/** What of a state is read. */
export interface StateRequest {
  /** The registry's own file, if there is one, and the prompts' own files. */
  readonly files: readonly StateFile[];
  /** The path of the registry's own file, whether it exists or not. */
  readonly home: string;
  /** The prompts whose blocks are read. */
  readonly names: Iterable<string>;
}

/** Reads parts of states; undefined where a state has to be read as a whole. */
export type PartReader = (request: StateRequest) => StateText | undefined;

/**
 * Makes a {@link PartReader}: it reads what a state says of some prompts and of all, as `readState` would, and does not
 * look at the blocks of the others. Undefined where a text is not in the canonical layout, or has a problem in what is
 * read. What was read before is the same object again.
 */
export function createPartReader(): PartReader {
  const reader = createStateReader();
  const known = new Map<string, State | undefined>();
  const around = (text: string, home: string): State | undefined => {
    if (known.has(text)) return known.get(text);
    const { state, problems } = readState([{ path: home, text }], home);
    const read = problems.length === 0 && state.prompts === undefined ? state : undefined;
    known.set(text, read);
    return read;
  };
  return ({ files, home, names }) => {
    const main = files.find(({ prompt }) => prompt === undefined);
    const section = main && findSection(main.text);
    if (main !== undefined && section === undefined) return undefined;
    const state = section === undefined ? emptyState : around(section.above + section.below, home);
    const found = main && section ? findBlocks(main.text, section, names) : new Map<string, never>();
    if (state === undefined || found === undefined) return undefined;
    const prompts = Object.create(null) as Record<string, PromptState>;
    const blocks = new Map<string, Block>();
    for (const [name, { from, to }] of found) {
      const lines = main?.text.slice(from, to) ?? "";
      blocks.set(name, { lines, start: from });
      const block = entryOf(reader.blocks(lines), name);
      if (block === undefined) return undefined;
      prompts[name] = block;
    }
    for (const file of files) {
      if (file.prompt === undefined) continue;
      const { state: own, problems } = reader.read([file], home);
      const block = problems.length === 0 ? entryOf(own.prompts, file.prompt) : undefined;
      if (block === undefined || entryOf(prompts, file.prompt) !== undefined) return undefined;
      prompts[file.prompt] = block;
    }
    return {
      state: { ...state, prompts },
      problems: [],
      files,
      fileOf: (prompt) => files.find((file) => file.prompt === prompt)?.path ?? home,
      locate: locator(files, home, blocks),
    };
  };
}

interface Block {
  readonly lines: string;
  /** Where it begins in the whole text. */
  readonly start: number;
}

const linesAbove = "schema: promptsync/v1\nprompts:\n";

/** The block of a prompt as a state text of its own. */
function blockAlone(lines: string, path: string): StateText {
  return readState([{ path, text: linesAbove + lines }], path);
}

/** Finds places in the block of a prompt by its lines alone, and all others in the whole texts. */
function locator(
  files: readonly StateFile[],
  home: string,
  blocks: ReadonlyMap<string, Block>,
): StateText["locate"] {
  const main = files.find(({ prompt }) => prompt === undefined);
  const read = new Map<string, StateText>();
  let whole: StateText | undefined;
  return (path, part) => {
    const name = String(path[1]);
    const block = path[0] === "prompts" && path.length > 1 ? blocks.get(name) : undefined;
    if (block === undefined || main === undefined)
      return (whole ??= readState(files, home)).locate(path, part);
    const alone = read.get(name) ?? blockAlone(block.lines, main.path);
    read.set(name, alone);
    const before = main.text.slice(0, block.start).split("\n").length - linesAbove.split("\n").length;
    return moved(alone.locate(path, part), before);
  };
}

function moved<At extends Place>(place: At, lines: number): At {
  const end = place.endLine === undefined ? {} : { endLine: place.endLine + lines };
  return { ...place, line: place.line + lines, ...end };
}
