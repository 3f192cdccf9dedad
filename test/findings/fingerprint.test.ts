import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/core/fingerprint.js";
import { finding } from "./story.js";

const known = fingerprint(finding());

describe("fingerprint", () => {
  test("is 16 hex digits that never change between releases", () => {
    expect(known).toBe("58576647a409aa3a");
  });

  test.each([
    ["message", { message: "`custmer` is declared nowhere" }],
    ["hint", { hint: "" }],
    ["place", { line: 40, column: 1, endLine: 41 }],
    ["severity", { severity: "warning" as const }],
    ["folder", { file: "prompt-templates/sales/qualify-lead/1.1.0.md" }],
  ])("stays when the %s changes", (_, parts) => {
    expect(fingerprint(finding(parts))).toBe(known);
  });

  test.each([
    ["rule", { rule: "template-variable-unused" }],
    ["prompt", { prompt: "welcome" }],
    ["version", { version: "1.2.0" }],
    ["kind of change", { data: { variable: "custmer", kind: "input-removed" } }],
    ["JSON pointer", { data: { variable: "custmer", pointer: "/input/schema/custmer" } }],
    ["variable", { data: { variable: "compny" } }],
  ])("differs when the %s differs", (_, parts) => {
    expect(fingerprint(finding(parts))).not.toBe(known);
  });

  test("a call is known by its file, wherever it stands there", () => {
    const call = (place: string) => fingerprint(finding({ data: { variable: "locale", call: place } }));
    expect(call("src/a.ts:41:3")).toBe(call("src/a.ts:7:12"));
    expect(call("src/a.ts:41:3")).not.toBe(call("src/b.ts:41:3"));
  });

  test("a finding that belongs to no prompt is known by its file", () => {
    const stray = { prompt: null, version: null, rule: "layout-unexpected-file", data: {} };
    const notes = fingerprint(finding({ ...stray, file: "prompt-templates/notes.txt" }));
    expect(fingerprint(finding({ ...stray, file: "prompt-templates/todo.txt" }))).not.toBe(notes);
  });
});
