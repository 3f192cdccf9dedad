import type { Comparison } from "../core/bump.js";
import type { Prompt } from "../core/prompt.js";
import type { ParseOptions } from "../template/index.js";
import { compareContracts, type CompareOptions } from "./compare-contracts.js";
import { contractOf } from "./contract.js";
import { factsOf } from "./facts-of.js";

export { compareContracts, type CompareOptions } from "./compare-contracts.js";
export { contractOf, type Contract } from "./contract.js";
export { factsOf } from "./facts-of.js";
export { requiredStep } from "./required-step.js";
export type { TemplateFacts } from "./template-facts.js";

/** Compares two versions of a prompt: what push, diff and validate ask, so that they give one answer. */
export function comparePrompts(
  before: Prompt,
  after: Prompt,
  options: CompareOptions & { readonly template?: ParseOptions } = {},
): Comparison {
  const contract = (prompt: Prompt) => contractOf(prompt, factsOf(prompt, options.template));
  return compareContracts(contract(before), contract(after), options);
}
