import type { State } from "../../core/state/state.js";
import { entryLabel, versionsServed } from "../../core/state/versions-served.js";
import { nearest } from "../../core/suggest.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation, type World } from "../rule.js";
import { entryAt, pointerTo } from "./entry.js";

export default rule({
  id: "registry-reference-dangling",
  category: "registry",
  severity: "error",
  scope: "static",
  checks: "every version and prompt that promptsync.yaml names exists, and no version replaces itself",
  why: "An alias that points nowhere is an outage that waits for the next read.",
  wrong: 'production: { serve: "1.4.0" }   # newest is 1.3.2',
  right: 'production: { serve: "1.3.2" }',
  *check(world): Iterable<Violation> {
    const { catalog } = world;
    const { stateText } = catalog;
    const state = stateInSight(world);
    for (const path of promptsNamed(state)) {
      const name = path.at(-1) ?? "";
      if (catalog.prompts.has(name)) continue;
      const guess = nearest(name, catalog.prompts.keys());
      yield {
        message: `\`${path.slice(0, -1).join(".")}\` names \`${name}\`, and there is no such prompt`,
        hint:
          guess === undefined
            ? "remove the entry, or restore the prompt's versions"
            : `did you mean \`${guess}\`?`,
        prompt: name,
        ...stateText.locate(path, "key"),
        data: { pointer: pointerTo(path), from: path.join("."), to: name },
      };
    }
    for (const { prompt: name, version, path } of versionsServed(state)) {
      const prompt = catalog.prompts.get(name);
      const versions = prompt?.versions.map((it) => it.version) ?? [];
      if (versions.includes(version) || (prompt === undefined && path[0] === "prompts")) continue;
      const newest = versions.at(-1);
      yield {
        message: `\`${entryLabel(path)}\` names ${name}@${version}, which does not exist`,
        hint:
          newest === undefined
            ? `there is no prompt \`${name}\``
            : `it has ${versions.slice(-5).join(", ")}; newest is ${newest}`,
        prompt: name,
        version,
        ...stateText.locate(path),
        data: {
          pointer: pointerTo(path),
          from: path.join("."),
          to: `${name}@${version}`,
          candidates: versions,
        },
      };
    }
    yield* deadEnds(world, state);
  },
});

/** Entries that name something that is there and leads nowhere. */
function* deadEnds(world: World, { prompts = {} }: State): Iterable<Violation> {
  for (const [name, { deprecations = {}, maintained = [] }] of Object.entries(prompts)) {
    for (const [version, { replacement }] of Object.entries(deprecations)) {
      if (replacement !== version) continue;
      const path = ["prompts", name, "deprecations", version, "replacement"];
      yield {
        message: `${name}@${version} is deprecated, and its replacement is itself`,
        hint: "name the version to move to, or remove `replacement`",
        prompt: name,
        version,
        ...entryAt(world, path),
      };
    }
    const versions = world.catalog.prompts.get(name)?.versions ?? [];
    for (const [index, line] of maintained.entries()) {
      // A line may be declared before its first version: its major tells whether it can be meant.
      const major = `${line.split(".")[0] ?? ""}.`;
      if (versions.some(({ version }) => version.startsWith(major))) continue;
      yield {
        message: `${name} maintains the line ${line}, and has no version ${major}x`,
        hint: `its newest version is ${versions.at(-1)?.version ?? "none"}; correct the line or remove it`,
        severity: "warning",
        prompt: name,
        ...entryAt(world, ["prompts", name, "maintained", String(index)]),
      };
    }
  }
}

/** The paths of the entries whose key is the name of a prompt. */
function* promptsNamed({ prompts = {}, capabilities = {} }: State): Iterable<readonly string[]> {
  for (const name of Object.keys(prompts)) yield ["prompts", name];
  for (const [capability, { links = {} }] of Object.entries(capabilities)) {
    for (const name of Object.keys(links)) yield ["capabilities", capability, "links", name];
  }
}
