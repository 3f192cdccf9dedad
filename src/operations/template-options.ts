import type { Config } from "../core/config.js";
import type { ParseOptions } from "../template/index.js";

/** How the settings ask for templates to be parsed. */
export function templateOptions({
  trimBlocks,
  lstripBlocks,
  keepTrailingNewline,
  source: sourceLimit,
}: Config["engine"]): ParseOptions {
  const options = { trimBlocks, lstripBlocks, keepTrailingNewline, sourceLimit };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
