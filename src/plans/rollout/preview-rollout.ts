import type { Catalog } from "../../core/catalog.js";
import { findPrompt, stateOf } from "../../core/catalog.js";
import { isPromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import { resolve } from "../../core/resolve/resolve.js";
import { isKnownAlias, requireAlias } from "../known-alias.js";

/** Whose versions are compared. */
export interface PreviewRequest {
  readonly keys: readonly string[];
  readonly alias?: string | undefined;
  readonly name?: string | undefined;
}

/** How many keys go from one version to another; null when a side serves nothing. */
export interface KeyMove {
  readonly from: string | null;
  readonly to: string | null;
  readonly keys: number;
}

/** What a change of the state means for the keys of one prompt. */
export interface PromptPreview {
  readonly prompt: string;
  readonly moved: number;
  /** The most keys first. */
  readonly moves: readonly KeyMove[];
}

/**
 * Resolves each key in two catalogs and counts the moves, by prompt; only prompts that move somebody are told, or
 * the one that is named.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `ALIAS_NOT_FOUND` when neither side has it
 */
export function previewRollout(before: Catalog, after: Catalog, request: PreviewRequest): PromptPreview[] {
  const { name, alias } = request;
  if (alias !== undefined && !isKnownAlias(before, alias)) requireAlias(after, alias);
  if (name !== undefined && !before.prompts.has(name)) findPrompt(after, name);
  const names = new Set([...before.prompts.keys(), ...after.prompts.keys()]);
  const wanted = name === undefined ? [...names].sort().filter((it) => mayDiffer(before, after, it)) : [name];
  return wanted
    .map((prompt) => previewOf(before, after, { ...request, prompt }))
    .filter(({ moved }) => moved > 0 || name !== undefined);
}

function previewOf(
  before: Catalog,
  after: Catalog,
  { prompt, alias, keys }: PreviewRequest & { readonly prompt: string },
): PromptPreview {
  const moves = new Map<string, KeyMove>();
  for (const key of keys) {
    const request = { name: prompt, key, ...(alias === undefined ? {} : { alias }) };
    const [from, to] = [servedBy(before, request), servedBy(after, request)];
    if (from === to) continue;
    const id = `${from ?? ""} ${to ?? ""}`;
    moves.set(id, { from, to, keys: (moves.get(id)?.keys ?? 0) + 1 });
  }
  const list = [...moves.values()].sort((a, b) => b.keys - a.keys);
  return { prompt, moved: list.reduce((sum, move) => sum + move.keys, 0), moves: list };
}

/** Null where a caller would get an error: the preview counts it as a move like any other. */
function servedBy(catalog: Catalog, request: Parameters<typeof resolve>[1]): string | null {
  try {
    return resolve(catalog, request).version;
  } catch (error) {
    if (isPromptSyncError(error) && error.code !== "STATE_INVALID") return null;
    throw error;
  }
}

/** Nobody moves where everything that decides is the same. */
function mayDiffer(before: Catalog, after: Catalog, name: string): boolean {
  const deciding = (catalog: Catalog): JsonValue => {
    const { emergencies, project } = catalog.state;
    const versions = catalog.prompts.get(name)?.versions.map(({ version }) => version) ?? [];
    return [stateOf(catalog, name), emergencies ?? null, project ?? null, versions] as unknown as JsonValue;
  };
  return !jsonEquals(deciding(before), deciding(after));
}
