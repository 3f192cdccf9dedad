import { breakingChanges } from "../../compare/breaking.js";
import { comparePrompts } from "../../compare/index.js";
import type { Change } from "../../core/bump.js";
import { stateOf } from "../../core/catalog.js";
import type { Prompt } from "../../core/prompt.js";
import { armsOf } from "../../core/state/arms.js";
import { entryOf } from "../../core/state/state.js";
import { changeData } from "../change-data.js";
import { findVersion } from "../find-version.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation, type World } from "../rule.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-arms-incompatible",
  category: "registry",
  severity: "error",
  scope: "static",
  checks: "versions that one call may get take the same inputs and give answers that the same code can read",
  why: "The caller cannot know which arm it gets: what only one of them needs is missing for the users of that one.",
  wrong:
    'production: { serve: "1.2.0", canary: { serve: "2.0.0", percent: 10, … } }   # 2.0.0 needs `locale`',
  right:
    'production: { serve: "1.2.0", canary: { serve: "2.0.1", percent: 10, … } }   # `locale` has a default',
  *check(world): Iterable<Violation> {
    for (const { prompt: name, label, from, to, isMutual, path } of pairs(world)) {
      if (from === to) continue;
      const [before, after] = [from, to].map((version) => findVersion(world, name, version)?.prompt);
      if (before === undefined || after === undefined) continue;
      const changes = breaking(world, before, after);
      const [worst] = changes;
      if (worst === undefined || (isMutual && breaking(world, after, before).length === 0)) continue;
      const { data, ...place } = entryAt(world, path);
      yield {
        message: `${label} may get ${to} instead of ${from}: ${worst.message}`,
        hint: `make it optional or give it a default in the next version, or let them serve versions that agree`,
        prompt: name,
        version: to,
        ...place,
        data: {
          ...data,
          arms: [from, to],
          changes: changes.map(changeData),
        },
      };
    }
  },
});

interface Pair {
  readonly prompt: string;
  /** Who gets the one or the other. */
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** Callers are not written for `from` alone: it is enough that one call fits both. */
  readonly isMutual: boolean;
  readonly path: readonly string[];
}

/** Each arm beside the one that callers of the same alias get otherwise. */
function* pairs(world: World): Iterable<Pair> {
  const { catalog } = world;
  const state = stateInSight(world);
  for (const { prompt, alias, tenant, arm, path } of armsOf(state)) {
    const { canary } = arm;
    const label = `a caller of ${prompt}@${alias}`;
    if (canary?.state === "running" && canary.percent > 0)
      yield {
        prompt,
        label,
        from: arm.serve,
        to: canary.serve,
        isMutual: false,
        path: [...path, "canary", "serve"],
      };
    const usual = tenant === undefined ? undefined : entryOf(stateOf(catalog, prompt).aliases, alias);
    if (usual !== undefined)
      yield { prompt, label, from: usual.serve, to: arm.serve, isMutual: true, path: [...path, "serve"] };
  }
  const alias = state.project?.default_alias;
  for (const [prompt, { rules, aliases }] of Object.entries(state.prompts ?? {})) {
    const usual = alias === undefined ? undefined : entryOf(aliases, alias);
    if (usual === undefined) continue;
    const label = `a caller of ${prompt}@${alias ?? ""}`;
    for (const [id, { serve }] of Object.entries(rules ?? {}))
      yield {
        prompt,
        label,
        from: usual.serve,
        to: serve,
        isMutual: true,
        path: ["prompts", prompt, "rules", id, "serve"],
      };
  }
}

/** What breaks callers and readers of the one version when they get the other. */
function breaking({ template = {} }: World, before: Prompt, after: Prompt): readonly Change[] {
  return breakingChanges(comparePrompts(before, after, { template }).changes);
}
