import type { Comparison } from "../core/bump.js";
import type { Prompt } from "../core/prompt.js";
import type { ParseOptions } from "../template/index.js";
import { compareContracts, type CompareOptions } from "./compare-contracts.js";
import { contractOf, type Contract } from "./contract.js";
import { factsOf } from "./facts-of.js";

export { compareContracts, type CompareOptions } from "./compare-contracts.js";
export { contractOf, type Contract } from "./contract.js";
export { factsOf } from "./facts-of.js";
export { requiredStep } from "./required-step.js";
export type { TemplateFacts } from "./template-facts.js";

/** How prompts are compared. */
export type ComparePromptsOptions = CompareOptions & { readonly template?: ParseOptions };

/** Compares two versions of a prompt: what push, diff and validate ask, so that they give one answer. */
export function comparePrompts(
  before: Prompt,
  after: Prompt,
  options: ComparePromptsOptions = {},
): Comparison {
  return comparerOf(options)(before, after);
}

/** Compares many versions as {@link comparePrompts} does; what each of them promises is read once. */
export function comparerOf(options: ComparePromptsOptions): (before: Prompt, after: Prompt) => Comparison {
  const contracts = new WeakMap<Prompt, Contract>();
  const contract = (prompt: Prompt): Contract => {
    const known = contracts.get(prompt) ?? contractOf(prompt, factsOf(prompt, options.template));
    contracts.set(prompt, known);
    return known;
  };
  return (before, after) => compareContracts(contract(before), contract(after), options);
}
