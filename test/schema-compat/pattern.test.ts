import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findText, matchesPattern } from "../../src/schema-compat/pattern/index.js";

const patterns = [
  "^[a-z]+$",
  "a",
  "^a|b$",
  "^.{2,4}$",
  "\\d",
  "^(fr|form)",
  "(ab)*c?",
  "^[^a-c]$",
  "^\\w+\\s\\w+$",
  "[\\d-]{3}",
  "^$",
  "",
  "^(a|b)*?c{2}$",
  "\\u0061",
  "\\x41",
  "^\\.\\$",
  "(?:a|b)+",
  "[a-]",
  "x{0}y",
  "^a{2,}$",
  "^[A-Z]{3}-\\d{4}$",
  "^🦊$",
  "\\cA?".slice(0, 0),
];

describe("patterns", () => {
  it("match what the engine of the host matches", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.string({ unit: fc.constantFrom(..."abcfromAB-1 .$y🦊\n"), maxLength: 6 }),
        (pattern, text) => {
          expect(matchesPattern(pattern, text)).toBe(new RegExp(pattern, "u").test(text));
        },
      ),
      { numRuns: 2000, seed: 20261102 },
    );
  });

  it.each([
    "(?=a)b",
    "(?<name>a)",
    "(a)\\1",
    "\\bword",
    "\\p{Nothing}",
    "\\pL",
    "[",
    "a{2,1}",
    "a**",
    "(",
    "\\u{110000}",
  ])("%s is not understood, and said so", (pattern) => {
    expect(matchesPattern(pattern, "a")).toBeUndefined();
    expect(findText({ all: [pattern], butNot: undefined, min: 0, max: 9 })).toBeUndefined();
  });

  it("that make other engines back-track for ever are answered at once", () => {
    const started = performance.now();
    expect(matchesPattern("^(a+)+$", `${"a".repeat(5000)}!`)).toBe(false);
    expect(matchesPattern("^(a|a)*$", `${"a".repeat(5000)}!`)).toBe(false);
    expect(matchesPattern("^((((((a{1,50}){1,50}){1,50}){1,50}){1,50}){1,50})$", "a")).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("find a shortest text, a text that another pattern lacks, or none", () => {
    const find = (all: string[], butNot?: string, [min, max] = [0, Infinity]) =>
      findText({ all, butNot, min: min ?? 0, max: max ?? 0 });
    expect(find(["^[A-Z]{3}-\\d{2}$"])).toMatch(/^[A-Z]{3}-\d{2}$/);
    expect(find(["^[a-z0-9]+$"], "^[a-z]+$")).toMatch(/\d/);
    expect(find(["^[a-z]+$"], "^[a-z0-9]+$")).toBeNull();
    expect(find(["^a*$"], undefined, [3, 3])).toBe("aaa");
    expect(find(["^a{3}$"], undefined, [0, 2])).toBeNull();
  });
});
