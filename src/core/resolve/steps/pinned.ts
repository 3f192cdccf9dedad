import { PromptSyncError } from "../../errors.js";
import { entryOf } from "../../state/state.js";
import { isPrerelease, rangeMatcher } from "../../version.js";
import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";

/**
 * Serves the version, the range or the newest version that the caller asks for.
 * @throws PromptSyncError `VERSION_NOT_FOUND`; `NO_VERSION` when everything asked for is yanked: a caller who pins
 * gets what was pinned or an error, never something else
 */
export function servesPinned(decision: Decision): Resolution | undefined {
  const { selector } = decision.request;
  switch (selector?.kind) {
    case "version":
      decision.requireVersion(selector.version);
      return (
        pin(decision, selector.version, `the caller asks for ${selector.version}`) ?? decision.nothingLeft()
      );
    case "latest":
      return servesLatest(decision);
    case "range":
      return servesRange(decision, selector.range);
    default:
      return undefined;
  }
}

/** Releases from new to old; pre-releases only when there is no release. */
function servesLatest(decision: Decision): Resolution {
  const { versions } = decision.prompt;
  const releases = versions.filter(({ version }) => !isPrerelease(version));
  for (const { version } of (releases.length > 0 ? releases : versions).toReversed()) {
    const served = pin(decision, version, "the caller asks for the newest version");
    if (served) return served;
  }
  return decision.nothingLeft();
}

function servesRange(decision: Decision, range: string): Resolution {
  const isInRange = rangeMatcher(range) ?? (() => false);
  const matches = decision.prompt.versions.filter(({ version }) => isInRange(version));
  for (const { version } of matches.toReversed()) {
    if (entryOf(decision.state.deprecations, version) !== undefined) {
      const path = decision.path("deprecations", version);
      decision.pass("pinned", `${version} is deprecated: ranges pass it over`, path);
      continue;
    }
    const served = pin(decision, version, `${version} is the newest in the range ${range}`);
    if (served) return served;
  }
  const known = decision.prompt.versions.map(({ version }) => version).join(", ");
  throw new PromptSyncError(
    matches.length === 0 ? "VERSION_NOT_FOUND" : "NO_VERSION",
    `no version of \`${decision.name}\` is in the range \`${range}\``,
    { hint: `it has ${known}; pre-releases, deprecated and yanked versions are passed over` },
  );
}

function pin(decision: Decision, version: string, detail: string): Resolution | undefined {
  return decision.serve(version, { step: "pinned", rule: "pinned", reason: "STATIC", detail });
}
