import { describe, expect, test } from "vitest";
import { markdown } from "../../src/findings/markdown.js";
import { evil, finding, gap, options, report } from "./story.js";

describe("markdown", () => {
  test("the worst file comes first, each in its section, and the counts come last", () => {
    expect(markdown(report([gap, finding()]), options)).toBe(`### Prompts: 1 error, 1 warning

#### \`prompt-templates/task/qualify-lead/1.1.0.md\`

- **error** 9:3 \`template-variable-undeclared\` \`custmer\` is not declared${"  "}
  fix: did you mean \`customer\`?

#### \`prompt-templates/support/welcome/1.4.0.md\`

- **warning** 1:1 \`bump-gap\` \`1.2.0\` is followed by \`1.4.0\`${"  "}
  fix: rename it to \`1.3.0\`

1 error, 1 warning, 0 waived, 0 skipped in 31 versions of 12 prompts`);
  });

  test("a report without findings says that nothing is to fix", () => {
    expect(markdown(report([]), options)).toMatch(/^### Prompts: nothing to fix\n\n0 errors/);
  });

  test("what a prompt holds cannot become markup or a mention", () => {
    const shown = markdown(report([finding({ message: evil, file: "a`b.md" })]), options);
    expect(shown).not.toMatch(/(?<!\\)<script/);
    expect(shown).not.toContain("@dana");
    expect(shown).toContain("#### ``a`b.md``");
  });

  test("a very long report ends below 900 KiB with a count of what was left out", () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      finding({ file: `prompt-templates/p${index % 50}/1.0.0.md`, message: "请先询问预算".repeat(40) }),
    );
    const shown = markdown(report(many), options);
    expect(Buffer.byteLength(shown)).toBeLessThan(900 * 1024);
    const listed = shown.match(/^- \*\*error/gm)?.length ?? 0;
    expect(shown).toContain(
      `\n\n${5000 - listed} more findings left out; \`promptsync validate\` shows all.\n\n`,
    );
    expect(shown).toMatch(/5000 errors, 0 warnings, .*$/);
  });
});
