import { deepFreeze, isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { toJsonSchema } from "../core/picoschema.js";
import type { Prompt, Tool } from "../core/prompt.js";
import type { Deprecation } from "../core/state/state.js";
import { renderMessages, renderText, type RenderInput } from "../render/render-prompt.js";
import type { Limits, Message, Template } from "../template/index.js";
import type { Explanation } from "./explanation.js";
import { fallbackVersion } from "./prompt-id.js";
import type { RenderArguments } from "./registry-types.js";

/** A version that was served: what to render, and what to call the model with. It never changes. */
export interface ServedPrompt<Variables = Readonly<Record<string, unknown>>> {
  /** `customer_support@1.2.0`; `customer_support@fallback` for the caller's own text. */
  readonly id: string;
  readonly name: string;
  /** Null for the caller's own text. */
  readonly version: string | null;
  /** `sha256:…` of the stored text; null for the caller's own text. */
  readonly digest: string | null;
  /** The tags of the chosen variant; null for the body. */
  readonly variant: Readonly<Record<string, string>> | null;
  /** Whether it has messages of its own. */
  readonly kind: "chat" | "text";
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly model: string | undefined;
  /** Settings for the provider, as the version has them. */
  readonly config: JsonObject;
  readonly tools: readonly (string | ServedTool)[];
  readonly toolChoice: string | undefined;
  readonly output: ServedOutput;
  readonly metadata: JsonObject;
  /** What the registry says of a version at the end of its life. */
  readonly deprecated: Deprecation | null;
  readonly explanation: Explanation;
  /**
   * The text that a model would get. Throws `VARIABLE_INVALID`, `TEMPLATE_UNDEFINED`, `TEMPLATE_TYPE`,
   * `TEMPLATE_LIMIT`: a variable that is missing is an error that names it.
   */
  readonly format: (...given: RenderArguments<Variables>) => string;
  /** The same as messages; a text prompt is one message of the user. Throws what `format` throws. */
  readonly messages: (...given: RenderArguments<Variables>) => readonly Message[];
}

/** What the version says of the answer. */
export interface ServedOutput {
  readonly format: "text" | "json";
  /** JSON Schema; undefined when the version has none. */
  readonly schema: JsonObject | undefined;
  readonly strict: boolean;
}

/** A tool with its schemas as JSON Schema. */
export interface ServedTool extends Omit<Tool, "inputSchema" | "outputSchema"> {
  readonly inputSchema?: JsonObject;
  readonly outputSchema?: JsonObject;
}

/** How the manager renders. */
export interface Rendering {
  readonly undefined: RenderInput["undefined"];
  readonly limits?: Partial<Limits>;
}

/** What a served prompt is made of. */
export interface Serving {
  readonly prompt: Prompt;
  readonly template: Template;
  /** Null for the caller's own text. */
  readonly version: string | null;
  readonly variant: Readonly<Record<string, string>> | null;
  readonly digest: string | null;
  readonly rendering: Rendering;
}

/** What all answers with one version and variant have in common: everything but who asked. */
export interface ServedParts extends Omit<ServedPrompt, "deprecated" | "explanation"> {
  /** Renders with variables that enrichers set; the caller's own come before them. */
  readonly renderingWith: (variables: JsonObject) => Pick<ServedPrompt, "format" | "messages">;
}

/** Makes what answers have in common. Many callers get the same parts, so nobody can change them. */
export function servedParts({ prompt, template, version, digest, variant, rendering }: Serving): ServedParts {
  const { frontMatter: facts, name } = prompt;
  const { format = "text", schema, strict = false } = facts.output ?? {};
  const renderingWith = (variables: JsonObject): Pick<ServedPrompt, "format" | "messages"> => {
    const input = (given: Readonly<Record<string, unknown>> | undefined): RenderInput => ({
      ...rendering,
      variables: Object.assign(Object.create(null) as JsonObject, variables, given),
    });
    return {
      format: (given) => renderText(prompt, template, input(given)),
      messages: (given) => renderMessages(prompt, template, input(given)),
    };
  };
  return deepFreeze({
    id: `${name}@${version ?? fallbackVersion}`,
    name,
    version,
    digest,
    variant,
    kind: template.kind,
    title: facts.title,
    description: facts.description,
    tags: facts.tags ?? [],
    model: facts.model,
    config: facts.config ?? {},
    tools: (facts.tools ?? []).map((tool) => (typeof tool === "string" ? tool : servedTool(tool))),
    toolChoice: facts.toolChoice,
    output: { format, schema: schemaOf(schema), strict },
    metadata: facts.metadata ?? {},
    ...renderingWith({}),
    renderingWith,
  });
}

/** The answer for a caller. Written out: in a call that takes no time, spreading an object takes most of it. */
export function servedPrompt(
  parts: ServedParts,
  { deprecated, explanation }: Pick<ServedPrompt, "deprecated" | "explanation">,
  { format, messages }: Pick<ServedPrompt, "format" | "messages"> = parts,
): ServedPrompt {
  return {
    id: parts.id,
    name: parts.name,
    version: parts.version,
    digest: parts.digest,
    variant: parts.variant,
    deprecated,
    explanation,
    kind: parts.kind,
    title: parts.title,
    description: parts.description,
    tags: parts.tags,
    model: parts.model,
    config: parts.config,
    tools: parts.tools,
    toolChoice: parts.toolChoice,
    output: parts.output,
    metadata: parts.metadata,
    format,
    messages,
  };
}

function servedTool({ inputSchema, outputSchema, ...tool }: Tool): ServedTool {
  const input = schemaOf(inputSchema);
  const output = schemaOf(outputSchema);
  return {
    ...tool,
    ...(input === undefined ? {} : { inputSchema: input }),
    ...(output === undefined ? {} : { outputSchema: output }),
  };
}

function schemaOf(schema: JsonValue | undefined): JsonObject | undefined {
  if (schema === undefined) return undefined;
  const translated = toJsonSchema(schema).schema;
  return isJsonObject(translated) ? translated : undefined;
}
