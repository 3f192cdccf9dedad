import { partsOfId } from "./prompt-id.js";
import type { ServedPrompt } from "./served-prompt.js";

/** What a call to a model is tagged with. */
export interface TrackingRequest {
  /** The prompt that was served: everything of its explanation that is worth a tag. */
  readonly prompt?: Pick<ServedPrompt, "id" | "explanation">;
  /** `name@version`, where only the id is at hand. */
  readonly promptId?: string;
  /** The application's own tags; nested objects are flattened with dots. Ours come first when there are too many. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The bounds of OpenAI's `metadata`, the narrowest of the providers: https://platform.openai.com/docs/api-reference/responses/create */
const most = { pairs: 16, key: 64, value: 512 }; // entries, characters, characters

/**
 * Tags for the metadata field of a provider: flat, all values texts, at most 16 of them, keys of at most 64 and values
 * of at most 512 characters. Names are those of OpenTelemetry where it has one.
 */
export function trackingMetadata(
  { prompt, promptId = "", context = {} }: TrackingRequest,
  commit: string | null,
): Readonly<Record<string, string>> {
  const id = String(prompt?.id ?? promptId);
  const { name, version } = partsOfId(id);
  const { alias, rule, reason, arm, catalog } = prompt?.explanation ?? {};
  const tags: [string, unknown][] = [
    ["gen_ai.prompt.name", name],
    ["gen_ai.prompt.version", version],
    ["promptsync.alias", alias],
    ["promptsync.rule", rule],
    ["promptsync.reason", reason],
    ["promptsync.arm", arm],
    ["promptsync.commit", catalog === undefined ? commit : catalog.commit],
    ...tagsOf(context),
  ];
  const kept = new Map<string, string>();
  for (const [key, value] of tags) {
    const text = textOf(value);
    const short = cut(key, most.key);
    if (text !== undefined && kept.size < most.pairs && !kept.has(short))
      kept.set(short, cut(text, most.value));
  }
  return Object.fromEntries(kept);
}

/** The application's tags; a context that cannot be read has none: no tag is worth a failed call. */
function tagsOf(context: unknown): [string, unknown][] {
  try {
    return typeof context === "object" && context !== null ? flattened(context, "", 0) : [];
  } catch {
    return [];
  }
}

function flattened(value: object, prefix: string, depth: number): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, unknown][] => {
    const name = `${prefix}${key}`;
    const isMap =
      typeof inner === "object" && inner !== null && !Array.isArray(inner) && !(inner instanceof Date);
    return isMap && depth < 4 ? flattened(inner, `${name}.`, depth + 1) : [[name, inner]];
  });
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || typeof value === "function") return undefined;
  if (typeof value === "string") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // it refers to itself
  }
}

/** At most so many characters, never half of one. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
