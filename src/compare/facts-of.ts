import { isPromptSyncError } from "../core/errors.js";
import type { Prompt } from "../core/prompt.js";
import { readTemplate, type ParseOptions, type TemplateReading } from "../template/index.js";
import type { TemplateFacts } from "./template-facts.js";

/**
 * Reads the facts of a prompt's templates. What its variants need counts as well: a caller does not know which body
 * the tags will choose. A template that does not parse is no reason to fail; the facts say that it does not.
 */
export function factsOf({ body, frontMatter }: Prompt, options: ParseOptions = {}): TemplateFacts {
  const texts = [body, ...(frontMatter.variants ?? []).map(({ content }) => content)];
  try {
    const templates = texts.map((text) => readTemplate(text, options));
    return {
      variables: variablesOf(templates),
      kind: templates[0]?.kind ?? "text",
      roles: rolesOf(body),
      text: body,
    };
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    const variables = { required: [], optional: [], paths: [] };
    return { variables, kind: "text", roles: [], text: body, problem: error.message };
  }
}

function variablesOf(templates: readonly TemplateReading[]): TemplateFacts["variables"] {
  const all = templates.map(({ variables }) => variables);
  const required = new Set(all.flatMap((variables) => variables.required));
  const optional = new Set(all.flatMap((variables) => variables.optional));
  const reads = templates.flatMap(({ uses }) => uses).filter(({ pathGuarded }) => !pathGuarded);
  return {
    required: [...required],
    optional: [...optional].filter((name) => !required.has(name)),
    paths: [...new Set(reads.map(({ path }) => path))].filter((path) => /[.[]/.test(path)),
  };
}

/** The roles of the message blocks, in the order they stand in the source. */
function rolesOf(body: string): readonly string[] {
  const blocks = body.matchAll(/\{%[-+]?\s*message\s[^%]*?role\s*=\s*["'](\w+)["']/g);
  return [...blocks].map(([, role = ""]) => role);
}
