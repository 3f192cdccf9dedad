import { describe, expect, it } from "vitest";
import { patternSpeed } from "../../src/rules/schema/pattern-speed.js";

describe("a slow pattern", () => {
  it.each([
    "(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "(a*)*b",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^(\\w+\\s?)*$",
    "([a-zA-Z]+)*",
    "^(\\p{L}+ ?)+$",
    "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$",
  ])("is %s", (pattern) => {
    expect(patternSpeed(pattern)).toBe("exponential");
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
    "^\\p{L}+( \\p{L}+)*$",
    "^[\\p{Lu}\\P{N}_]*$",
  ])("is not %s", (pattern) => {
    expect(patternSpeed(pattern)).toBe("fast");
  });

  it.each(["(?=a)b", "(?!a)b", "(?<=a)b", "(a)\\1", "a\\b", "a{1,9999}", `(${"ab".repeat(60)})*`])(
    "says nothing of what it cannot judge: %s",
    (pattern) => {
      expect(patternSpeed(pattern)).toBe("unknown");
    },
  );

  it("is judged in no time, however large", () => {
    const started = performance.now();
    patternSpeed(`^(${"(a|b|c)?".repeat(70)})*$`);
    patternSpeed("(a{0,30}){0,30}");
    patternSpeed(`${"(".repeat(40)}a${"*)".repeat(40)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
