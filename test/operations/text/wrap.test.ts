import { expect, test } from "vitest";
import { wrap } from "../../../src/operations/text/wrap.js";

test("breaks at blanks, at most at the width", () => {
  expect(wrap("Asks for the budget before the timeline", 16)).toEqual([
    "Asks for the",
    "budget before",
    "the timeline",
  ]);
});

test("counts the columns of full-width characters", () => {
  expect(wrap("退款 处理 请求", 9)).toEqual(["退款 处理", "请求"]);
});

test("leaves a word that is too long in one piece", () => {
  expect(wrap("see sha256:0123456789", 8)).toEqual(["see", "sha256:0123456789"]);
});

test("keeps the lines of the text, and only those in a pipe", () => {
  expect(wrap("one two\nthree", undefined)).toEqual(["one two", "three"]);
  expect(wrap("one two\nthree", 3)).toEqual(["one", "two", "three"]);
});
