import { describe, expect, test } from "vitest";
import { duration } from "../../../src/operations/text/duration.js";
import { escape, escapeDeep } from "../../../src/operations/text/escape.js";
import { plural } from "../../../src/operations/text/plural.js";
import { tree } from "../../../src/operations/text/tree.js";

describe("duration", () => {
  test.each([
    [0, "0 ms"],
    [45, "45 ms"],
    [1000, "1 s"],
    [1290, "1.2 s"],
    [59_999, "59 s"],
    [185_000, "3 min 5 s"],
    [7_200_000, "2 h"],
    [86_400_000, "1 day"],
    [187_200_000, "2 days 4 h"],
  ])("%i ms is %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe("plural", () => {
  test.each([
    [0, "version", "0 versions"],
    [1, "alias", "1 alias"],
    [2, "alias", "2 aliases"],
    [3, "entry", "3 entries"],
    [2, "key", "2 keys"],
    [12_000, "prompt", "12,000 prompts"],
  ])("%i %s", (count, noun, text) => {
    expect(plural(count, noun)).toBe(text);
  });
});

describe("escape", () => {
  test("shows what a terminal would obey", () => {
    expect(escape("\u001b[31mred\u0007 \u009b2J \r \u007f \u202eabc")).toBe(
      "\\x1b[31mred\\x07 \\x9b2J \\x0d \\x7f \\u202eabc",
    );
  });

  test("leaves text, line breaks and tabs alone", () => {
    const text = "退款\t👩‍👩‍👧\né";
    expect(escape(text)).toBe(text);
  });

  test("reaches every string and key of a document", () => {
    expect(escapeDeep({ "a\u001b": ["\u0007", 1, null, { deep: "\u0008" }] })).toEqual({
      "a\\x1b": ["\\x07", 1, null, { deep: "\\x08" }],
    });
  });
});

test("tree draws what hangs below what", () => {
  const leaf = (label: string) => ({ label });
  const aliases = { label: "aliases", children: [leaf("dev 1.1.0"), leaf("production 1.0.0")] };
  const drawn = tree([
    { label: "refund", children: [aliases, { label: "versions", children: [leaf("1.1.0")] }] },
  ]);
  expect(`\n${drawn}\n`).toMatchInlineSnapshot(`
    "
    refund
    ├─ aliases
    │  ├─ dev 1.1.0
    │  └─ production 1.0.0
    └─ versions
       └─ 1.1.0
    "
  `);
});
