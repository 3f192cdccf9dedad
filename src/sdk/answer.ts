import { resolve } from "../core/resolve/resolve.js";
import type { Resolution, ResolveRequest } from "../core/resolve/resolution.js";
import { chooseVariant } from "../core/resolve/variant.js";
import type { EnrichmentStep, RenderContext } from "../render/enrich/enrich.js";
import { parseTemplate } from "../template/index.js";
import { explain, type Explanation, type Origin } from "./explanation.js";
import { servedParts, servedPrompt, type ServedPrompt } from "./served-prompt.js";
import type { Answering, LoadedVersion } from "./snapshot/loaded-version.js";

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
 * Answers from memory alone; the id of the version when that is not there.
 * @throws PromptSyncError what {@link answer} throws, except for what reading throws
 */
export function answerNow(origin: Origin, request: ResolveRequest, asking: Asking): ServedPrompt | string {
  const resolution = resolve(origin.snapshot.catalog, request);
  const id = `${resolution.name}@${resolution.version}`;
  const version = origin.snapshot.find(id);
  return version === undefined ? id : serve(version, resolution, origin, asking);
}

function serve(
  version: LoadedVersion,
  resolution: Resolution,
  origin: Origin,
  { answering, prepared }: Asking,
): ServedPrompt {
  const { context, steps } = prepared;
  const parts = version.parts(chooseVariant(version.usable, context.tags), answering);
  const { deprecated } = resolution;
  const told = { deprecated, explanation: explain(resolution, origin, steps) };
  return servedPrompt(parts, told, steps.length === 0 ? parts : parts.renderingWith(context.variables));
}

/** Answers with the caller's own text; `error` is why. */
export function answerWithText(
  name: string,
  text: string,
  { error, rendering, parsing }: Answering & { readonly error: NonNullable<Explanation["error"]> },
): ServedPrompt {
  const parts = servedParts({
    prompt: { name, version: "fallback", frontMatter: {}, body: text },
    template: parseTemplate(text, parsing),
    ...{ version: null, variant: null, digest: null },
    rendering,
  });
  const explanation = {
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
  } as const;
  return servedPrompt(parts, { deprecated: null, explanation });
}
