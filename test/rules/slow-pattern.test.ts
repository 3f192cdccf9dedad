import { describe, expect, it } from "vitest";
import { isSlowPattern } from "../../src/rules/schema/slow-pattern.js";

describe("a slow pattern", () => {
  it.each([
    "(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "(a*)*b",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^(\\w+\\s?)*$",
    "([a-zA-Z]+)*",
    "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$",
  ])("is %s", (pattern) => {
    expect(isSlowPattern(pattern)).toBe(true);
  });

  it.each([
    "^[a-z0-9]+([._-][a-z0-9]+)*$",
    "^\\d{4}-\\d{2}-\\d{2}$",
    "^a+b+c*$",
    "^(ab|cd)*$",
    "^https?://[^\\s/]+(/[^\\s]*)?$",
    "^[^@]+@[^@]+\\.[^@]+$",
    "^(\\+\\d{1,3} )?\\d{5,12}$",
    "^[A-Z]{2}[0-9]{2}([ ]?[0-9A-Z]{4}){3,7}$",
    "^(0|[1-9]\\d*)(\\.\\d+)?$",
  ])("is not %s", (pattern) => {
    expect(isSlowPattern(pattern)).toBe(false);
  });

  it("is judged in no time, however large", () => {
    const started = performance.now();
    isSlowPattern(`^(${"(a|b|c)?".repeat(70)})*$`);
    isSlowPattern("(a{0,30}){0,30}");
    isSlowPattern(`${"(".repeat(40)}a${"*)".repeat(40)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
