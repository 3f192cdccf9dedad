import type { Arm, PromptState, State } from "../core/state/state.js";

/** Something that serves another version, or another share of callers, than at the base. */
export interface Touched {
  readonly prompt: string;
  /** `alias production`, `tenant acme (production)`, `rule concise-answers`, `canary of alias production`, `default`. */
  readonly what: string;
  /** What it serves, with the share for a canary: `2.0.0 at 10 %`; null where there is none. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Whom a change touches: everything that serves something else in the second state. */
export function blastRadius(before: State, after: State): Touched[] {
  const prompts = new Set([...Object.keys(before.prompts ?? {}), ...Object.keys(after.prompts ?? {})]);
  return [...prompts].sort().flatMap((prompt) => {
    const [was, is] = [served(before.prompts?.[prompt]), served(after.prompts?.[prompt])];
    const whats = new Set([...was.keys(), ...is.keys()]);
    return [...whats].flatMap((what): Touched[] => {
      const [from, to] = [was.get(what) ?? null, is.get(what) ?? null];
      return from === to ? [] : [{ prompt, what, from, to }];
    });
  });
}

function served(state: PromptState = {}): Map<string, string> {
  const all = new Map<string, string>();
  const add = (what: string, { serve, canary }: Arm): void => {
    all.set(what, serve);
    const paused = canary?.state === "running" ? "" : ", paused";
    if (canary !== undefined) all.set(`canary of ${what}`, `${canary.serve} at ${canary.percent} %${paused}`);
  };
  if (state.default !== undefined) all.set("default", state.default);
  for (const [alias, arm] of Object.entries(state.aliases ?? {})) add(`alias ${alias}`, arm);
  for (const [id, rule] of Object.entries(state.rules ?? {})) all.set(`rule ${id}`, rule.serve);
  for (const [tenant, { aliases }] of Object.entries(state.tenants ?? {}))
    for (const [alias, arm] of Object.entries(aliases ?? {})) add(`tenant ${tenant} (${alias})`, arm);
  return all;
}
