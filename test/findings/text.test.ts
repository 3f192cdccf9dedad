import { expect, test } from "vitest";
import { text } from "../../src/findings/text.js";
import { evil, finding, gap, options, report, waived } from "./story.js";

test("a finding is one line for grep, and what to do stands below", () => {
  expect(text(report([finding(), gap]), options)).toBe(
    [
      "prompt-templates/task/qualify-lead/1.1.0.md:9:3  error  template-variable-undeclared  `custmer` is not declared",
      "    fix: did you mean `customer`?",
      "prompt-templates/support/welcome/1.4.0.md:1:1  warning  bump-gap  `1.2.0` is followed by `1.4.0`",
      "    fix: rename it to `1.3.0`",
      "",
      "1 error, 1 warning, 0 waived, 0 skipped in 31 versions of 12 prompts",
    ].join("\n"),
  );
});

test("a report without findings is its last line", () => {
  expect(text(report([]), options)).toBe(
    "0 errors, 0 warnings, 0 waived, 0 skipped in 31 versions of 12 prompts",
  );
});

test("the base and the rules that could not run are named before the last line", () => {
  const about = {
    base: { ref: "origin/main", sha: "a1b2c3d4e5f6", how: "merge-base" },
    skipped: [
      { rule: "code-prompt-unknown", reason: "no code scan" },
      { rule: "code-variable-missing", reason: "no code scan" },
    ],
  };
  expect(text(report([], about), options).split("\n")).toEqual([
    "compared with origin/main a1b2c3d (merge-base)",
    "skipped (no code scan): code-prompt-unknown, code-variable-missing",
    "0 errors, 0 warnings, 0 waived, 2 skipped in 31 versions of 12 prompts",
  ]);
});

test("a waived finding is counted with the date of its waiver, not listed", () => {
  const waivers = [
    { rule: "bump-gap", target: "welcome", reason: "historic gap", expires: "2026-12-01" },
    { rule: "bump-gap", target: "refund", reason: "historic gap", expires: "2026-11-20" },
  ];
  expect(text(report([waived], { waivers }), options)).toBe(
    "0 errors, 0 warnings, 1 waived (until 2026-11-20 at the earliest), 0 skipped in 31 versions of 12 prompts",
  );
});

test("notes are counted, and what the base has already is marked", () => {
  const shown = text(report([finding({ severity: "info", introduced: "existing", hint: "" })]), options);
  expect(shown).toContain("`custmer` is not declared  (existing)\n\n");
  expect(shown).toContain("0 errors, 0 warnings, 1 note, 0 waived");
});

test("a finding stays one line whatever the prompt holds", () => {
  const shown = text(report([finding({ message: evil, file: `a\u001b\nb.md`, hint: "" })]), options);
  expect(shown.split("\n")).toHaveLength(3);
  expect(shown).not.toMatch(/[\u001b\u202e\0\r]/);
});
