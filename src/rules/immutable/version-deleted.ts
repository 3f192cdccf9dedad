import { stateOf } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import { versionsServed } from "../../core/state/versions-served.js";
import { limitedState } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";
import { fateOf } from "./moved.js";

export default rule({
  id: "immutable-version-deleted",
  category: "immutable",
  severity: "error",
  scope: "base",
  checks: "a version that is merged stays, until `remove` leaves a tombstone",
  why: "A version that vanishes takes the answer to what a user was told with it.",
  wrong: "git rm prompt-templates/qualify-lead/1.1.0.md",
  right: "promptsync deprecate qualify-lead@1.1.0 --replacement qualify-lead@1.2.0 --deadline 2027-01-31",
  *check({ base, catalog }): Iterable<Violation> {
    for (const change of base?.changes ?? []) {
      const { label, status, name, version, path } = change;
      if (base === undefined || status !== "deleted" || fateOf(change, base).kind !== "gone") continue;
      if (entryOf(stateOf(catalog, name).removed, version) !== undefined) continue;
      const referencedBy = [...versionsServed(limitedState(catalog.state, new Set([name])))]
        .filter((it) => it.prompt === name && it.version === version)
        .map((it) => it.path.join("."));
      yield {
        message: `${name}@${version} is in ${label} and not here`,
        hint: `\`git checkout ${label} -- ${path}\`; to stop serving it, \`promptsync yank ${name}@${version}\``,
        file: path,
        prompt: name,
        version,
        line: 1,
        column: 1,
        data: { referencedBy },
      };
    }
  },
});
