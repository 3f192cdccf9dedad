import type { Config } from "../core/config.js";
import type { Limits, ParseOptions } from "../template/index.js";

/** How the settings ask for templates to be parsed; `load` finds the one of an included version by `tone@1.0.0`. */
export function templateOptions(
  { trimBlocks, lstripBlocks, keepTrailingNewline, source: sourceLimit }: Config["engine"],
  load?: ParseOptions["load"],
): ParseOptions {
  const options = { trimBlocks, lstripBlocks, keepTrailingNewline, sourceLimit, load };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** What the settings let a render cost. */
export function renderLimits({
  operations,
  output,
  depth,
  milliseconds,
  includes,
}: Config["engine"]): Partial<Limits> {
  const limits = { operations, output, depth, milliseconds, includes };
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), now: () => performance.now() };
}
