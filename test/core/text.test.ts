import { describe, expect, it } from "vitest";
import { normalizeDraft, textProblem } from "../../src/core/text.js";

describe("the stored form of a text", () => {
  it("is LF without a byte order mark or NUL", () => {
    expect(textProblem("---\nname: welcome\n---\nHi 用户 😀\n")).toBeUndefined();
    expect(textProblem("")).toBeUndefined();
  });

  it.each([
    ["\uFEFFhi", "the file begins with a byte order mark", 1, 1],
    ["one\ntwo\r\n", "the file has Windows line ends (CR)", 2, 4],
    ["one\rtwo", "the file has Windows line ends (CR)", 1, 4],
    ["one\n\n\0", "the text holds a NUL character", 3, 1],
  ])("is not %j", (text, message, line, column) => {
    expect(textProblem(text)).toMatchObject({ rule: "layout-encoding-invalid", message, line, column });
  });

  it("is what any editor's draft is brought to", () => {
    expect(normalizeDraft("\uFEFFone\r\ntwo\rthree\n")).toBe("one\ntwo\nthree\n");
    expect(normalizeDraft("a\uFEFFb")).toBe("a\uFEFFb");
  });
});
