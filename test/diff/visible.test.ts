import { describe, expect, test } from "vitest";
import { visible, visibleSpaces } from "../../src/diff/visible.js";

describe("visible", () => {
  test.each([
    ["a terminal escape", "\u001b[31mred", "\\x1b[31mred"],
    ["a bell and a null", "\u0007\u0000", "\\x07\\x00"],
    ["a carriage return", "end\r", "end\\r"],
    ["a line break", "two\nlines", "two\\nlines"],
    ["a C1 control", "\u009b2J", "\\x9b2J"],
    ["a bidirectional override", "\u202eevil\u202c", "\\u{202e}evil\\u{202c}"],
    ["a bidirectional isolate", "\u2066x\u2069", "\\u{2066}x\\u{2069}"],
    ["a zero-width space", "pass\u200bword", "pass\\u{200b}word"],
    ["a byte order mark", "\ufeffname", "\\u{feff}name"],
    ["a tag character, which smuggles ASCII", "\u{e0041}", "\\u{e0041}"],
    ["a lone surrogate", "\ud800!", "\\u{d800}!"],
    ["a line separator", "a\u2028b", "a\\u{2028}b"],
    ["a lone joiner", "a\u200db", "a\\u{200d}b"],
  ])("%s becomes an escape", (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test.each(["你好，世界", "émigré", "a\tb", "👩‍💻 ❤️ 👍🏽 1️⃣", "שלום", "{{ company }}"])(
    "%j stays as it is",
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  test("escapes and the text between can be written differently", () => {
    const marks = { escape: (text: string) => `<${text}>`, plain: (text: string) => text.toUpperCase() };
    expect(visible("a\u200bb", marks)).toBe("A<\\u{200b}>B");
  });
});

test("white space alone is shown as signs, white space between words is not", () => {
  expect(visibleSpaces("  ")).toBe("··");
  expect(visibleSpaces("\t")).toBe("→\t");
  expect(visibleSpaces("\u00a0")).toBe("\\xa0");
  expect(visibleSpaces(" a ")).toBe(" a ");
});
