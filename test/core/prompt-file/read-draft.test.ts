import { describe, expect, it } from "vitest";
import { readDraft, type DraftFormat } from "../../../src/core/prompt-file/read-draft.js";
import { usableDraft } from "../../../src/core/prompt-file/usable-draft.js";

const read = (text: string, format: DraftFormat = "md") => readDraft(text, format, "welcome");
const problemsOf = (text: string, format: DraftFormat = "md") =>
  read(text, format).problems.map(({ rule, message, line, column }) => [rule, message, line, column]);

describe("a draft", () => {
  it("is the same prompt in all three formats", () => {
    const md = read("---\ndescription: Greets\ntags: [example]\n---\nHi {{ name }}.\n");
    const yaml = read("description: Greets\ntags: [example]\ncontent: |\n  Hi {{ name }}.\n", "yaml");
    expect(md.draft).toEqual(yaml.draft);
    expect(md.draft?.body).toBe("Hi {{ name }}.");
    expect(read("Hi {{ name }}.\n", "txt").draft).toMatchObject({ frontMatter: {}, body: "Hi {{ name }}." });
    expect(read("Hi {{ name }}.").draft?.body).toBe("Hi {{ name }}.");
  });

  it("takes `---` in a .txt for text", () => {
    expect(read("---\nname: x\n---\nHi\n", "txt").draft?.body).toBe("---\nname: x\n---\nHi");
  });

  it("drops blank lines around the body and knows on which line it begins", () => {
    const { draft, bodyLine } = read("---\nmodel: x\n---\n\n  \n  Hi\nyou  \n\n");
    expect(draft?.body).toBe("  Hi\nyou");
    expect(bodyLine).toBe(6);
    expect(read("\n\nHi", "txt").bodyLine).toBe(3);
    expect(read("model: x\ncontent: |\n  Hi\n", "yaml").bodyLine).toBe(3);
  });

  it("comes from any editor: BOM and Windows line ends are taken off", () => {
    expect(read("\uFEFF---\r\nmodel: x\r\n---\r\nHi\r\nyou\r\n").draft).toMatchObject({
      frontMatter: { model: "x" },
      body: "Hi\nyou",
    });
  });

  it("named otherwise than its file has a name for people, which becomes its title", () => {
    const titled = read("---\nname: Customer Support Prompt\n---\nHi\n").draft;
    expect(titled?.frontMatter).toEqual({ title: "Customer Support Prompt" });
    expect(read("---\nname: welcome\n---\nHi\n").draft?.frontMatter).toEqual({});
    expect(read("---\nname: Other\ntitle: Kept\n---\nHi\n").draft?.frontMatter).toEqual({ title: "Kept" });
  });

  it("may name its version, owner and purpose, which do not stand in the version file", () => {
    const { draft } = read(
      "---\nversion: v1.2.3\nowner: team-sales\npurpose: Greets\ngit_commit: abc123\n---\nHi\n",
    );
    expect(draft).toMatchObject({ version: "v1.2.3", owner: "team-sales", purpose: "Greets" });
    expect(draft?.frontMatter).toEqual({ git_commit: "abc123" });
  });

  it.each<[string, DraftFormat, [string, string, number, number][]]>([
    [
      "---\nversion: 1.10\n---\nHi\n",
      "md",
      [["schema-field-invalid", "`version` must be a text, got 1.1", 2, 10]],
    ],
    ["---\nowner: 3\n---\nHi\n", "md", [["schema-field-invalid", "`owner` must be a text, got 3", 2, 8]]],
    [
      "---\nmodle: x\n---\nHi\n",
      "md",
      [["schema-field-unknown", "`modle` is no known key; did you mean `model`?", 2, 1]],
    ],
    ["---\nmodel: x\nHi\n", "md", [["schema-yaml-invalid", "the front-matter has no closing `---`", 1, 1]]],
    ["", "txt", [["schema-yaml-invalid", "the prompt has no text", 1, 1]]],
    ["---\nmodel: x\n---\n \n", "md", [["schema-yaml-invalid", "the prompt has no text", 5, 1]]],
    ["model: x\n", "yaml", [["schema-yaml-invalid", "`content` must hold the prompt's text", 1, 1]]],
    ["content: 3\n", "yaml", [["schema-yaml-invalid", "`content` must hold the prompt's text", 1, 10]]],
    ["- a\n", "yaml", [["schema-yaml-invalid", "the front-matter is no map of keys and values", 1, 1]]],
    ["Hi\0", "txt", [["layout-encoding-invalid", "the text holds a NUL character", 1, 3]]],
  ])("%# that cannot be used says why and where", (text, format, problems) => {
    expect(problemsOf(text, format)).toEqual(problems);
    expect(read(text, format).draft).toBeUndefined();
  });

  it("that cannot be used is an error with its file and all its problems", () => {
    const text = read("---\nmodle: x\nscope: all\n---\nHi\n");
    expect(() => usableDraft(text, "prompts/welcome.md")).toThrow(
      expect.objectContaining({
        code: "PROMPT_INVALID",
        file: "prompts/welcome.md",
        line: 2,
        column: 1,
      }) as Error,
    );
  });
});
