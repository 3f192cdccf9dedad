import { bumps, type Bump, type Comparison } from "../core/bump.js";
import { PromptSyncError } from "../core/errors.js";
import { entryOf, type PromptState } from "../core/state/state.js";
import { compareVersions, isPrerelease, nextVersion, parseVersion, stepBetween } from "../core/version.js";
import { requiredStep } from "../compare/index.js";

/** How the number of the next version is asked for. */
export interface VersionRequest {
  /** The number itself; a leading `v` is fine. */
  readonly version?: string | undefined;
  /** `auto` (the default) takes the smallest honest step. */
  readonly bump?: "auto" | Exclude<Bump, "none"> | undefined;
}

/** The prompt whose next version is wanted. */
export interface Line {
  readonly name: string;
  /** The number that the draft itself names. */
  readonly asked: string | undefined;
  /** All versions there are, ascending. */
  readonly versions: readonly string[];
  readonly state: PromptState;
  /** What the draft changes against a version; undefined when that version was not read. */
  readonly compareTo: (version: string) => Comparison | undefined;
}

/** The number of the next version and how it was found. */
export interface ChosenVersion {
  readonly version: string;
  /** The version it follows: the highest below it. */
  readonly previous: string | null;
  readonly bump: Bump;
  readonly requiredBump: Bump;
  readonly comparison: Comparison | undefined;
}

/** The version that a new one would follow: the newest release below it, else the newest version below it. */
export function predecessorOf(versions: readonly string[], version?: string): string | null {
  const below = version === undefined ? versions : versions.filter((it) => compareVersions(it, version) < 0);
  return below.findLast((it) => !isPrerelease(it)) ?? below.at(-1) ?? null;
}

/** The number that a request or a draft names; a draft's number that exists is where the draft began. */
export function askedVersion(
  line: Pick<Line, "asked" | "versions">,
  request: VersionRequest,
): string | undefined {
  if (request.version !== undefined) return parseVersion(request.version);
  if (line.asked === undefined || request.bump !== undefined) return undefined;
  const asked = parseVersion(line.asked);
  return line.versions.includes(asked) ? undefined : asked;
}

/** The versions whose text has to be read before a number can be chosen. */
export function versionsToKnow(
  line: Pick<Line, "asked" | "versions">,
  request: VersionRequest,
): readonly string[] {
  const asked = askedVersion(line, request);
  const numbers = [predecessorOf(line.versions), predecessorOf(line.versions, asked), asked];
  return numbers.filter((number) => number !== null && number !== undefined);
}

/**
 * Chooses the number of the next version; the smallest honest one unless another is asked for.
 * @throws PromptSyncError `BUMP_TOO_SMALL` naming the change that needs more, `VERSION_EXISTS`, `VERSION_INVALID`
 */
export function chooseVersion(line: Line, request: VersionRequest): ChosenVersion {
  const asked = askedVersion(line, request);
  if (asked !== undefined) refuseNumber(line, asked);
  const previous = predecessorOf(line.versions, asked);
  if (previous === null) {
    const first = { version: asked ?? "1.0.0", previous, bump: "none", requiredBump: "none" } as const;
    return { ...first, comparison: undefined };
  }
  const comparison = line.compareTo(previous);
  const required = requiredStep(comparison?.requiredBump ?? "patch", previous);
  const suggested = requiredStep(comparison?.suggestedBump ?? "patch", previous);
  if (asked !== undefined) {
    const bump = stepBetween(previous, asked);
    if (!isPrerelease(asked))
      refuseSmall(line.name, { previous, version: asked, bump, required, comparison });
    return { version: asked, previous, bump, requiredBump: required, comparison };
  }
  const wanted = request.bump === undefined || request.bump === "auto" ? suggested : request.bump;
  const bump = wanted === "none" ? "patch" : wanted;
  const version = freeNumber(line, nextVersion(previous, bump), bump);
  refuseSmall(line.name, { previous, version, bump, required, comparison });
  return { version, previous, bump, requiredBump: required, comparison };
}

/** Steps over numbers that were used once and removed. */
function freeNumber(line: Line, version: string, bump: Exclude<Bump, "none">): string {
  const isUsed = line.versions.includes(version) || entryOf(line.state.removed, version) !== undefined;
  return isUsed ? freeNumber(line, nextVersion(version, bump), bump) : version;
}

function refuseNumber({ name, versions, state }: Line, version: string): void {
  if (versions.includes(version)) {
    throw new PromptSyncError("VERSION_EXISTS", `\`${name}@${version}\` exists already with other content`, {
      hint: "versions never change: leave out `--version` for the next number, or name a new one",
    });
  }
  if (entryOf(state.removed, version) !== undefined) {
    throw new PromptSyncError(
      "VERSION_EXISTS",
      `\`${name}@${version}\` was removed; a number is never used twice`,
      {
        hint: "leave out `--version` for the next number, or name a new one",
      },
    );
  }
  const newest = versions.findLast((it) => !isPrerelease(it));
  if (newest === undefined || isPrerelease(version) || compareVersions(version, newest) > 0) return;
  const [major = "", minor = ""] = version.split(".");
  if (state.maintained?.some((line) => line === major || line === `${major}.${minor}`)) return;
  throw new PromptSyncError(
    "VERSION_INVALID",
    `\`${name}@${version}\` is below the newest version ${newest}`,
    {
      hint: `use a number above ${newest}, or declare \`maintained: ["${major}.${minor}"]\` for \`${name}\` in promptsync.yaml`,
    },
  );
}

interface Step {
  readonly previous: string;
  readonly version: string;
  readonly bump: Bump;
  readonly required: Bump;
  readonly comparison: Comparison | undefined;
}

function refuseSmall(name: string, { previous, version, bump, required, comparison }: Step): void {
  if (bumps.indexOf(bump) >= bumps.indexOf(required)) return;
  const culprit = comparison?.changes.find((change) => change.bump === comparison.requiredBump);
  const enough = nextVersion(previous, required === "none" ? "patch" : required);
  throw new PromptSyncError(
    "BUMP_TOO_SMALL",
    `\`${name}\` ${previous} → ${version} is ${bump}, and ${required} is needed: ${culprit?.message ?? "the text changed"}`,
    {
      hint: `\`--version ${enough}\` or \`--bump auto\` would do`,
      data: { name, previous, version, bump, requiredBump: required, changes: comparison?.changes ?? [] },
    },
  );
}
