import compare from "semver/functions/compare.js";
import inc from "semver/functions/inc.js";
import parse from "semver/functions/parse.js";
import Range from "semver/classes/range.js";
import type { Bump } from "./bump.js";
import { PromptSyncError } from "./errors.js";

/**
 * Reads a version in the form it is stored in: no leading `v`, no build metadata (two files would rank the same).
 * @throws PromptSyncError `VERSION_INVALID`
 */
export function parseVersion(text: string): string {
  const bare = text.startsWith("v") ? text.slice(1) : text;
  const version = parse(bare);
  if (version === null || bare.split("+")[0] !== version.version) {
    throw new PromptSyncError("VERSION_INVALID", `\`${text}\` is no semantic version`, {
      hint: "write three numbers, such as `1.2.0`, or `1.2.1-rc.1` for a pre-release",
    });
  }
  if (version.build.length > 0) {
    throw new PromptSyncError("VERSION_INVALID", `\`${text}\` carries build metadata`, {
      hint: `write \`${version.version}\`; two versions that differ only after the + would rank the same`,
    });
  }
  return version.version;
}

/** Says whether a text is a version exactly as it is stored. */
export function isVersion(text: string): boolean {
  const version = parse(text);
  return version !== null && version.version === text && version.build.length === 0;
}

/** Orders versions from old to new; for `Array.prototype.sort`. */
export function compareVersions(a: string, b: string): number {
  return compare(a, b);
}

/** Says whether a version is a pre-release, such as `1.0.4-emergency.1`. */
export function isPrerelease(version: string): boolean {
  return version.includes("-");
}

/** Says whether a version is below 1.0.0, where minor steps may break and patch steps may add. */
export function isUnstable(version: string): boolean {
  return version.startsWith("0.");
}

/** The version one step after another; a pre-release is followed by the release it leads to when that is enough. */
export function nextVersion(version: string, bump: Exclude<Bump, "none">): string {
  return inc(version, bump) ?? version;
}

/** The pre-release after a pre-release: `1.0.4-emergency.1` is followed by `1.0.4-emergency.2`. */
export function nextPrerelease(version: string): string {
  return inc(version, "prerelease") ?? version;
}

/** The step from one version to a later one, judged by the leftmost number that differs. */
export function stepBetween(before: string, after: string): Bump {
  const [a, b] = [parse(before), parse(after)];
  if (a === null || b === null || a.compare(b) >= 0) return "none";
  if (a.major !== b.major) return "major";
  return a.minor === b.minor ? "patch" : "minor";
}

/** A test for a range such as `^1.2` or `1`, or undefined when the text is no range. Pre-releases never match. */
export function rangeMatcher(text: string): ((version: string) => boolean) | undefined {
  try {
    const range = new Range(text);
    return (version) => !isPrerelease(version) && range.test(version);
  } catch {
    return undefined; // semver throws for what is no range
  }
}
