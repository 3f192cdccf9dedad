import type { Catalog } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { entryOf } from "../state/state.js";
import { didYouMean } from "../suggest.js";
import type { ResolveRequest, TrailLine } from "./resolution.js";
import { holds } from "./when.js";

/**
 * The prompt that does a capability: among the links whose conditions hold the one of the highest priority, the
 * first by name among equals.
 * @throws PromptSyncError `CAPABILITY_NOT_FOUND`
 */
export function linkedPrompt(
  { state }: Catalog,
  capability: string,
  request: ResolveRequest,
): { readonly name: string; readonly trail: readonly TrailLine[] } {
  const links = entryOf(state.capabilities, capability)?.links;
  if (links === undefined) {
    const known = Object.keys(state.capabilities ?? {});
    throw new PromptSyncError("CAPABILITY_NOT_FOUND", `capability \`${capability}\` is unknown`, {
      hint:
        didYouMean(capability, known) ||
        (known.length === 0 ? "no capability is linked yet" : `known: ${known.join(", ")}`),
    });
  }
  const trail: TrailLine[] = [];
  const ranked = Object.entries(links).sort(
    ([a, one], [b, other]) => (other.priority ?? 0) - (one.priority ?? 0) || (a < b ? -1 : 1),
  );
  for (const [name, link] of ranked) {
    const matched = holds(link.when, request);
    const detail = `${name} has priority ${link.priority ?? 0}${matched ? "" : ", but its conditions do not hold"}`;
    trail.push({ step: "capability", matched, detail, path: ["capabilities", capability, "links", name] });
    if (matched) return { name, trail };
  }
  throw new PromptSyncError(
    "CAPABILITY_NOT_FOUND",
    `no link of capability \`${capability}\` holds for this request`,
    {
      hint: `links: ${ranked.map(([name]) => name).join(", ")}`,
    },
  );
}
