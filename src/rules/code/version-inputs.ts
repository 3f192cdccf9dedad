import { contractOf, namesIn, propertiesOf } from "../../compare/contract.js";
import { factsOf } from "../../compare/facts-of.js";
import type { Prompt } from "../../core/prompt.js";
import { isJsonObject } from "../../core/json.js";

/** What callers of one version have to pass, and may. */
export interface VersionInputs {
  /** Required, and without a default in the file. */
  readonly required: readonly string[];
  readonly known: readonly string[];
  /** Whether variables of other names are taken too. */
  readonly isOpen: boolean;
}

/** The inputs of a version: what its schema declares, else what its templates use. Undefined when those do not parse. */
export function versionInputs(prompt: Prompt): VersionInputs | undefined {
  const facts = factsOf(prompt);
  const { declared, given } = contractOf(prompt, facts).input;
  if (!declared && facts.problem !== undefined) return undefined;
  const { additionalProperties: others } = given;
  return {
    required: namesIn(given.required),
    known: Object.keys(propertiesOf(given)),
    isOpen: declared ? others === true || isJsonObject(others) : includes(prompt),
  };
}

/** Says whether another template, which is not read here, may use variables too. */
function includes({ body, frontMatter: { variants = [] } }: Prompt): boolean {
  return [body, ...variants.map(({ content }) => content)].some((text) =>
    /\{%[-+]?\s*(?:include|import|from|extends)\b/.test(text),
  );
}
