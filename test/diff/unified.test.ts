import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VersionDiff } from "../../src/diff/model.js";
import type { PatchPaths } from "../../src/diff/print.js";
import { unified } from "../../src/diff/unified.js";
import { leadAfter, leadBefore, leadDiff, noColour, textDiff } from "./story.js";

const patchOf = (diff: VersionDiff, paths?: PatchPaths): string =>
  unified([diff], { style: noColour, ...(paths && { paths: () => paths }) });

describe("unified", () => {
  test("from version to version the patch copies the old file and edits the copy", () => {
    expect(patchOf(leadDiff()).split("\n").slice(0, 9)).toEqual([
      "diff --git a/qualify-lead/1.0.0.md b/qualify-lead/1.1.0.md",
      "copy from qualify-lead/1.0.0.md",
      "copy to qualify-lead/1.1.0.md",
      "--- a/qualify-lead/1.0.0.md",
      "+++ b/qualify-lead/1.1.0.md",
      "@@ -1,9 +1,10 @@",
      " ---",
      " name: qualify-lead",
      '-version: "1.0.0"',
    ]);
  });

  test("equal files make no patch", () => {
    const paths = { before: "prompts/lead.md", after: "prompts/lead.md" };
    expect(patchOf(textDiff("same\n", "same\n"), paths)).toBe("");
  });

  test("a hostile path is quoted as git quotes it", () => {
    const paths = { before: null, after: 'a "b"\nc.md' };
    expect(patchOf(textDiff("", "welcome\n"), paths)).toContain('+++ "b/a \\"b\\"\\012c.md"');
  });
});

describe("git apply takes the patch", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "promptsync-diff-"));
    execFileSync("git", ["init", "-q"], { cwd: folder });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  const apply = (patch: string): void => {
    // The line break that the terminal adds to every answer.
    execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: `${patch}\n` });
  };

  test("and makes the next version beside the old one", () => {
    write("qualify-lead/1.0.0.md", leadBefore);
    apply(patchOf(leadDiff()));
    expect(read("qualify-lead/1.0.0.md")).toBe(leadBefore);
    expect(read("qualify-lead/1.1.0.md")).toBe(leadAfter);
  });

  test("and makes a file that was not there", () => {
    apply(patchOf({ ...textDiff("", "welcome\n"), from: null, to: "1.0.0" }));
    expect(read("qualify-lead/1.0.0.md")).toBe("welcome\n");
  });

  test("and edits a file in place, also one with a space in its path", () => {
    write("my prompts/lead.md", leadBefore);
    apply(patchOf(leadDiff(), { before: "my prompts/lead.md", after: "my prompts/lead.md" }));
    expect(read("my prompts/lead.md")).toBe(leadAfter);
  });

  test("and several prompts at once", () => {
    write("qualify-lead/1.0.0.md", leadBefore);
    write("welcome/2.0.0.md", "hello\n");
    const welcome = { ...textDiff("hello\n", "hello there\n"), name: "welcome", from: "2.0.0", to: "2.1.0" };
    apply(unified([leadDiff(), welcome], { style: noColour }));
    expect(read("qualify-lead/1.1.0.md")).toBe(leadAfter);
    expect(read("welcome/2.1.0.md")).toBe("hello there\n");
  });

  const long = Array.from({ length: 60 }, (_, index) => `line ${index}\n`).join("");
  test.each([
    ["a missing line break before", "a\nb", "a\nc\n"],
    ["a missing line break after", "a\nb\n", "a\nb"],
    ["a missing line break on both sides", "a\nb", "c\nb"],
    ["carriage returns", "a\r\nb\r\n", "a\nb\r\n"],
    ["terminal escapes and hidden characters", "a\u001b[31m\u202e\n", "a\u200b\u0000\n"],
    [
      "lines that look like a patch",
      "--- a\n+++ b\n@@ -1 +1 @@\n",
      "--- a\n-- b\n@@ -1 +1 @@\n\\ No newline\n",
    ],
    [
      "several hunks",
      long,
      long.replace("line 3\n", "").replace("line 30\n", "x\ny\n").replace("line 59\n", ""),
    ],
    ["everything removed", "a\nb\n", ""],
  ])("with %s", (_, before, after) => {
    write("lead.md", before);
    const patch = patchOf(textDiff(before, after), { before: "lead.md", after: "lead.md" });
    apply(patch);
    expect(read("lead.md")).toBe(after);
  });
});
