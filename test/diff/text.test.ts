import { describe, expect, test } from "vitest";
import { stat } from "../../src/diff/stat.js";
import { text } from "../../src/diff/text.js";
import { leadDiff, namedColours, noColour, textDiff } from "./story.js";

describe("text", () => {
  test("the meaning comes first, the largest step on top, then the lines", () => {
    expect(text([leadDiff()], { style: noColour })).toBe(`qualify-lead 1.0.0 → 1.1.0  minor

  minor  input-optional-added  callers may give \`tone\`
  patch  wording-changed       4 of 15 words changed

   1   ---
   2   name: qualify-lead
   3 - version: "1.0.0"
   3 + version: "1.1.0"
   4 + summary: Asks for the budget first
   5   ---
   6   You qualify leads for {{ company }}.
   7
   7 - Ask for the timeline, then for the budget.
   8 + Ask for the budget, then for the timeline.
   9
  10   Answer in JSON.`);
  });

  test("colour marks the line, bold the words in it", () => {
    expect(text([textDiff("Ask for time.\n", "Ask for budget.\n")], { style: namedColours })).toContain(
      "<red>-</red> <red>Ask for </red><bold><red>time</red></bold><red>.</red>",
    );
  });

  test("a gap between hunks is shown", () => {
    const before = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join("");
    const after = before.replace("line 2\n", "two\n").replace("line 25\n", "twenty-five\n");
    expect(text([textDiff(before, after)], { style: noColour })).toContain("\n   ⋮\n");
  });

  test("a prompt that is new says so", () => {
    const diff = { ...textDiff("", "welcome\n"), from: null, to: "1.0.0", requiredBump: "none" as const };
    expect(text([diff], { style: noColour })).toBe("qualify-lead 1.0.0 (new)\n\n  1 + welcome");
  });

  test("nothing that differs is said in words", () => {
    expect(text([], { style: noColour })).toBe("no differences");
    expect(text([textDiff("same\n", "same\n")], { style: noColour })).toBe("no differences");
  });

  test("an equal prompt among others is named", () => {
    const equal = { ...textDiff("same\n", "same\n"), name: "welcome", to: "draft" };
    expect(text([leadDiff(), equal], { style: noColour })).toMatch(
      /\n\nwelcome 1\.0\.0 → draft {2}no differences$/,
    );
  });

  test("white space that changed, hidden characters and a missing line break are shown", () => {
    const shown = text([textDiff("Ask for the budget.\n", "Ask for the budget.  \u202e\u001b[2J")], {
      style: noColour,
    });
    expect(shown).toContain("+ Ask for the budget.  \\u{202e}\\x1b[2J");
    expect(shown).toContain("(no line break at the end)");
    expect(text([textDiff("Ask now.\n", "Ask now.  \n")], { style: noColour })).toContain("+ Ask now.··");
  });

  test("a name or a message cannot send anything to the terminal", () => {
    const hostile = leadDiff({
      name: "lead\u001b]0;owned\u0007",
      changes: [
        { kind: "wording-changed", at: "body", bump: "patch", message: "`a\u001b[2Jb`\nsecond line" },
      ],
    });
    expect(text([hostile], { style: noColour })).not.toContain("\u001b");
    expect(text([hostile], { style: noColour })).toContain("`a\\x1b[2Jb`\\nsecond line");
  });
});

describe("stat", () => {
  test("each prompt is one line with a bar, the last line sums up", () => {
    const welcome = {
      ...textDiff("", "welcome\n"),
      name: "welcome",
      from: null,
      requiredBump: "none" as const,
    };
    expect(stat([leadDiff(), welcome], { style: noColour }).split("\n")).toEqual([
      "qualify-lead  1.0.0 → 1.1.0  minor  5 +++--",
      "welcome       1.1.0 (new)           1 +",
      "2 prompts, 4 lines added, 2 removed",
    ]);
  });

  test("long bars are scaled and keep a sign for every side", () => {
    const many = Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join("");
    const [line] = stat([textDiff("a\n", many)], { style: noColour }).split("\n");
    expect(line).toMatch(/ 501 \+{40}-$/);
  });

  test("nothing that differs is said in words", () => {
    expect(stat([textDiff("same\n", "same\n")], { style: noColour })).toBe("no differences");
  });
});
