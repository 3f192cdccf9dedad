import type { Catalog } from "../../core/catalog.js";
import { nearest } from "../../core/suggest.js";
import type { Reference } from "../../template/index.js";
import { rule, type VersionFile, type Violation, type World } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { includeTarget } from "./includes.js";
import { at } from "./whose.js";

export default rule({
  id: "template-include-unresolved",
  category: "template",
  severity: "error",
  scope: "static",
  checks: "every included version exists, and none includes itself",
  why: "The render stops there, whatever the caller passes.",
  wrong: '{% include "tone@1.1.0" %}   # there is only tone@1.0.0',
  right: '{% include "tone@1.0.0" %}',
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      for (const { references, locate } of bodiesOf(world, file)) {
        for (const reference of references) {
          const missing = whatIsWrong(world, file, reference);
          if (missing === undefined) continue;
          yield { ...missing, ...at(file, locate(reference)) };
        }
      }
    }
  },
});

function whatIsWrong(
  world: World,
  file: VersionFile,
  { name: text, template, optional }: Reference,
): Pick<Violation, "message" | "hint" | "data"> | undefined {
  if (text === null || template !== null) return undefined; // an include inside an include is that version's own
  const target = includeTarget(world.catalog, text);
  if (target.kind === "none")
    return {
      message: `include "${text}" names no version`,
      hint: 'write the name and the version of a prompt: `{% include "tone@1.0.0" %}`',
      data: { target: text },
    };
  if (target.kind === "floating") return undefined;
  if (!target.exists && !optional)
    return {
      message: `${text} does not exist`,
      hint: hintFor(world.catalog, target.name),
      data: { target: text },
    };
  const cycle = target.exists ? cycleFrom(world, `${file.name}@${file.version}`, text) : undefined;
  if (cycle === undefined) return undefined;
  return {
    message: `${cycle.join(" includes ")}`,
    hint: "take one of the includes out",
    data: { target: text, cycle },
  };
}

function hintFor({ prompts }: Catalog, name: string): string {
  const versions = prompts.get(name)?.versions.map(({ version }) => version) ?? [];
  if (versions.length > 0) return `${name} has ${versions.slice(-5).join(", ")}`;
  const guess = nearest(name, prompts.keys());
  return guess === undefined ? `there is no prompt \`${name}\`` : `did you mean \`${guess}\`?`;
}

/** The way back to a version through what it includes; undefined when there is none. */
function cycleFrom(world: World, start: string, first: string): readonly string[] | undefined {
  const files = new Map(
    [...world.versions, ...(world.related ?? [])].map((it) => [`${it.name}@${it.version}`, it]),
  );
  const seen = new Set<string>();
  const search = (id: string, way: readonly string[]): readonly string[] | undefined => {
    if (id === start) return [...way, id];
    const file = files.get(id);
    if (file === undefined || seen.has(id)) return undefined;
    seen.add(id);
    for (const { references } of bodiesOf(world, file)) {
      for (const { name, template } of references) {
        const found = name === null || template !== null ? undefined : search(name, [...way, id]);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return search(first, [start]);
}
