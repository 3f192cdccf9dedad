import { PromptSyncError } from "../core/errors.js";
import type { JsonObject } from "../core/json.js";
import { resolve } from "../core/resolve/resolve.js";
import type { Resolution, ResolveRequest } from "../core/resolve/resolution.js";
import { chooseVariant } from "../core/resolve/variant.js";
import type { EnrichmentStep, RenderContext } from "../render/enrich/enrich.js";
import { templateOf } from "../render/render-prompt.js";
import { parseTemplate, type ParseOptions } from "../template/index.js";
import { explain, type Explanation, type Origin } from "./explanation.js";
import { servedPrompt, type Rendering, type ServedPrompt } from "./served-prompt.js";
import type { LoadedVersion } from "./snapshot/loaded-version.js";

/** How answers are made. */
export interface Answering {
  readonly rendering: Rendering;
  readonly parsing: ParseOptions;
}

/** What enrichers made of a call. */
export interface Prepared {
  readonly context: RenderContext;
  readonly steps: readonly EnrichmentStep[];
}

/** What a call brings to its answer. */
interface Asking {
  readonly answering: Answering;
  readonly prepared: Prepared;
}

/**
 * Answers from what is held, reading the version if it must.
 * @throws PromptSyncError what `resolve` throws, what reading throws, `PROMPT_INVALID`, `TEMPLATE_SYNTAX`, …
 */
export async function answer(
  origin: Origin,
  request: ResolveRequest,
  asking: Asking & { readonly signal: AbortSignal },
): Promise<ServedPrompt> {
  const resolution = resolve(origin.snapshot.catalog, request);
  const version = await origin.snapshot.version(resolution.name, resolution.version, asking.signal);
  return serve(version, resolution, origin, asking);
}

/**
 * Answers from memory alone.
 * @throws PromptSyncError `NOT_READY` when the version is not in memory, and what {@link answer} throws
 */
export function answerNow(origin: Origin, request: ResolveRequest, asking: Asking): ServedPrompt {
  const resolution = resolve(origin.snapshot.catalog, request);
  const id = `${resolution.name}@${resolution.version}`;
  const version = origin.snapshot.find(id);
  if (version !== undefined) return serve(version, resolution, origin, asking);
  throw new PromptSyncError("NOT_READY", `\`${id}\` is not in memory`, {
    hint: `\`await prompts.prefetch(["${id}"])\` first, or \`await prompts.getPrompt(…)\``,
  });
}

function serve(
  version: LoadedVersion,
  resolution: Resolution,
  origin: Origin,
  { answering, prepared }: Asking,
): ServedPrompt {
  const prompt = version.usable;
  const { tags, variables } = prepared.context;
  return servedPrompt({
    prompt,
    template: version.template(templateOf(prompt, tags), answering.parsing),
    variant: chooseVariant(prompt, tags)?.tags ?? null,
    digest: version.digest,
    deprecated: resolution.deprecated,
    explanation: explain(resolution, origin, prepared.steps),
    rendering: answering.rendering,
    variables,
  });
}

const nothing: JsonObject = Object.freeze({});

/** Answers with the caller's own text; `error` is why. */
export function answerWithText(
  name: string,
  text: string,
  { error, rendering, parsing }: Answering & { readonly error: NonNullable<Explanation["error"]> },
): ServedPrompt {
  return servedPrompt({
    prompt: { name, version: "fallback", frontMatter: {}, body: text },
    template: parseTemplate(text, parsing),
    variant: null,
    digest: null,
    deprecated: null,
    explanation: {
      version: null,
      alias: null,
      reason: "ERROR",
      rule: "fallback",
      arm: null,
      bucket: null,
      trail: [{ step: "fallback", matched: true, detail: `the caller's text, because ${error.message}` }],
      catalog: { commit: null, tree: null },
      source: "fallback",
      ageMs: 0,
      enriched: [],
      error,
    },
    rendering,
    variables: nothing,
  });
}
