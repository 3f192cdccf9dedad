import { isPromptSyncError, type PromptSyncError } from "../../core/errors.js";
import type { Place } from "../../core/finding.js";
import { readTemplate, type ParseOptions, type Reference, type Use } from "../../template/index.js";
import type { VersionFile, World } from "../rule.js";
import { placeInBlock } from "./place-in-block.js";

/** One template of a version: its body or a variant's content, and what can be said without rendering it. */
export interface BodyText {
  /** `body`, or the JSON pointer of the variant's content. */
  readonly part: string;
  /** Why it does not parse. */
  readonly problem?: PromptSyncError;
  readonly uses: readonly Use[];
  readonly references: readonly Reference[];
  /** Every include was found and parses, so that `uses` has all there are. */
  readonly isComplete: boolean;
  /** Where a place of the template stands in the file. */
  readonly locate: (at: {
    readonly line?: number | undefined;
    readonly column?: number | undefined;
  }) => Place;
}

const known = new WeakMap<World, WeakMap<VersionFile, readonly BodyText[]>>();

/** The templates of a version, parsed once for all rules; none when its front-matter cannot be used. */
export function bodiesOf(world: World, file: VersionFile): readonly BodyText[] {
  const cache = known.get(world) ?? new WeakMap<VersionFile, readonly BodyText[]>();
  known.set(world, cache);
  const bodies = cache.get(file) ?? readBodies(file, world.template);
  cache.set(file, bodies);
  return bodies;
}

function readBodies(file: VersionFile, options: ParseOptions = {}): readonly BodyText[] {
  const { prompt, bodyLine, text } = file;
  if (prompt === undefined) return [];
  const body: BodyText = {
    part: "body",
    ...analyse(prompt.body, options),
    locate: ({ line = 1, column = 1 }) => ({ line: bodyLine - 1 + line, column }),
  };
  const variants = (prompt.frontMatter.variants ?? []).map(({ content }, index): BodyText => ({
    part: `/variants/${index}/content`,
    ...analyse(content, options),
    locate: (at) => placeInBlock(text, file.locate(["variants", index, "content"]), at),
  }));
  return [body, ...variants];
}

type Analysis = Pick<BodyText, "problem" | "uses" | "references" | "isComplete">;

function analyse(text: string, options: ParseOptions): Analysis {
  try {
    return usesIn(text, options);
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    return { problem: error, uses: [], references: [], isComplete: false };
  }
}

function usesIn(text: string, options: ParseOptions): Analysis {
  const { load, ...alone } = options;
  try {
    const { uses, references } = readTemplate(text, options);
    return { uses, references, isComplete: references.every(({ found, optional }) => found || optional) };
  } catch (error) {
    if (!isPromptSyncError(error) || load === undefined) throw error;
    return { ...usesIn(text, alone), isComplete: false }; // an include does not parse: its own version tells
  }
}
