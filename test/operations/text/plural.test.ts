import { expect, test } from "vitest";
import { plural } from "../../../src/operations/text/plural.js";

test.each([
  [0, "prompt", "0 prompts"],
  [1, "alias", "1 alias"],
  [2, "alias", "2 aliases"],
  [999, "entry", "999 entries"],
  [1000, "key", "1,000 keys"],
  [1_234_567, "prompt", "1,234,567 prompts"],
])("%i %s is %s", (count, noun, words) => {
  expect(plural(count, noun)).toBe(words);
});

test("a word that bends otherwise brings its plural", () => {
  expect(plural(1, "was", "were")).toBe("1 was");
  expect(plural(2, "was", "were")).toBe("2 were");
});
