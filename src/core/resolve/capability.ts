import type { Catalog } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { entryOf } from "../state/state.js";
import { didYouMean } from "../suggest.js";
import { passedLine, type Passed } from "./decision.js";
import type { ResolveRequest, TrailLine } from "./resolution.js";
import { testOf } from "./when.js";

/** The prompt that a request for a capability means, and what led there. */
export type Linking = (request: ResolveRequest) => { readonly name: string; readonly passed: Passed };

/**
 * Links a capability to prompts: among the links whose conditions hold the one of the highest priority, the first by
 * name among equals.
 * @throws PromptSyncError `CAPABILITY_NOT_FOUND`, also when a request comes for which no link holds
 */
export function linking({ state }: Catalog, capability: string): Linking {
  const links = entryOf(state.capabilities, capability)?.links;
  if (links === undefined) throw unknownCapability(capability, Object.keys(state.capabilities ?? {}));
  const ranked = Object.entries(links).sort(
    ([a, one], [b, other]) => (other.priority ?? 0) - (one.priority ?? 0) || (a < b ? -1 : 1),
  );
  const compiled = ranked.map(([name, { priority = 0, when }]) => {
    const detail = `${name} has priority ${priority}`;
    const path = ["capabilities", capability, "links", name];
    const taken: TrailLine = { step: "capability", matched: true, detail, path };
    const left = passedLine("capability", `${detail}, but its conditions do not hold`, path);
    return { name, holds: testOf(when), taken, left };
  });
  return (request) => {
    let passed: Passed;
    for (const { name, holds, taken, left } of compiled) {
      if (holds(request)) return { name, passed: { line: taken, before: passed } };
      passed = { line: left, before: passed };
    }
    throw new PromptSyncError(
      "CAPABILITY_NOT_FOUND",
      `no link of capability \`${capability}\` holds for this request`,
      { hint: `links: ${ranked.map(([name]) => name).join(", ")}` },
    );
  };
}

function unknownCapability(capability: string, known: readonly string[]): PromptSyncError {
  return new PromptSyncError("CAPABILITY_NOT_FOUND", `capability \`${capability}\` is unknown`, {
    hint:
      didYouMean(capability, known) ||
      (known.length === 0 ? "no capability is linked yet" : `known: ${known.join(", ")}`),
  });
}
