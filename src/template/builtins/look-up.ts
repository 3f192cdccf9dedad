import { didYouMean } from "../../core/suggest.js";
import type { Source } from "../source.js";
import type { Builtin } from "./builtin.js";
import { filters } from "./filters.js";
import { tests } from "./tests.js";

/** Why some of Jinja's filters are missing. */
const refused: Readonly<Record<string, string>> = {
  random:
    "a render is repeatable, so nothing is random; choose before rendering and pass the choice as a variable",
  urlize: "it makes HTML links, which mean nothing in a prompt; write the link as text",
};

/** The filter or test of this name; throws `TEMPLATE_SYNTAX` with the nearest name when there is none. */
export function lookUp(
  source: Source,
  kind: "filter" | "test",
  { name, at }: { name: string; at: number },
): Builtin {
  const table = kind === "filter" ? filters : tests;
  const builtin = table.get(name);
  if (builtin !== undefined) return builtin;
  throw source.error("TEMPLATE_SYNTAX", `there is no ${kind} \`${name}\``, {
    at,
    hint: missingHint(kind, name),
  });
}

/** What to do instead of a filter or test that does not exist. */
export function missingHint(kind: "filter" | "test", name: string): string {
  const table = kind === "filter" ? filters : tests;
  const reason = Object.hasOwn(refused, name) ? refused[name] : undefined;
  return reason ?? (didYouMean(name, table.keys()) || `Jinja's built-in ${kind}s are known here, no others`);
}
