import type { CallTarget } from "../core/call-site.js";
import { parseSelector, type Selector } from "../core/reference.js";
import { headLimit, type Client, type Follow } from "./heads.js";
import type { Argument, Call, Expression } from "./model.js";
import { textsOf } from "./texts.js";

/** The argument at a position, or the one of a name; undefined when a spread hides which one it is. */
export function argumentAt(
  given: readonly Argument[],
  index: number | undefined,
  name: string,
): Argument | undefined {
  const positional = given.filter((it) => it.name === undefined && it.spread !== "**");
  const isHidden = positional.slice(0, (index ?? 0) + 1).some(({ spread }) => spread !== undefined);
  return (
    given.find((it) => it.name === name) ?? (index === undefined || isHidden ? undefined : positional[index])
  );
}

/** The prompts that `getPrompt(name, { versionOrAlias })` may ask for; none when the name is not known. */
export function targetsOf(call: Call, client: Client, follow: Follow): readonly CallTarget[] {
  const name = argumentAt(call.arguments, 0, "name");
  return name === undefined ? [] : targetsNamed(name.value, selectorsOf(call, client, follow), follow);
}

/** The prompts of a name, which may carry a selector of its own: `qualify-lead@production`. */
export function targetsNamed(
  name: Expression,
  selectors: readonly (Selector | undefined)[],
  follow: Follow,
): readonly CallTarget[] {
  const targets = (textsOf(name, follow) ?? []).flatMap((text): CallTarget[] => {
    const own = targetOf(text);
    return own.selector === undefined || own.selector.kind === "default"
      ? selectors.map((selector) => ({ name: own.name, selector }))
      : [own];
  });
  return targets.slice(0, headLimit);
}

/** Reads `name` or `name@selector`; what is no version and no range is taken for an alias. */
export function targetOf(text: string): CallTarget {
  const at = text.indexOf("@");
  if (at < 0) return { name: text, selector: { kind: "default" } };
  return { name: text.slice(0, at), selector: selectorOf(text.slice(at + 1)) };
}

function selectorOf(text: string): Selector {
  try {
    return parseSelector(text);
  } catch {
    return { kind: "alias", alias: text }; // no prompt has it, and the finding will say so
  }
}

/** What a call asks for beside the name; undefined stands for what the source does not show. */
export function selectorsOf(call: Call, client: Client, follow: Follow): readonly (Selector | undefined)[] {
  const asked = askedFor(call, follow);
  if (asked === "nothing" && client.alias === undefined) return [{ kind: "default" }];
  const expression = asked === "nothing" ? client.alias : asked;
  const texts = expression === undefined ? undefined : textsOf(expression, follow);
  return texts === undefined ? [undefined] : texts.map(selectorOf);
}

function askedFor({ arguments: given }: Call, follow: Follow): Expression | "nothing" | undefined {
  const named = given.find(({ name }) => name === "version_or_alias");
  if (named !== undefined) return named.value;
  if (given.some(({ spread }) => spread !== undefined)) return undefined;
  const options = argumentAt(given, 1, "options");
  if (options === undefined) return "nothing";
  const heads = follow(options.value);
  if (heads.length > 0 && heads.every(({ kind }) => kind === "text")) return options.value;
  const [only] = heads;
  if (heads.length !== 1 || only?.kind !== "dictionary") return undefined;
  const entry = only.entries.findLast(({ key }) => key === "versionOrAlias");
  if (entry !== undefined) return entry.value;
  return only.entries.some(({ key }) => key === undefined) ? undefined : "nothing";
}
