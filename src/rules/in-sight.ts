import type { CatalogPrompt, FileProblem } from "../core/catalog.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { entryOf, type ById, type PromptState, type State } from "../core/state/state.js";
import type { World } from "./rule.js";

/** The prompts that are judged: all, or those of which something differs from the base when only that is asked for. */
export function promptsInSight({ catalog, changed }: World): ReadonlyMap<string, CatalogPrompt> {
  if (changed === undefined) return catalog.prompts;
  const found = [...changed].sort().flatMap((name) => catalog.prompts.get(name) ?? []);
  return new Map(found.map((prompt) => [prompt.name, prompt]));
}

/**
 * The state as far as it is judged: all of it, or the blocks of prompts in sight, and the emergencies and links that
 * name one of them or are not at the base.
 */
export function stateInSight({ catalog, changed, base }: World): State {
  const { state } = catalog;
  if (changed === undefined) return state;
  const was = base?.catalog.state;
  const isKnown = (now: unknown, before: unknown): boolean =>
    before !== undefined && jsonEquals(now as JsonValue, before as JsonValue);
  const emergencies = picked(
    state.emergencies,
    (entry, id) => changed.has(entry.prompt) || !isKnown(entry, entryOf(was?.emergencies, id)),
  );
  const capabilities = mapped(state.capabilities, ({ links, ...capability }, id) => {
    const before = entryOf(was?.capabilities, id)?.links;
    const own = picked(links, (_, name) => changed.has(name) || entryOf(before, name) === undefined);
    return { ...capability, ...(own && { links: own }) };
  });
  return {
    ...limitedState(state, changed),
    ...(emergencies && { emergencies }),
    ...(capabilities && { capabilities }),
  };
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

/** The layout problems that are judged: all, or those of files that differ and of folders whose prompt is in sight. */
export function problemsInSight({ catalog, changed, changedFiles }: World): readonly FileProblem[] {
  if (changed === undefined) return catalog.problems;
  return catalog.problems.filter(
    ({ file }) => changedFiles?.has(file) === true || changed.has(file.split("/").at(-2) ?? ""),
  );
}

function picked<T>(
  map: ById<T> | undefined,
  isMeant: (entry: T, id: string) => boolean,
): ById<T> | undefined {
  return map && fromEntries(Object.entries(map).filter(([id, entry]) => isMeant(entry, id)));
}

function mapped<T>(map: ById<T> | undefined, change: (entry: T, id: string) => T): ById<T> | undefined {
  return map && fromEntries(Object.entries(map).map(([id, entry]) => [id, change(entry, id)]));
}

function fromEntries<T>(entries: readonly (readonly [string, T])[]): ById<T> {
  return Object.assign(Object.create(null) as Record<string, T>, Object.fromEntries(entries));
}
