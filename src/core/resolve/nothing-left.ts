import { PromptSyncError } from "../errors.js";
import type { Decision } from "./decision.js";
import type { Subject } from "./subject.js";

/**
 * The end of every decision: no step served a version.
 * @throws PromptSyncError `NO_VERSION`, always; the hint names what was yanked last
 */
export function nothingLeft({ name }: Subject): Decision {
  return (_, passed) => {
    let at = passed;
    while (at !== undefined && !at.line.detail.includes(" is yanked")) at = at.before;
    throw new PromptSyncError("NO_VERSION", `nothing of \`${name}\` is left to serve`, {
      hint: at?.line.detail ?? `\`promptsync default set ${name}@<version>\` gives it a default`,
    });
  };
}
