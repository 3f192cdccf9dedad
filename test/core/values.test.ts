import { describe, expect, it } from "vitest";
import { largestBump } from "../../src/core/bump.js";
import { isPromptSyncError, PromptSyncError } from "../../src/core/errors.js";
import { isJsonObject, jsonEquals } from "../../src/core/json.js";

describe("two JSON values", () => {
  it("are equal whatever the order of their keys", () => {
    expect(jsonEquals({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] })).toBe(true);
    expect(jsonEquals(Object.assign(Object.create(null), { a: 1 }) as { a: number }, { a: 1 })).toBe(true);
  });

  it.each([
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [[], {}],
    [null, {}],
    ["1", 1],
    [{ toString: 1 }, { a: 1 }],
  ])("%j and %j differ", (a, b) => {
    expect(jsonEquals(a, b)).toBe(false);
    expect(jsonEquals(b, a)).toBe(false);
  });

  it("do not take a word of JavaScript for a key", () => {
    expect(jsonEquals({ constructor: 1 }, { a: 1 })).toBe(false);
    expect(isJsonObject([])).toBe(false);
  });
});

describe("the largest bump", () => {
  it("is none for an empty list", () => {
    expect(largestBump([])).toBe("none");
    expect(largestBump(["patch", "major", "minor"])).toBe("major");
  });
});

describe("an error of ours", () => {
  it("is recognised across copies of the package, and nothing else is", () => {
    const error = new PromptSyncError("USAGE", "x", { hint: "y", line: 3, cause: new Error("z") });
    expect(isPromptSyncError(error)).toBe(true);
    expect([error.code, error.hint, error.line, (error.cause as Error).message]).toEqual([
      "USAGE",
      "y",
      3,
      "z",
    ]);
    expect([new Error("x"), null, undefined, "x", {}].map(isPromptSyncError)).toEqual(Array(5).fill(false));
    expect(Object.keys(error)).not.toContain("Symbol(promptsync.error)");
  });
});
