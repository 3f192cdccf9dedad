import type { CatalogPrompt } from "../core/catalog.js";
import { entryOf, type PromptState, type State } from "../core/state/state.js";
import type { World } from "./rule.js";

/** The prompts that are judged: all, or those of which something differs from the base when only that is asked for. */
export function promptsInSight({ catalog, changed }: World): ReadonlyMap<string, CatalogPrompt> {
  if (changed === undefined) return catalog.prompts;
  const found = [...changed].flatMap((name) => catalog.prompts.get(name) ?? []);
  return new Map(found.map((prompt) => [prompt.name, prompt]));
}

/** The state with the blocks of the prompts that are judged. */
export function stateInSight({ catalog, changed }: World): State {
  return limitedState(catalog.state, changed);
}

/** A state with the blocks of some prompts; undefined stands for all. */
export function limitedState(state: State, names: ReadonlySet<string> | undefined): State {
  if (names === undefined) return state;
  const prompts = Object.create(null) as Record<string, PromptState>;
  for (const name of names) {
    const block = entryOf(state.prompts, name);
    if (block !== undefined) prompts[name] = block;
  }
  return { ...state, prompts };
}
