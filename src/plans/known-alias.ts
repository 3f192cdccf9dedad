import { findPrompt, stateOf, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { armsOf } from "../core/state/arms.js";
import { entryOf, type Arm } from "../core/state/state.js";
import { didYouMean } from "../core/suggest.js";

/**
 * What an alias of a prompt serves.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `ALIAS_NOT_FOUND`
 */
export function armOf(catalog: Catalog, name: string, alias: string): Arm {
  const arm = entryOf(stateOf(catalog, findPrompt(catalog, name).name).aliases, alias);
  if (arm === undefined) throw unknownAlias(catalog, alias, name);
  return arm;
}

/**
 * Refuses an alias that nothing in the registry has: no prompt, no tenant, no setting.
 * @throws PromptSyncError `ALIAS_NOT_FOUND`
 */
export function requireAlias(catalog: Catalog, alias: string): void {
  if (!isKnownAlias(catalog, alias)) throw unknownAlias(catalog, alias);
}

/** Says whether anything in the registry has the alias: a prompt, a tenant or a setting. */
export function isKnownAlias({ state }: Catalog, alias: string): boolean {
  if (entryOf(state.aliases, alias) !== undefined) return true;
  return [...armsOf(state)].some((arm) => arm.alias === alias);
}

/** The error for an alias that the prompt, or no prompt at all, has. */
export function unknownAlias(catalog: Catalog, alias: string, prompt?: string): PromptSyncError {
  const states =
    prompt === undefined ? Object.values(catalog.state.prompts ?? {}) : [stateOf(catalog, prompt)];
  const known = [...new Set(states.flatMap((state) => Object.keys(state.aliases ?? {})))].sort();
  const who = prompt === undefined ? "no prompt has an" : `prompt \`${prompt}\` has no`;
  const guess = didYouMean(alias, known);
  const none =
    prompt === undefined
      ? "there are no aliases yet"
      : `it has none; \`promptsync alias set ${alias} ${prompt}@<version>\` makes one, \`promptsync log ${prompt}\` shows what there was`;
  const list = known.length === 0 ? none : `known: ${known.join(", ")}`;
  return new PromptSyncError("ALIAS_NOT_FOUND", `${who} alias \`${alias}\``, {
    hint: guess === "" ? list : `${guess} ${list}`,
  });
}
