import type { Way } from "../core/call-site.js";
import type { Arm, PromptState, State } from "../core/state/state.js";

/** Something that serves another version, or another share of callers, than at the base. */
export interface Touched {
  readonly prompt: string;
  /** `alias production`, `tenant acme (production)`, `rule concise-answers`, `canary of alias production`, `default`. */
  readonly what: string;
  /** What it serves, with the share for a canary: `2.0.0 at 10 %`; null where there is none. */
  readonly from: string | null;
  readonly to: string | null;
  /** The calls that are served through it, `src/a.ts:41:3`, when the code was scanned. */
  readonly callers?: readonly string[];
}

/** What is served, and to which calls. */
interface Served {
  readonly serve: string;
  readonly way: Way;
}

/** Whom a change touches: everything that serves something else in the second state. */
export function blastRadius(before: State, after: State): (Touched & { readonly way: Way })[] {
  if (before === after) return [];
  const prompts = new Set([...Object.keys(before.prompts ?? {}), ...Object.keys(after.prompts ?? {})]);
  return [...prompts].sort().flatMap((prompt) => {
    const [was, is] = [served(before.prompts?.[prompt]), served(after.prompts?.[prompt])];
    const whats = new Set([...was.keys(), ...is.keys()]);
    return [...whats].flatMap((what) => {
      const [before, after] = [was.get(what), is.get(what)];
      const [from, to] = [before?.serve ?? null, after?.serve ?? null];
      return from === to ? [] : [{ prompt, what, from, to, way: (after ?? before)?.way ?? "any" }];
    });
  });
}

function served(state: PromptState = {}): Map<string, Served> {
  const all = new Map<string, Served>();
  const add = (what: string, alias: string, { serve, canary }: Arm): void => {
    const way = { alias };
    all.set(what, { serve, way });
    const paused = canary?.state === "running" ? "" : ", paused";
    if (canary !== undefined)
      all.set(`canary of ${what}`, { serve: `${canary.serve} at ${canary.percent} %${paused}`, way });
  };
  if (state.default !== undefined) all.set("default", { serve: state.default, way: "default" });
  for (const [alias, arm] of Object.entries(state.aliases ?? {})) add(`alias ${alias}`, alias, arm);
  for (const [id, rule] of Object.entries(state.rules ?? {}))
    all.set(`rule ${id}`, { serve: rule.serve, way: "any" });
  for (const [tenant, { aliases }] of Object.entries(state.tenants ?? {}))
    for (const [alias, arm] of Object.entries(aliases ?? {})) add(`tenant ${tenant} (${alias})`, alias, arm);
  return all;
}
