import { comparerOf } from "../compare/index.js";
import type { Comparison } from "../core/bump.js";
import type { Config } from "../core/config.js";
import type { Prompt } from "../core/prompt.js";
import type { ParseOptions } from "../template/index.js";

/**
 * Compares versions as the settings ask for it: one answer for push, diff, renumber and validate. `template` says how
 * templates are parsed and finds those that are included.
 */
export function comparison(
  { bump, rules }: Pick<Config, "bump" | "rules">,
  template: ParseOptions,
): (before: Prompt, after: Prompt) => Comparison {
  const reader = rules.profile === "strict" ? ({ reader: "exact" } as const) : {};
  return comparerOf({ ...bump, ...reader, template });
}
