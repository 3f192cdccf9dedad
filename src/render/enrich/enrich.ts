import { isPromptSyncError, PromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonObject, type JsonValue } from "../../core/json.js";

/** What a prompt is about to be rendered with. */
export interface RenderContext {
  readonly variables: JsonObject;
  /** The tags that choose the variant. */
  readonly tags: Readonly<Record<string, string>>;
}

/** One step before rendering: it returns a new context and changes nothing else. */
export interface Enricher {
  /** What the explanation calls it. */
  readonly name: string;
  readonly enrich: (context: RenderContext) => RenderContext | Promise<RenderContext>;
}

/** What a step did, for the explanation. */
export interface EnrichmentStep {
  readonly name: string;
  /** The variables and tags that it set or changed: `user`, `tags.time_of_day`. */
  readonly set: readonly string[];
}

/**
 * Runs the steps in order, each on what the one before returned.
 * @throws PromptSyncError `ENRICHER_FAILED` naming the step; errors of ours pass as they are
 */
export async function enrich(
  context: RenderContext,
  enrichers: readonly Enricher[],
): Promise<{ readonly context: RenderContext; readonly steps: readonly EnrichmentStep[] }> {
  const steps: EnrichmentStep[] = [];
  let current = context;
  for (const { name, enrich: step } of enrichers) {
    const next = await run(name, step, current);
    const variables = differing(current.variables, next.variables);
    const tags = differing(current.tags, next.tags).map((tag) => `tags.${tag}`);
    steps.push({ name, set: [...variables, ...tags] });
    current = next;
  }
  return { context: current, steps };
}

async function run(name: string, step: Enricher["enrich"], context: RenderContext): Promise<RenderContext> {
  try {
    return await step(context);
  } catch (cause) {
    if (isPromptSyncError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PromptSyncError("ENRICHER_FAILED", `the enricher \`${name}\` threw: ${why}`, {
      hint: "an enricher returns a context; it does its own error handling",
      cause,
    });
  }
}

function differing(before: JsonObject, after: JsonObject): string[] {
  const value = (map: JsonObject, key: string): JsonValue | undefined =>
    Object.hasOwn(map, key) ? map[key] : undefined;
  return Object.keys(after).filter((key) => !jsonEquals(value(before, key), value(after, key)));
}
