import type { State } from "../../core/state/state.js";
import { entryLabel, versionsServed } from "../../core/state/versions-served.js";
import { nearest } from "../../core/suggest.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";
import { pointerTo } from "./entry.js";

export default rule({
  id: "registry-reference-dangling",
  category: "registry",
  severity: "error",
  scope: "static",
  checks: "every version and prompt that promptsync.yaml names exists",
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
  },
});

/** The paths of the entries whose key is the name of a prompt. */
function* promptsNamed({ prompts = {}, capabilities = {} }: State): Iterable<readonly string[]> {
  for (const name of Object.keys(prompts)) yield ["prompts", name];
  for (const [capability, { links = {} }] of Object.entries(capabilities)) {
    for (const name of Object.keys(links)) yield ["capabilities", capability, "links", name];
  }
}
