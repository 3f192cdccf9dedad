import { describe, expect, test } from "vitest";
import { cut, displayWidth, pad } from "../../../src/operations/text/width.js";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

describe("displayWidth", () => {
  test.each([
    ["refund", 6],
    ["", 0],
    ["退款助手", 8],
    ["환불", 4],
    ["ﾊﾝｶｸ", 4],
    ["Ｆｕｌｌ", 8],
    ["é", 1],
    ["e\u0301", 1],
    ["👍", 2],
    ["👩‍👩‍👧", 2],
    ["❤️", 2],
    ["→ … ─", 5],
    ["a\u200bb", 2],
    [red("refund"), 6],
  ])("%j takes %i columns", (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe("cut", () => {
  test.each([
    ["qualify-lead", 12, "qualify-lead"],
    ["qualify-lead", 8, "qualify…"],
    ["退款助手", 8, "退款助手"],
    ["退款助手", 7, "退款助…"],
    ["退款助手", 6, "退款…"],
    ["ab", 1, "…"],
  ])("%j in %i columns is %j", (text, columns, shortened) => {
    expect(cut(text, columns)).toBe(shortened);
    expect(displayWidth(shortened)).toBeLessThanOrEqual(columns);
  });

  test("keeps the end of a colour", () => {
    expect(cut(red("qualify-lead"), 5)).toBe(red("qual…"));
  });
});

test("pad counts columns, not characters", () => {
  expect(pad("退款", 6)).toBe("退款  ");
  expect(pad("12", 4, "left")).toBe("  12");
});
