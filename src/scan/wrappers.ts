import type { CallSite } from "../core/call-site.js";
import type { Selector } from "../core/reference.js";
import type { Follow } from "./heads.js";
import { spanOf, type Call, type Expression, type Program } from "./model.js";
import { renderingsOf } from "./renderings.js";
import { argumentAt, targetsNamed } from "./targets.js";

/** A function of the application that passes a name, and perhaps the variables, on to a client. */
export interface Wrapper {
  /** Its name, or the end of a dotted path: `renderPrompt`, `prompts.render`. */
  readonly function: string;
  /** Which argument is the name; 0-based, the first when left out. */
  readonly name?: number;
  /** Which argument holds the variables; 0-based. */
  readonly variables?: number;
}

/** The calls of wrappers; `selectorsIn` says what the body of a wrapper asks for. */
export function wrapperCalls(
  { path, calls }: Program,
  wrappers: readonly Wrapper[],
  { follow, selectorsIn }: { readonly follow: Follow; readonly selectorsIn: SelectorsIn },
): readonly CallSite[] {
  return calls.flatMap((call): CallSite[] => {
    const wrapper = wrapperOf(call, wrappers);
    if (wrapper === undefined) return [];
    const span = spanOf(call);
    const name = argumentAt(call.arguments, wrapper.name ?? 0, "name");
    const variables = argumentAt(call.arguments, wrapper.variables, "variables");
    const selectors = selectorsIn(bareName(wrapper));
    return [
      {
        file: path,
        found: "wrapper",
        callee: wrapper.function,
        targets: name === undefined ? [] : targetsNamed(name.value, selectors, follow),
        nameAt: spanOf(name ?? call),
        renderings:
          wrapper.variables === undefined
            ? []
            : renderingsOf(
                wrapper.function,
                span,
                {
                  file: path,
                  given: variables === undefined ? [] : [{ value: variables.value, ...spanOf(variables) }],
                },
                follow,
              ),
        isPassedOn: false,
        ...span,
      },
    ];
  });
}

/** What the body of a wrapper asks for, by the wrapper's bare name. */
export type SelectorsIn = (name: string) => readonly (Selector | undefined)[];

/** Says whether a call stands in the body of a wrapper, where its name is a parameter. */
export function wrapperAround({ inside }: Call, wrappers: readonly Wrapper[]): string | undefined {
  const names = wrappers.map(bareName);
  return inside.find((name) => names.includes(name));
}

function wrapperOf({ callee }: Call, wrappers: readonly Wrapper[]): Wrapper | undefined {
  const path = pathOf(callee);
  return wrappers.find(({ function: name }) => path === name || path.endsWith(`.${name}`));
}

function pathOf(callee: Expression): string {
  if (callee.kind === "name") return callee.name;
  if (callee.kind === "this") return "this";
  return callee.kind === "member" ? `${pathOf(callee.object)}.${callee.property ?? ""}` : "";
}

/** The name of a wrapper without the path before it. */
export function bareName({ function: path }: Wrapper): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
