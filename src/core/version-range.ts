import inc from "semver/functions/inc.js";
import Range from "semver/classes/range.js";

/** The pre-release after a pre-release: `1.0.4-emergency.1` is followed by `1.0.4-emergency.2`. */
export function nextPrerelease(version: string): string {
  return inc(version, "prerelease") ?? version;
}

/** A test for a range such as `^1.2` or `1`, or undefined when the text is no range. Pre-releases never match. */
export function rangeMatcher(text: string): ((version: string) => boolean) | undefined {
  try {
    const range = new Range(text);
    return (version) => !version.includes("-") && range.test(version);
  } catch {
    return undefined; // semver throws for what is no range
  }
}
