import { describe, expect, test } from "vitest";
import type { Style } from "../../../src/operations/operation.js";
import { table } from "../../../src/operations/text/table.js";
import { displayWidth } from "../../../src/operations/text/width.js";

const same = (text: string) => text;
const style = (width?: number): Style => ({
  red: same,
  yellow: same,
  green: same,
  dim: same,
  bold: same,
  cyan: same,
  width,
});

const rows = [
  ["qualify-lead", "3", "Scores an inbound lead before a person reads it"],
  ["退款助手", "12", "处理退款请求"],
  ["welcome", "1", "Greets"],
];

describe("table", () => {
  test("aligns by columns of the terminal, without spaces at the end of a line", () => {
    expect(`\n${table(rows, style(), { head: ["NAME", "VERSIONS", "PURPOSE"], right: [1] })}\n`)
      .toMatchInlineSnapshot(`
      "
      NAME          VERSIONS  PURPOSE
      qualify-lead         3  Scores an inbound lead before a person reads it
      退款助手            12  处理退款请求
      welcome              1  Greets
      "
    `);
  });

  test("colours a cell of the head by its words alone, whatever else a colour could take", () => {
    const chatty: Style = { ...style(), dim: (...words: unknown[]) => words.join(" ") };
    expect(table([["welcome"]], chatty, { head: ["NAME"] })).toBe("NAME\nwelcome");
  });

  test("fits the width: the widest column gives way first", () => {
    const text = table(rows, style(40), { head: ["NAME", "VERSIONS", "PURPOSE"], right: [1] });
    expect(`\n${text}\n`).toMatchInlineSnapshot(`
      "
      NAME          VERSIONS  PURPOSE
      qualify-lead         3  Scores an inbou…
      退款助手            12  处理退款请求
      welcome              1  Greets
      "
    `);
    expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(40);
  });

  test("cuts nothing in a pipe", () => {
    expect(table([["x".repeat(500)]], style())).toHaveLength(500);
  });

  test("keeps a row on one line and fills rows that are short", () => {
    expect(table([["a\nb", "c"], ["d"]], style())).toBe("a b  c\nd");
  });

  test("of nothing is nothing", () => {
    expect(table([], style())).toBe("");
  });
});
