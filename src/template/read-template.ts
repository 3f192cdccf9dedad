import type { ParseOptions } from "./store.js";
import { parseTemplate, type Template } from "./template.js";

/** What a template says without being rendered. */
export type TemplateReading = Pick<Template, "kind" | "variables" | "uses" | "references">;

const known = new WeakMap<ParseOptions, Map<string, TemplateReading>>();

/**
 * Reads what a template says; once for all who ask with the same options, an object that never changes and finds the
 * same included templates as long as it lives.
 * @throws PromptSyncError what {@link parseTemplate} throws, of the template or of one that it includes
 */
export function readTemplate(text: string, options: ParseOptions): TemplateReading {
  const readings = known.get(options) ?? new Map<string, TemplateReading>();
  known.set(options, readings);
  const reading = readings.get(text) ?? readingOf(parseTemplate(text, options));
  readings.set(text, reading);
  return reading;
}

/** The tree is not held: it takes many times what it says. */
function readingOf({ kind, variables, uses, references }: Template): TemplateReading {
  return { kind, variables, uses, references };
}
