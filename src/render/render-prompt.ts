import type { JsonObject } from "../core/json.js";
import type { Prompt } from "../core/prompt.js";
import { chooseVariant } from "../core/resolve/variant.js";
import {
  parseTemplate,
  type Limits,
  type Message,
  type ParseOptions,
  type Template,
  type RenderOptions,
} from "../template/index.js";
import { checkInputs, type InputOptions } from "./inputs.js";

/** The variables of one render, and how strictly and how far it goes. */
export interface RenderInput extends InputOptions {
  readonly variables: JsonObject;
  readonly limits?: Partial<Limits>;
}

/** What a prompt is rendered with. */
export interface RenderRequest extends RenderInput {
  /** The caller's tags; they choose the variant. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly template?: ParseOptions;
}

/** A rendered prompt: the text, and the same as messages. */
export interface Rendered {
  readonly text: string;
  readonly messages: readonly Message[];
}

/**
 * Renders the body of a prompt, or the variant that the tags choose.
 * @throws PromptSyncError `VARIABLE_INVALID`, `TEMPLATE_SYNTAX`, `TEMPLATE_UNDEFINED`, `TEMPLATE_TYPE`,
 * `TEMPLATE_LIMIT`, `TEMPLATE_INCLUDE`
 */
export function renderPrompt(prompt: Prompt, request: RenderRequest): Rendered {
  const template = parseTemplate(templateOf(prompt, request.tags), request.template);
  return { text: renderText(prompt, template, request), messages: renderMessages(prompt, template, request) };
}

/** The template that a caller's tags choose: a variant's, else the body. */
export function templateOf(prompt: Prompt, tags: RenderRequest["tags"]): string {
  return chooseVariant(prompt, tags)?.content ?? prompt.body;
}

/** Renders a parsed template of a prompt as text; throws what {@link renderPrompt} throws. */
export function renderText(prompt: Prompt, template: Template, input: RenderInput): string {
  return template.render(checkInputs(prompt, input.variables, input), optionsOf(input));
}

/** Renders a parsed template of a prompt as messages; throws what {@link renderPrompt} throws. */
export function renderMessages(prompt: Prompt, template: Template, input: RenderInput): readonly Message[] {
  return template.messages(checkInputs(prompt, input.variables, input), optionsOf(input));
}

function optionsOf({ undefined: mode, limits }: RenderInput): RenderOptions {
  return { undefined: mode, ...(limits === undefined ? {} : { limits }) };
}
