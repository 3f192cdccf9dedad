import type { Prompt, Variant } from "../prompt.js";
import { entryOf, type ById } from "../state/state.js";

/**
 * The variant for a caller's tags: among those all of whose tags equal the caller's, the one with the most tags,
 * the first among equals. Undefined means the body.
 */
export function chooseVariant(prompt: Prompt, tags: ById<string> = {}): Variant | undefined {
  let best: Variant | undefined;
  const size = (variant: Variant): number => Object.keys(variant.tags).length;
  for (const variant of prompt.frontMatter.variants ?? []) {
    const fits = Object.entries(variant.tags).every(([tag, value]) => entryOf(tags, tag) === value);
    if (fits && (best === undefined || size(variant) > size(best))) best = variant;
  }
  return best;
}
