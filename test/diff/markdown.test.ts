import { describe, expect, test } from "vitest";
import { codeSpan, markdownText } from "../../src/diff/markdown-text.js";
import { markdown } from "../../src/diff/markdown.js";
import { leadDiff, noColour, textDiff } from "./story.js";

describe("markdown", () => {
  test("a comment has a heading, the changes and the folded text", () => {
    const lines = markdown([leadDiff()], { style: noColour }).split("\n");
    expect(lines.slice(0, 8)).toEqual([
      "### `qualify-lead` 1.0.0 → 1.1.0 · **minor**",
      "",
      "- **minor** `input-optional-added`: callers may give `tone`",
      "- **patch** `wording-changed`: 4 of 15 words changed",
      "",
      "<details><summary>3 added, 2 removed</summary>",
      "",
      "```diff",
    ]);
    expect(lines.slice(-3)).toEqual(["```", "", "</details>"]);
  });

  test("the fence is longer than any fence in the prompt", () => {
    const shown = markdown([textDiff("x\n", "````js\ncode\n````\n")], { style: noColour });
    expect(shown).toContain("\n`````diff\n");
    expect(shown.match(/^`{5}$/gm)).toHaveLength(1);
  });

  test("hidden characters in the prompt are shown", () => {
    expect(markdown([textDiff("x\n", "\u202ex\r\n")], { style: noColour })).toContain("+\\u{202e}x\\r");
  });

  test("what does not fit into a comment is named, and its meaning stays", () => {
    const long = `${"A long line of a long prompt. ".repeat(10)}\n`.repeat(300);
    const shown = markdown([leadDiff(), leadDiff({ hunks: textDiff("", long).hunks })], { style: noColour });
    expect(shown.length).toBeLessThan(65_000);
    expect(shown.match(/callers may give/g)).toHaveLength(2);
    expect(shown).toContain("1 prompt, 300 lines added, 0 removed; too long to show here.");
  });

  test("nothing that differs is said in words", () => {
    expect(markdown([], { style: noColour })).toBe("no differences");
  });
});

describe("markdownText", () => {
  test.each([
    ["markup", "a *b* _c_ [d](e)", "a \\*b\\* \\_c\\_ \\[d\\](e)"],
    ["a tag", "<img src=x>", "\\<img src=x\\>"],
    ["a mention", "ask @dana", "ask @<!-- -->dana"],
    ["an issue", "see #12", "see #<!-- -->12"],
    ["an address", "https://example.com", "https:<!-- -->//example.com"],
    ["a line break", "a\n# b", "a\\\\n# b"],
  ])("%s is only text", (_, text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test("what we quote stays code", () => {
    expect(markdownText("input `to_ne` of @dana")).toBe("input `to_ne` of @<!-- -->dana");
  });
});

test("a code span holds backticks", () => {
  expect(codeSpan("a `` b")).toBe("```a `` b```");
  expect(codeSpan("`a`")).toBe("`` `a` ``");
});
