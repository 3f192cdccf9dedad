import type { PassedVariable, Rendering, Span } from "../core/call-site.js";
import type { Follow } from "./heads.js";
import { spanOf, type Argument, type Call, type Entry, type Program } from "./model.js";

type Passed = Pick<Rendering, "variables" | "completeness">;

/** The renderings of every prompt, by the call that got it. */
export function renderingsByCall(
  programs: readonly Program[],
  follow: Follow,
): ReadonlyMap<Call, readonly Rendering[]> {
  const found = new Map<Call, Rendering[]>();
  for (const { path, calls } of programs) {
    for (const call of calls) {
      const rendered = new Set<Call>();
      for (const head of follow(call.callee)) {
        if (head.kind !== "render" || rendered.has(head.prompt.call)) continue;
        rendered.add(head.prompt.call);
        const list = found.get(head.prompt.call) ?? [];
        list.push(...renderingsOf(head.method, call, { file: path, given: call.arguments }, follow));
        found.set(head.prompt.call, list);
      }
    }
  }
  return found;
}

/** What a call that renders passes: one answer for each way the source may go. */
export function renderingsOf(
  method: string,
  at: Span,
  { file, given }: { readonly file: string; readonly given: readonly Argument[] },
  follow: Follow,
): readonly Rendering[] {
  return passedBy(given, follow).map((passed) => ({ file, method, ...passed, ...spanOf(at) }));
}

/** Keyword arguments and a positional dictionary together. */
function passedBy(given: readonly Argument[], follow: Follow): readonly Passed[] {
  const keywords = collect(
    given.flatMap(({ name, spread, ...it }): Entry[] => {
      if (name !== undefined) return [{ ...it, key: name }];
      return spread === "**" ? [it] : [];
    }),
    follow,
  );
  const positional = given.find(({ name, spread }) => name === undefined && spread !== "**");
  if (positional === undefined) return [keywords];
  if (positional.spread !== undefined) return [{ variables: [], completeness: "unknown" }];
  const heads = follow(positional.value);
  const ways = heads.map((head): Passed =>
    head.kind === "dictionary"
      ? both(collect(head.entries, follow), keywords)
      : { variables: [], completeness: "unknown" },
  );
  return ways.length === 0 ? [{ variables: [], completeness: "unknown" }] : ways;
}

function both(one: Passed, other: Passed): Passed {
  return {
    variables: [...one.variables, ...other.variables],
    completeness: one.completeness === "all" ? other.completeness : one.completeness,
  };
}

/** The keys of a dictionary; a spread adds the keys of the one dictionary that it is, or leaves the list open. */
function collect(entries: readonly Entry[], follow: Follow, depth = 0): Passed {
  const variables = new Map<string, PassedVariable>();
  let completeness: Passed["completeness"] = "all";
  for (const { key: name, value, ...at } of entries) {
    if (name !== undefined) {
      variables.set(name, { name, ...spanOf(at) });
      continue;
    }
    const heads = depth < 8 ? follow(value) : [];
    const inside = heads.flatMap((head) =>
      head.kind === "dictionary" ? [collect(head.entries, follow, depth + 1)] : [],
    );
    const isSure = heads.length === 1 && inside.length === 1 && inside[0]?.completeness === "all";
    if (!isSure) completeness = "some";
    for (const passed of inside)
      for (const variable of passed.variables) variables.set(variable.name, variable);
  }
  return { variables: [...variables.values()], completeness };
}
