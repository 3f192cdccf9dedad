import { comparePrompts } from "../compare/index.js";
import type { Comparison } from "../core/bump.js";
import type { Config } from "../core/config.js";
import type { Prompt } from "../core/prompt.js";
import { templateOptions } from "./template-options.js";

/**
 * Compares versions as the settings ask for it: one answer for push, diff and validate. `load` finds the template of
 * an included version by `tone@1.0.0`.
 */
export function comparison(
  { bump, engine, rules }: Pick<Config, "bump" | "engine" | "rules">,
  load: (name: string) => string | null,
): (before: Prompt, after: Prompt) => Comparison {
  const options = {
    ...bump,
    ...(rules.profile === "strict" ? ({ reader: "exact" } as const) : {}),
    template: { ...templateOptions(engine), load },
  };
  return (before, after) => comparePrompts(before, after, options);
}
