import type { JsonObject } from "../core/json.js";
import type { Prompt } from "../core/prompt.js";
import { chooseVariant } from "../core/resolve/variant.js";
import { parseTemplate, type Limits, type Message, type ParseOptions } from "../template/index.js";
import { checkInputs, type InputOptions } from "./inputs.js";

/** What a prompt is rendered with. */
export interface RenderRequest extends InputOptions {
  readonly variables: JsonObject;
  /** The caller's tags; they choose the variant. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly template?: ParseOptions;
  readonly limits?: Partial<Limits>;
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
  const source = chooseVariant(prompt, request.tags)?.content ?? prompt.body;
  const variables = checkInputs(prompt, request.variables, request);
  const template = parseTemplate(source, request.template);
  const options = {
    undefined: request.undefined,
    ...(request.limits === undefined ? {} : { limits: request.limits }),
  };
  return { text: template.render(variables, options), messages: template.messages(variables, options) };
}
