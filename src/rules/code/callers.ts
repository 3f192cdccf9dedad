import type { CallSite, CallTarget, Way } from "../../core/call-site.js";
import type { Selector } from "../../core/reference.js";
import { callId, type CodeWorld } from "./code-world.js";

/** A call that a version would break. */
export interface BrokenCaller {
  /** `src/a.ts:41:3` */
  readonly call: string;
  /** The variables that the version requires and the call does not pass. */
  readonly lacks: readonly string[];
}

/** The calls that ask for a prompt in some way; those that pin a version are never meant. */
export function callsOf(world: CodeWorld, prompt: string, way: Way): readonly CallSite[] {
  return world.calls.filter(({ targets }) =>
    targets.some((target) => target.name === prompt && asks(world, selectorOf(world, target), way)),
  );
}

/** The callers of an alias that do not pass what one of its versions requires; silent where a call may pass more. */
export function brokenCallers(
  world: CodeWorld,
  { prompt, alias, version }: { readonly prompt: string; readonly alias: string; readonly version: string },
): readonly BrokenCaller[] {
  const required = world.head.inputsOf(prompt, version)?.required ?? [];
  return callsOf(world, prompt, { alias }).flatMap((call) => {
    const lacks = call.renderings.flatMap(({ completeness, variables }) => {
      if (completeness !== "all") return [];
      const passed = new Set(variables.map(({ name }) => name));
      return required.filter((variable) => !passed.has(variable));
    });
    return lacks.length === 0 ? [] : [{ call: callId(call), lacks: [...new Set(lacks)] }];
  });
}

/** What a call is taken to ask for: see `servedTo`. */
function selectorOf({ instead }: CodeWorld, { selector }: CallTarget): Selector | undefined {
  const isPinned = selector?.kind === "version" || selector?.kind === "range";
  return instead === undefined || (instead.kind === "alias" && isPinned) ? selector : instead;
}

function asks({ head }: CodeWorld, selector: Selector | undefined, way: Way): boolean {
  if (selector?.kind !== "alias" && selector?.kind !== "default") return false;
  if (way === "any") return true;
  if (way === "default") return selector.kind === "default";
  const usual = head.catalog.state.project?.default_alias;
  return (selector.kind === "alias" ? selector.alias : usual) === way.alias;
}
