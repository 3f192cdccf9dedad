import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../../src/core/prompt-file/digest-of.js";
import { printPrompt } from "../../../src/core/prompt-file/print.js";
import { readVersion } from "../../../src/core/prompt-file/read-version.js";
import type { FrontMatter, Prompt } from "../../../src/core/prompt.js";

const identity = { name: "qualify-lead", version: "1.1.0" };
const file = `---
name: qualify-lead
version: "1.1.0"
summary: Asks for the budget before the timeline
config:
  temperature: 0.2
input:
  schema:
    company: string, the lead's company
    tone?(enum): [ formal, friendly ]
tags: [ sales ]
variants:
  - tags:
      locale: zh
    content: |
      你是 {{ company }} 的友好助手。
---
You qualify leads for {{ company }}.

Be brief.
`;

const problemsOf = (text: string) =>
  readVersion(text, identity).problems.map(({ rule, line, column }) => [rule, line, column]);

describe("a version file", () => {
  it("is read into metadata and body, with the places of both", () => {
    const { prompt, problems, bodyLine, locate } = readVersion(file, identity);
    expect(problems).toEqual([]);
    expect(prompt?.frontMatter.summary).toBe("Asks for the budget before the timeline");
    expect(prompt?.frontMatter.variants?.[0]?.content).toBe("你是 {{ company }} 的友好助手。\n");
    expect(prompt?.body).toBe("You qualify leads for {{ company }}.\n\nBe brief.");
    expect(bodyLine).toBe(18);
    expect(locate(["input", "schema", "company"], "key")).toMatchObject({ line: 9, column: 5 });
  });

  it("keeps blank lines and fences that belong to the body", () => {
    const text = '---\nname: qualify-lead\nversion: "1.1.0"\n---\n\n\nfirst\n---\nlast\n\n';
    expect(readVersion(text, identity).prompt?.body).toBe("\n\nfirst\n---\nlast\n");
  });

  it.each([
    ["Hi\n", [["schema-yaml-invalid", 1, 1]]],
    ["", [["schema-yaml-invalid", 1, 1]]],
    ["---\nname: x\n", [["schema-yaml-invalid", 1, 1]]],
    [`\uFEFF${file}`, [["layout-encoding-invalid", 1, 1]]],
    [file.replaceAll("\n", "\r\n"), [["layout-encoding-invalid", 1, 4]]],
    [file.replace("Be brief", "Be\0brief"), [["layout-encoding-invalid", 20, 3]]],
    [file.replace("config:", "summary:"), [["schema-yaml-invalid", 5, 1]]],
    [file.replace('"1.1.0"', '"1.2.0"'), [["layout-identity-mismatch", 3, 10]]],
    [file.replace("name: qualify-lead", "name: qualify-deal"), [["layout-identity-mismatch", 2, 7]]],
    ["---\n- a\n---\nx\n", [["schema-yaml-invalid", 2, 1]]],
  ])("%# that is wrong says where", (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it("with an unknown key or another number can be used all the same", () => {
    expect(readVersion(file.replace("summary:", "sumary:"), identity).prompt).toBeDefined();
    expect(readVersion(file.replace("summary: Asks", "summary: 3 # Asks"), identity).prompt).toBeUndefined();
  });

  it("has a digest of its UTF-8 bytes", () => {
    expect(digestOf("你")).not.toBe(digestOf("`O")); // the same two bytes in UTF-16
    expect(digestOf("")).toBe("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });
});

describe("printing a prompt", () => {
  it("gives the one stored form: keys in order, version quoted, content as a block, one line break at the end", () => {
    const { prompt } = readVersion(file, identity);
    expect(printPrompt(prompt!)).toBe(
      file
        .replace("[ formal, friendly ]", "\n      - formal\n      - friendly")
        .replace("tags: [ sales ]", "tags:\n  - sales")
        .replaceAll(": \n", ":\n"),
    );
    const turned = {
      body: prompt!.body,
      frontMatter: Object.fromEntries(Object.entries(prompt!.frontMatter).reverse()),
    };
    expect(printPrompt({ ...identity, ...turned })).toBe(printPrompt(prompt!));
    expect(printPrompt({ ...prompt!, body: "Hi\n\n\n" }).endsWith("---\nHi\n")).toBe(true);
  });

  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.string({ unit: "binary", maxLength: 20 }).filter((it) => !/\p{Cs}/u.test(it)),
    fc.constantFrom(
      "true",
      "null",
      "1.10",
      "~",
      "- a",
      "# x",
      "a: b",
      "---",
      "...",
      "'",
      '"',
      "{{ x }}",
      "*x",
      "&x",
      "!x",
      "%x",
      "@x",
      "`x`",
      "<<",
      "=",
      "2026-01-01",
      "0x1f",
      "|",
      ">",
      "\\",
      "\u0085",
      "\u2028",
      "\uFEFF",
    ),
  );
  const block = fc
    .array(
      fc.oneof(
        text,
        fc.constantFrom("", " ", "  indented", "\t", "\ttab", "trailing  ", "---", "# x", "{% if x %}"),
      ),
      { maxLength: 5 },
    )
    .map((list) => list.join("\n"));
  const data = fc.dictionary(
    text.filter((key) => key !== "__proto__" && key !== "<<"),
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 })),
    { maxKeys: 3 },
  );
  const tags = fc.dictionary(
    text.filter((key) => key !== "__proto__" && key !== "<<"),
    text,
    { minKeys: 1, maxKeys: 2 },
  );
  const frontMatter = fc.record(
    {
      title: text,
      summary: text.filter((it) => it.length > 0),
      description: block,
      config: data,
      input: fc.record({ schema: data, default: data }),
      tags: fc.array(
        text.filter((it) => it.length > 0),
        { maxLength: 3 },
      ),
      variants: fc.array(fc.record({ tags, content: block }), { maxLength: 3 }),
      metadata: data,
      "x-note": text,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<FrontMatter>;
  const body = block.map((it) =>
    it
      .replaceAll(/[\r\0]/g, "")
      .replace(/\n+$/, "")
      .replace(/^\uFEFF/, ""),
  );

  it("and reading it gives the same prompt, whatever it says", () => {
    fc.assert(
      fc.property(frontMatter, body, (matter, words) => {
        const prompt: Prompt = { ...identity, frontMatter: { ...matter, ...identity }, body: words };
        const printed = printPrompt(prompt);
        const read = readVersion(printed, identity);
        expect(read.problems).toEqual([]);
        expect(JSON.parse(JSON.stringify(read.prompt))).toEqual(JSON.parse(JSON.stringify(prompt)));
        expect(printPrompt(read.prompt!)).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });

  it("writes variants that share their tags without anchors", () => {
    const shared = { locale: "en" };
    const variants = [
      { tags: shared, content: "a\n" },
      { tags: shared, content: "b\n" },
    ];
    expect(printPrompt({ ...identity, frontMatter: { variants }, body: "x" })).not.toContain("&");
  });
});
