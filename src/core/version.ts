import type { Bump } from "./bump.js";
import { PromptSyncError } from "./errors.js";

export { nextPrerelease, rangeMatcher } from "./version-range.js";

/**
 * Reads a version in the form it is stored in: no leading `v`, no build metadata (two files would rank the same).
 * @throws PromptSyncError `VERSION_INVALID`
 */
export function parseVersion(text: string): string {
  const bare = text.startsWith("v") ? text.slice(1) : text;
  const [version = "", ...build] = bare.split("+");
  if (partsOf(version) === undefined || (build.length > 0 && !isBuild.test(build.join("+")))) {
    throw new PromptSyncError("VERSION_INVALID", `\`${text}\` is no semantic version`, {
      hint: "write three numbers, such as `1.2.0`, or `1.2.1-rc.1` for a pre-release",
    });
  }
  if (build.length > 0) {
    throw new PromptSyncError("VERSION_INVALID", `\`${text}\` carries build metadata`, {
      hint: `write \`${version}\`; two versions that differ only after the + would rank the same`,
    });
  }
  return version;
}

/** Says whether a text is a version exactly as it is stored. */
export function isVersion(text: string): boolean {
  return partsOf(text) !== undefined;
}

/**
 * Orders versions from old to new; for `Array.prototype.sort`.
 * @throws TypeError for what is no version
 */
export function compareVersions(a: string, b: string): number {
  return compareParts(definitely(a), definitely(b));
}

/** Says whether a version is a pre-release, such as `1.0.4-emergency.1`. */
export function isPrerelease(version: string): boolean {
  return version.includes("-");
}

/** Says whether a version is below 1.0.0, where minor steps may break and patch steps may add. */
export function isUnstable(version: string): boolean {
  return version.startsWith("0.");
}

/** The step from one version to a later one, judged by the leftmost number that differs. */
export function stepBetween(before: string, after: string): Bump {
  const [a, b] = [partsOf(before), partsOf(after)];
  if (a === undefined || b === undefined || compareParts(a, b) >= 0) return "none";
  if (a.numbers[0] !== b.numbers[0]) return "major";
  return a.numbers[1] === b.numbers[1] ? "patch" : "minor";
}

/** The version one step after another; a pre-release is followed by the release it leads to when that is enough. */
export function nextVersion(version: string, bump: Exclude<Bump, "none">): string {
  const parts = partsOf(version);
  if (parts === undefined) return version;
  const [major, minor, patch] = parts.numbers;
  const isRelease = parts.prerelease.length === 0;
  if (bump === "major") return `${isRelease || minor > 0 || patch > 0 ? major + 1 : major}.0.0`;
  if (bump === "minor") return `${major}.${isRelease || patch > 0 ? minor + 1 : minor}.0`;
  return `${major}.${minor}.${isRelease ? patch + 1 : patch}`;
}

/** A version taken apart: what semver.org calls major, minor and patch, and the identifiers of the pre-release. */
interface Parts {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  readonly prerelease: readonly string[];
}

const number = String.raw`(0|[1-9]\d*)`;
const identifier = String.raw`(?:0|[1-9]\d*|\d*[a-zA-Z-][a-zA-Z0-9-]*)`;
const pattern = new RegExp(
  String.raw`^${number}\.${number}\.${number}(?:-(${identifier}(?:\.${identifier})*))?$`,
);
const isBuild = /^[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/;

/** Longer ones are no versions, as in the semver package. */
const longest = 256;

/** Registries repeat the same few versions, and sorting asks for each of them many times. */
const known = new Map<string, Parts | undefined>();
const mostKnown = 10_000;

function partsOf(text: string): Parts | undefined {
  if (known.has(text)) return known.get(text);
  if (known.size >= mostKnown) known.clear();
  const parts = takeApart(text);
  known.set(text, parts);
  return parts;
}

function takeApart(text: string): Parts | undefined {
  const found = text.length > longest ? null : pattern.exec(text);
  if (found === null) return undefined;
  const numbers = [Number(found[1]), Number(found[2]), Number(found[3])] as const;
  if (!numbers.every(Number.isSafeInteger)) return undefined;
  return { numbers, prerelease: found[4]?.split(".") ?? [] };
}

function definitely(text: string): Parts {
  const parts = partsOf(text);
  if (parts === undefined) throw new TypeError(`Invalid Version: ${text}`);
  return parts;
}

/** The order of semver.org §11. */
function compareParts(a: Parts, b: Parts): number {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0;
    if (number !== other) return number < other ? -1 : 1;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return Math.sign(b.prerelease.length - a.prerelease.length);
  }
  for (const [index, word] of a.prerelease.entries()) {
    const other = b.prerelease[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(word, other);
    if (order !== 0) return order;
  }
  return a.prerelease.length < b.prerelease.length ? -1 : 0;
}

function compareIdentifiers(a: string, b: string): number {
  const [isNumber, isOther] = [isNumeric.test(a), isNumeric.test(b)];
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  const [one, two] = isNumber ? [Number(a), Number(b)] : [a, b];
  return one < two ? -1 : one > two ? 1 : 0;
}

const isNumeric = /^\d+$/;
