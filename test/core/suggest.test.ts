import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/core/suggest.js";

describe("a suggestion", () => {
  it("is the nearest word", () => {
    expect(nearest("qualify-led", ["welcome", "qualify-lead", "qualify-deal"])).toBe("qualify-lead");
    expect(nearest("temprature", ["temperature", "top_p"])).toBe("temperature");
    expect(didYouMean("producton", ["production"])).toBe("did you mean `production`?");
  });

  it("is left out when nothing is near, and for a word that is right", () => {
    expect(nearest("refund", ["welcome", "qualify-lead"])).toBeUndefined();
    expect(nearest("welcome", ["welcome"])).toBeUndefined();
    expect(nearest("x", [])).toBeUndefined();
    expect(didYouMean("refund", ["welcome"])).toBe("");
  });

  it("never replaces a whole short word", () => {
    expect(nearest("ab", ["cd"])).toBeUndefined();
    expect(nearest("dev", ["prod", "qa"])).toBeUndefined();
    expect(nearest("", ["a", "qa"])).toBeUndefined();
  });

  it("finds a word that was begun", () => {
    expect(nearest("prod", ["dev", "production", "stable"])).toBe("production");
  });

  it("takes no time on long lists and long words", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `prompt-of-some-length-${index}`);
    const start = performance.now();
    expect(nearest("prompt-of-sme-length-19999", many)).toBe("prompt-of-some-length-19999");
    expect(nearest("a".repeat(100_000), ["a".repeat(100), "b".repeat(100_000)])).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
