import { armsOf } from "../../core/state/arms.js";
import { stateOf, type Catalog } from "../../core/catalog.js";
import { askForAll } from "../../core/part-of-prompts.js";
import { entryOf } from "../../core/state/state.js";
import { nearest } from "../../core/suggest.js";
import { limitedState, stateInSight } from "../in-sight.js";
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

function* mentions(world: World): Iterable<Mention> {
  const { catalog } = world;
  const inSight = stateInSight(world);
  const of = (prompt: string): string[] => Object.keys(stateOf(catalog, prompt).aliases ?? {});
  for (const { prompt, alias, tenant, path } of armsOf(inSight))
    if (tenant !== undefined) yield { alias, known: of(prompt), path, whose: `tenant ${tenant}`, prompt };
  for (const [id, { prompt, alias }] of Object.entries(inSight.emergencies ?? {})) {
    const path = ["emergencies", id, "alias"];
    if (alias === undefined || !catalog.prompts.has(prompt)) continue;
    const known = of(prompt);
    if (known.length > 0 || aliasesOf(catalog).length > 0)
      yield { alias, known, path, whose: `emergency ${id}`, prompt };
  }
  for (const [alias, path, whose] of settingsInSight(world)) {
    const known = aliasesOf(catalog);
    if (known.length > 0) yield { alias, known, path, whose }; // aliases come with the first promotion
  }
}

/** The settings that name an alias; where only a change is judged, those whose alias it takes from a prompt. */
function* settingsInSight({ catalog, changed, base }: World): Iterable<[string, readonly string[], string]> {
  const { aliases = {}, project } = catalog.state;
  const usual = project?.default_alias;
  const here = new Set([...armsOf(limitedState(catalog.state, changed))].map(({ alias }) => alias));
  const before = base === undefined ? [] : [...armsOf(limitedState(base.catalog.state, changed))];
  const isMeant = (alias: string): boolean =>
    !here.has(alias) && (changed === undefined || before.some((it) => it.alias === alias));
  for (const alias of Object.keys(aliases))
    if (isMeant(alias)) yield [alias, ["aliases", alias], "`aliases`"];
  if (usual !== undefined && entryOf(aliases, usual) === undefined && isMeant(usual))
    yield [usual, ["project", "default_alias"], "`default_alias`"];
}

/** The aliases that any prompt has, sorted. */
function aliasesOf(catalog: Catalog): readonly string[] {
  askForAll(catalog.prompts);
  return [...new Set([...armsOf(catalog.state)].map(({ alias }) => alias))].sort();
}
