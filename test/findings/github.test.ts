import { describe, expect, test } from "vitest";
import { github } from "../../src/findings/github.js";
import { finding, gap, options, report } from "./story.js";

const commands = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("::"));

describe("github", () => {
  test("a finding is a workflow command with its place, its rule as title and its hint", () => {
    expect(commands(github(report([finding({ endLine: 9, endColumn: 10 })]), options))).toEqual([
      "::error file=prompt-templates/task/qualify-lead/1.1.0.md,line=9,col=3,endLine=9,endColumn=10,title=template-variable-undeclared::`custmer` is not declared%0Afix: did you mean `customer`?",
    ]);
  });

  test("warnings and notes have their own commands", () => {
    const shown = commands(github(report([gap, finding({ severity: "info" })]), options));
    expect(shown.map((line) => line.split(" ")[0])).toEqual(["::warning", "::notice"]);
  });

  test("a place over several lines has no columns", () => {
    const [command] = commands(github(report([finding({ endLine: 12, endColumn: 4 })]), options));
    expect(command).toContain(",line=9,endLine=12,title=");
  });

  test.each([
    ["a percent sign in the message", { message: "100 %" }, "::100 %25%0A"],
    ["a percent escape in the message", { message: "%0A::error::" }, "::%250A::error::%0A"],
    ["a line break in the message", { message: "one\r\ntwo" }, "::one\\r\\ntwo%0A"],
    ["a terminal escape in the message", { message: "\u001b[2J" }, "::\\x1b[2J%0A"],
    ["colons and commas in the path", { file: "a:b,c%.md" }, "file=a%3Ab%2Cc%25.md,"],
    ["a line break in the path", { file: "a\n::error::b.md" }, "file=a%0A%3A%3Aerror%3A%3Ab.md,"],
    ["a colon in the message", { message: "a: b, c" }, "::a: b, c%0A"],
  ])("%s is escaped", (_, parts, expected) => {
    const shown = github(report([finding(parts)]), options);
    expect(commands(shown)).toHaveLength(1);
    expect(shown).toContain(expected);
  });

  test("ten of a level are annotated, the tenth counts the rest, and the log has them all", () => {
    const many = Array.from({ length: 13 }, (_, index) => finding({ message: `mistake ${index + 1}` }));
    const shown = github(report([...many, gap]), options);
    const annotated = commands(shown);
    expect(annotated.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(annotated.filter((line) => line.startsWith("::warning"))).toHaveLength(1);
    expect(annotated[8]).not.toContain("more");
    expect(annotated[9]).toMatch(/mistake 10%0A.*%0Aand 3 more errors, listed in the log of this step$/);
    expect(shown).toContain(
      "\n- prompt-templates/task/qualify-lead/1.1.0.md:9:3  error  template-variable-undeclared  mistake 13\n",
    );
  });

  test("what this change brought comes before what was there", () => {
    const old = finding({ introduced: "existing", message: "old" });
    const shown = commands(
      github(report([gap, old, finding({ introduced: "new", message: "new" })]), options),
    );
    expect(shown.map((line) => line.split("::")[2]?.split("%0A")[0])).toEqual(["new", "old", gap.message]);
  });

  test("a hostile path in the log is no command", () => {
    const many = Array.from({ length: 12 }, () => finding({ file: "::stop-commands::x" }));
    expect(commands(github(report(many), options)).filter((line) => !line.startsWith("::error "))).toEqual(
      [],
    );
  });
});
