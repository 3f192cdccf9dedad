import { describe, expect, it } from "vitest";
import { readDraft, type DraftFormat } from "../../src/core/prompt-file/read-draft.js";
import { readConfig } from "../../src/core/config.js";
import type { Prompt } from "../../src/core/prompt.js";
import { draftText } from "../../src/plans/draft-text.js";
import { initFiles } from "../../src/plans/init-files.js";
import { hasSameContent } from "../../src/plans/same-content.js";
import { summarize } from "../../src/plans/summarize.js";
import { registry } from "../core/registry.js";

describe("a new draft", () => {
  it.each<DraftFormat>(["md", "txt", "yaml"])("in %s is one that can be pushed", (format) => {
    const { draft, problems } = readDraft(draftText("refund", format), format, "refund");
    expect(problems).toEqual([]);
    expect(draft?.body).toContain("{{ topic }}");
  });

  it.each<DraftFormat>(["md", "yaml"])("of a version in %s says what the version says", (format) => {
    const version: Prompt = {
      name: "welcome",
      version: "1.2.0",
      frontMatter: {
        name: "welcome",
        version: "1.2.0",
        title: "Welcome",
        summary: "Warmer",
        variants: [{ tags: { locale: "zh" }, content: "  你好\n" }],
      },
      body: "  Hi {{ name }}.\n\nBye.",
    };
    const { draft } = readDraft(draftText("welcome", format, version), format, "welcome");
    expect(hasSameContent(version, draft!)).toBe(true);
    expect(draft).toMatchObject({ version: undefined });
    expect(draft?.frontMatter.summary).toBeUndefined();
  });
});

describe("the files of init", () => {
  it("are ones that we can read", () => {
    const files = new Map(initFiles(readConfig(undefined)).map(({ path, text }) => [path, text]));
    expect([...files.keys()]).toEqual([
      ".promptsyncrc",
      "prompt-templates/.gitattributes",
      "prompt-templates/promptsync.yaml",
      "prompts/welcome.md",
    ]);
    expect(readConfig(files.get(".promptsyncrc"))).toEqual(readConfig(undefined));
    expect(registry({}, files.get("prompt-templates/promptsync.yaml")).stateText.problems).toEqual([]);
    expect(readDraft(files.get("prompts/welcome.md") ?? "", "md", "welcome").problems).toEqual([]);
  });
});

describe("a summary", () => {
  const change = (message: string, bump: "patch" | "major") =>
    ({ kind: "wording-changed", at: "body", bump, message }) as const;
  const of = (...changes: ReturnType<typeof change>[]) =>
    summarize({ changes, requiredBump: "major", suggestedBump: "major" });

  it("tells the weightiest change first, in one line", () => {
    expect(of(change("wording changed", "patch"), change("input `tone` was removed", "major"))).toBe(
      "input tone was removed; wording changed",
    );
    expect(of()).toBe("The text was edited");
  });

  it("counts what does not fit", () => {
    const long = Array.from({ length: 6 }, (_, index) =>
      change(`input \`number-${index}\` was removed`, "major"),
    );
    expect(of(...long)).toMatch(/^input number-0 was removed; .*; \d more$/);
    expect(of(change("line\nbreak", "patch"))).not.toContain("\n");
  });
});
