import type { Prompt } from "../core/prompt.js";
import type { ParseOptions } from "../template/index.js";
import { contractOf, propertiesOf } from "./contract.js";
import { describeSchema } from "./describe-schema.js";
import { factsOf } from "./facts-of.js";

/** A variable of a prompt as callers see it. */
export interface Variable {
  readonly name: string;
  /** Whether callers have to give it: it is required and has no default. */
  readonly required: boolean;
  /** In a few words, such as `string` or `"formal" | "friendly"`; `anything` when it is not declared. */
  readonly type: string;
}

/** The variables of a version: those of its input schema, else those that its templates and their includes use. */
export function variablesOf(prompt: Prompt, options: ParseOptions = {}): readonly Variable[] {
  const { input } = contractOf(prompt, factsOf(prompt, options));
  return Object.entries(propertiesOf(input.written)).map(([name, schema]) => ({
    name,
    required: input.required.has(name) && !Object.hasOwn(input.defaults, name),
    type: describeSchema(schema),
  }));
}
