import { PromptSyncError } from "../../errors.js";
import { entryOf } from "../../state/state.js";
import { isPrerelease, rangeMatcher } from "../../version.js";
import { passedLine, type Decision } from "../decision.js";
import { kept } from "../../kept.js";
import { nothingLeft } from "../nothing-left.js";
import { servingAll } from "../serving.js";
import { servingFirst, type Candidate } from "../serving-first.js";
import type { Subject } from "../subject.js";

/**
 * Serves the version, the range or the newest version that the caller asks for.
 * @throws PromptSyncError `VERSION_NOT_FOUND`; `NO_VERSION` when everything asked for is yanked: a caller who pins
 * gets what was pinned or an error, never something else
 */
export function servesPinned(subject: Subject, next: Decision): Decision {
  const nothing = nothingLeft(subject);
  const exactly = kept((version) => {
    if (!subject.has(version)) return undefined;
    return servingAll(subject, pin(version, `the caller asks for ${version}`), nothing);
  });
  return (request, passed) => {
    const { selector } = request;
    switch (selector?.kind) {
      case "version": {
        const decide = exactly(selector.version);
        if (decide === undefined) throw subject.unknownVersion(selector.version);
        return decide(request, passed);
      }
      case "latest":
        return servingLatest(subject, nothing)(request, passed);
      case "range":
        return servingRange(subject, selector.range)(request, passed);
      default:
        return next(request, passed);
    }
  };
}

/** Releases from new to old; pre-releases only when there is no release. */
function servingLatest(subject: Subject, nothing: Decision): Decision {
  const versions = versionsOf(subject);
  const releases = versions.filter((version) => !isPrerelease(version));
  const detail = "the caller asks for the newest version";
  const oldestFirst = releases.length > 0 ? releases : versions;
  const candidates = oldestFirst.toReversed().map((version) => ({ offer: pin(version, detail) }));
  return servingFirst(subject, candidates, nothing);
}

/** Versions in the range from new to old; deprecated and yanked ones are passed over. */
function servingRange(subject: Subject, range: string): Decision {
  const isInRange = rangeMatcher(range) ?? (() => false);
  const versions = versionsOf(subject);
  const matches = versions.filter(isInRange);
  const candidates = matches.toReversed().map((version): Candidate => {
    const offer = pin(version, `${version} is the newest in the range ${range}`);
    if (entryOf(subject.state.deprecations, version) === undefined) return { offer };
    const path = subject.path("deprecations", version);
    const otherwise = passedLine("pinned", `${version} is deprecated: ranges pass it over`, path);
    return { offer, condition: { holds: () => false, otherwise } };
  });
  return servingFirst(subject, candidates, () => {
    throw new PromptSyncError(
      matches.length === 0 ? "VERSION_NOT_FOUND" : "NO_VERSION",
      `no version of \`${subject.name}\` is in the range \`${range}\``,
      { hint: `it has ${versions.join(", ")}; pre-releases, deprecated and yanked versions are passed over` },
    );
  });
}

function pin(version: string, detail: string) {
  return { step: "pinned", rule: "pinned", reason: "STATIC", version, detail } as const;
}

function versionsOf({ prompt }: Subject): readonly string[] {
  return prompt.versions.map(({ version }) => version);
}
