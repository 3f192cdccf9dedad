import { describe, expect, test } from "vitest";
import { junit } from "../../src/findings/junit.js";
import { evil, finding, gap, options, report, waived } from "./story.js";

describe("junit", () => {
  test("errors fail, warnings pass with their text, waived findings are skipped", () => {
    expect(junit(report([finding(), waived, gap]), options)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="promptsync validate" tests="3" failures="1" errors="0" skipped="1">',
        '<testsuite name="prompt-templates/task/qualify-lead/1.1.0.md" tests="2" failures="1" errors="0" skipped="1">',
        '<testcase classname="qualify-lead@1.1.0" name="template-variable-undeclared: `custmer` is not declared" file="prompt-templates/task/qualify-lead/1.1.0.md" line="9"><failure type="template-variable-undeclared" message="`custmer` is not declared">prompt-templates/task/qualify-lead/1.1.0.md:9:3  error  template-variable-undeclared  `custmer` is not declared\nfix: did you mean `customer`?</failure></testcase>',
        '<testcase classname="qualify-lead@1.1.0" name="template-variable-undeclared: `tone` is not declared"><skipped message="waived: goes away with 2.0.0"/></testcase>',
        "</testsuite>",
        '<testsuite name="prompt-templates/support/welcome/1.4.0.md" tests="1" failures="0" errors="0" skipped="0">',
        '<testcase classname="welcome@1.4.0" name="bump-gap: `1.2.0` is followed by `1.4.0`" file="prompt-templates/support/welcome/1.4.0.md" line="1"><system-out>prompt-templates/support/welcome/1.4.0.md:1:1  warning  bump-gap  `1.2.0` is followed by `1.4.0`\nfix: rename it to `1.3.0`</system-out></testcase>',
        "</testsuite>",
        "</testsuites>",
      ].join("\n"),
    );
  });

  test("a report without findings has one case that passes, and the rules that could not run", () => {
    const skipped = [{ rule: "bump-too-small", reason: "no base" }];
    expect(junit(report([], { skipped }), options).split("\n").slice(2, -1)).toEqual([
      '<testsuite name="validate" tests="2" failures="0" errors="0" skipped="1">',
      '<testcase classname="validate" name="0 errors, 0 warnings, 0 waived, 1 skipped in 31 versions of 12 prompts"/>',
      '<testcase classname="rules" name="bump-too-small"><skipped message="no base"/></testcase>',
      "</testsuite>",
    ]);
  });

  test("nothing that a prompt holds breaks the XML", () => {
    const hostile = finding({ message: evil, hint: evil, file: `${evil}.md`, prompt: evil });
    const shown = junit(report([hostile, { ...waived, message: evil }]), options);
    expect(
      shown.replace(/<\/?(testsuites|testsuite|testcase|failure|skipped)( [^<>]*)?>|<\?xml [^<>]*\?>/g, ""),
    ).not.toMatch(/[<>]/);
    expect(shown.replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
  });
});
