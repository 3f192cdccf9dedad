import fc from "fast-check";
import compare from "semver/functions/compare.js";
import inc from "semver/functions/inc.js";
import parse from "semver/functions/parse.js";
import { describe, expect, it } from "vitest";
import {
  compareVersions,
  isPrerelease,
  isUnstable,
  isVersion,
  nextVersion,
  parseVersion,
  rangeMatcher,
  stepBetween,
} from "../../src/core/version.js";

describe("a version", () => {
  it("is read with or without a leading v and stored without", () => {
    expect(parseVersion("1.2.0")).toBe("1.2.0");
    expect(parseVersion("v1.2.3")).toBe("1.2.3");
    expect(parseVersion("1.0.4-emergency.1")).toBe("1.0.4-emergency.1");
  });

  it.each([
    "",
    "1",
    "1.2",
    "1.2.3.4",
    "01.2.3",
    "1.2.03",
    "vv1.2.3",
    "V1.2.3",
    " 1.2.3",
    "1.2.3 ",
    "=1.2.3",
    "1.2.3-",
    "a.b.c",
    "1.2.3-01",
    "99999999999999999999.0.0",
  ])("may not be %j", (text) => {
    expect(() => parseVersion(text)).toThrow(expect.objectContaining({ code: "VERSION_INVALID" }) as Error);
    expect(isVersion(text)).toBe(false);
  });

  it("carries no build metadata, because two files would rank the same", () => {
    expect(() => parseVersion("1.2.3+build.5")).toThrow("`1.2.3+build.5` carries build metadata");
    expect(isVersion("1.2.3+build.5")).toBe(false);
  });

  it("is stored in one form only", () => {
    expect(isVersion("1.2.3")).toBe(true);
    expect(isVersion("v1.2.3")).toBe(false);
  });

  it("ranks by semantic versioning, pre-releases below their release", () => {
    const sorted = [
      "1.10.0",
      "1.9.0",
      "1.0.4",
      "1.0.4-emergency.1",
      "1.0.4-emergency.10",
      "1.0.4-emergency.2",
      "1.0.3",
    ].sort(compareVersions);
    expect(sorted).toEqual([
      "1.0.3",
      "1.0.4-emergency.1",
      "1.0.4-emergency.2",
      "1.0.4-emergency.10",
      "1.0.4",
      "1.9.0",
      "1.10.0",
    ]);
    expect(isPrerelease("1.0.4-emergency.1")).toBe(true);
    expect(isUnstable("0.9.0")).toBe(true);
    expect(isUnstable("10.0.0")).toBe(false);
  });

  it("is followed by the next patch, minor or major", () => {
    expect(nextVersion("1.2.3", "patch")).toBe("1.2.4");
    expect(nextVersion("1.2.3", "minor")).toBe("1.3.0");
    expect(nextVersion("1.2.3", "major")).toBe("2.0.0");
    expect(nextVersion("1.2.0-rc.1", "minor")).toBe("1.2.0");
  });

  it.each([
    ["1.2.3", "1.2.4", "patch"],
    ["1.2.3", "1.3.0", "minor"],
    ["1.2.3", "2.0.0", "major"],
    ["1.2.3", "1.2.4-emergency.1", "patch"],
    ["1.2.4-emergency.1", "1.2.4", "patch"],
    ["1.2.3", "1.2.3", "none"],
    ["1.2.3", "1.2.2", "none"],
  ])("stands a step after another: %s → %s is %s", (before, after, step) => {
    expect(stepBetween(before, after)).toBe(step);
  });
});

it("versions are read and ordered as the semver package does it", () => {
  const words = fc.constantFrom(
    "0",
    "1",
    "2",
    "10",
    "01",
    "9007199254740993",
    "-",
    "--",
    ".",
    "..",
    "rc",
    "a",
    "+",
    "-a1",
    " ",
    "v",
    "1.0.0",
    "2.1.0",
  );
  const version = fc.array(words, { minLength: 1, maxLength: 6 }).map((some) => some.join(""));
  const nearly = fc.tuple(fc.constantFrom("1.0.0", "1.2.3", "10.0.1"), version).map((some) => some.join("-"));
  const any = fc.oneof(version, nearly, nearly);
  fc.assert(
    fc.property(any, any, (a, b) => {
      const isStored = (text: string) => parse(text)?.version === text && parse(text)?.build.length === 0;
      expect([isVersion(a), isVersion(b)]).toEqual([isStored(a), isStored(b)]);
      for (const bump of ["major", "minor", "patch"] as const)
        if (isVersion(a)) expect(nextVersion(a, bump)).toBe(inc(a, bump) ?? a);
      if (isVersion(a) && isVersion(b)) expect(compareVersions(a, b)).toBe(compare(a, b));
      else expect(() => compareVersions(a, b)).toThrow(TypeError);
    }),
    { numRuns: 3_000, seed: 20_261_125 },
  );
});

describe("a range", () => {
  it("matches releases in it and never a pre-release", () => {
    const matches = rangeMatcher("^1.2");
    expect(["1.2.0", "1.9.9", "1.1.9", "2.0.0", "1.3.0-rc.1"].map((it) => matches?.(it))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(rangeMatcher("v1")?.("1.4.0")).toBe(true);
    expect(rangeMatcher("nonsense here")).toBeUndefined();
  });
});
