import { armsOf } from "../../core/state/arms.js";
import { stateOf } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import { nearest } from "../../core/suggest.js";
import { rule, type Violation, type World } from "../rule.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-alias-unknown",
  category: "registry",
  severity: "warning",
  scope: "static",
  checks: "aliases that tenants, emergencies and settings speak of exist",
  why: "An entry for an alias that nobody asks for does nothing, and looks as if it did.",
  wrong: 'tenants: { acme: { aliases: { prodution: { serve: "1.0.0" } } } }',
  right: 'tenants: { acme: { aliases: { production: { serve: "1.0.0" } } } }',
  *check(world): Iterable<Violation> {
    const isSame = world.base?.catalog.state === world.catalog.state;
    if (world.changed !== undefined && isSame) return; // not what this change is about
    for (const { alias, known, path, whose, prompt } of mentions(world)) {
      if (known.includes(alias)) continue;
      const guess = nearest(alias, known);
      const others = known.length === 0 ? "it has no alias" : `known: ${known.join(", ")}`;
      yield {
        message: `${whose} speaks of the alias \`${alias}\`, which ${prompt === undefined ? "no prompt" : `\`${prompt}\``} ${prompt === undefined ? "has" : "does not have"}`,
        hint: guess === undefined ? others : `did you mean \`${guess}\`?`,
        ...(prompt === undefined ? {} : { prompt }),
        ...entryAt(world, path, "key"),
      };
    }
  },
});

interface Mention {
  readonly alias: string;
  readonly known: readonly string[];
  readonly path: readonly string[];
  readonly whose: string;
  readonly prompt?: string;
}

function* mentions({ catalog }: World): Iterable<Mention> {
  const { state } = catalog;
  const arms = [...armsOf(state)];
  const everywhere = [...new Set(arms.map(({ alias }) => alias))].sort();
  if (everywhere.length === 0) return; // aliases come with the first promotion
  const of = (prompt: string): string[] => Object.keys(stateOf(catalog, prompt).aliases ?? {});
  for (const { prompt, alias, tenant, path } of arms)
    if (tenant !== undefined) yield { alias, known: of(prompt), path, whose: `tenant ${tenant}`, prompt };
  for (const [id, { prompt, alias }] of Object.entries(state.emergencies ?? {}))
    if (alias !== undefined && catalog.prompts.has(prompt))
      yield {
        alias,
        known: of(prompt),
        path: ["emergencies", id, "alias"],
        whose: `emergency ${id}`,
        prompt,
      };
  for (const alias of Object.keys(state.aliases ?? {}))
    yield { alias, known: everywhere, path: ["aliases", alias], whose: "`aliases`" };
  const usual = state.project?.default_alias;
  if (usual !== undefined && entryOf(state.aliases, usual) === undefined)
    yield { alias: usual, known: everywhere, path: ["project", "default_alias"], whose: "`default_alias`" };
}
