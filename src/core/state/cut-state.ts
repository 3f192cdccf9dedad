import { findBlocks, findSection, splitState } from "./split-state.js";

/** A state text around the blocks of some prompts. */
export interface StateCut {
  /** The text with the blocks of all other prompts taken out. */
  readonly text: string;
  /** The whole text with what was made of these blocks; undefined when anything else was made. */
  readonly put: (edited: string) => string | undefined;
}

/**
 * Cuts the blocks of some prompts out of a state text, with what holds for all; undefined where a seam is not certain.
 * The other blocks are not looked at: a mistake inside one of them does not change what is said of these.
 */
export function cutState(text: string, names: Iterable<string>): StateCut | undefined {
  const section = findSection(text);
  const blocks = section && findBlocks(text, section, names);
  if (section === undefined || blocks === undefined) return undefined;
  const { above, below } = section;
  const ranges = [...blocks].sort(([, a], [, b]) => a.from - b.from);
  const own = ranges.map(([, { from, to }]) => text.slice(from, to)).join("");
  const put = (edited: string): string | undefined => {
    const made = splitState(edited);
    if (made?.above !== above || made.below !== below || made.blocks.size !== ranges.length) return undefined;
    let whole = "";
    let behind = 0;
    for (const [name, { from, to }] of ranges) {
      const block = made.blocks.get(name);
      if (block === undefined) return undefined;
      whole += text.slice(behind, from) + block;
      behind = to;
    }
    return whole + text.slice(behind);
  };
  return { text: own === "" ? above + below : `${above}prompts:\n${own}${below}`, put };
}
