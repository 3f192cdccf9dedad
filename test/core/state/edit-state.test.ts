import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyStateText, editState } from "../../../src/core/state/edit-state.js";
import { commentsOf } from "../../../src/core/yaml/comments.js";
import { readYaml } from "../../../src/core/yaml/read-yaml.js";

const limits = { length: 1e6, depth: 32, keys: 1e5 };
const serve = (prompt: string, alias: string, version: string) => ({
  path: ["prompts", prompt, "aliases", alias, "serve"],
  value: version,
});
const lines = (...list: string[]) => list.map((line) => `${line}\n`).join("");
const dev = [serve("welcome", "dev", "1.0.0")];
const welcomeBlock = ["prompts:", "  welcome:", "    aliases:", "      dev:", '        serve: "1.0.0"'];

describe("an edit of an empty state", () => {
  it.each([
    ["the empty state", emptyStateText, lines("schema: promptsync/v1", ...welcomeBlock)],
    ["an empty file", "", lines("schema: promptsync/v1", ...welcomeBlock)],
    [
      "a file with only comments",
      "# rollout of sales-bot\n",
      lines("# rollout of sales-bot", "schema: promptsync/v1", ...welcomeBlock),
    ],
    [
      "an empty map of prompts",
      "schema: promptsync/v1\nprompts: {} # none yet\n",
      lines("schema: promptsync/v1", "prompts: # none yet", ...welcomeBlock.slice(1)),
    ],
    [
      "prompts without a value",
      "schema: promptsync/v1\nprompts:\n",
      lines("schema: promptsync/v1", ...welcomeBlock),
    ],
    [
      "a file without a last line break",
      "schema: promptsync/v1",
      lines("schema: promptsync/v1", ...welcomeBlock),
    ],
  ])("writes block style into %s", (_, text, expected) => {
    expect(editState(text, dev)).toBe(expected);
  });
});

const team = lines(
  "# yaml-language-server: $schema=…/promptsync.schema.json",
  "schema:   promptsync/v1   # the only file that decides",
  "",
  "aliases:",
  "  production: {protected: true}",
  "",
  "# one block a prompt",
  "prompts:",
  "  # Dana owns this one",
  "  qualify-lead:",
  "    owner: team-sales # since 2025",
  "    aliases:",
  "      # audited",
  "      production: # frozen in December",
  "        serve: '1.0.0' # see the audit",
  "        # nothing else",
  "",
  "  # the first message",
  "  welcome:",
  "    aliases: { dev: { serve: 1.0.0 }, stable: { serve: 1.0.0 } }",
  "# the end",
);

describe("an edit of a state that people wrote", () => {
  it("touches the one line that changes", () => {
    expect(editState(team, [serve("qualify-lead", "production", "1.1.0")])).toBe(
      team.replace("'1.0.0' # see", '"1.1.0" # see'),
    );
    expect(editState(team, [serve("welcome", "dev", "1.0.1")])).toBe(
      team.replace("dev: { serve: 1.0.0 }", 'dev: { serve: "1.0.1" }'),
    );
  });

  it("that changes nothing changes no byte", () => {
    expect(editState(team, [])).toBe(team);
    expect(editState(team, [serve("qualify-lead", "production", "1.0.0")])).toBe(team);
    expect(editState(team, [{ path: ["prompts", "refund"] }])).toBe(team);
  });

  it("puts a new prompt in its place by name, above the comment of the next", () => {
    expect(editState(team, [{ path: ["prompts", "refund", "owner"], value: "team-support" }])).toBe(
      team.replace("  # the first", "  refund:\n    owner: team-support\n  # the first"),
    );
    expect(editState(team, [{ path: ["prompts", "yes", "owner"], value: "no" }])).toBe(
      team.replace("# the end", '  yes:\n    owner: "no"\n# the end').replace('"no"', "no"),
    );
  });

  it("puts settings in the order of the schema and ids in the order of their names", () => {
    const edited = editState(team, [
      { path: ["prompts", "qualify-lead", "default"], value: "1.0.0" },
      { path: ["prompts", "qualify-lead", "purpose"], value: "Scores an inbound lead" },
      serve("qualify-lead", "dev", "1.1.0"),
      { path: ["project", "default_alias"], value: "production" },
    ]);
    expect(edited).toBe(
      team
        .replace("aliases:\n  prod", "project:\n  default_alias: production\naliases:\n  prod")
        .replace("2025\n", '2025\n    purpose: Scores an inbound lead\n    default: "1.0.0"\n')
        .replace("      # audited", '      dev:\n        serve: "1.1.0"\n      # audited'),
    );
  });

  it("turns a flow map that grows into block style", () => {
    expect(editState(team, [serve("welcome", "production", "1.0.0")])).toBe(
      team.replace(
        "    aliases: { dev: { serve: 1.0.0 }, stable: { serve: 1.0.0 } }",
        lines(
          "    aliases:",
          "      dev:",
          '        serve: "1.0.0"',
          "      production:",
          '        serve: "1.0.0"',
          "      stable:",
          '        serve: "1.0.0"',
        ).trimEnd(),
      ),
    );
  });

  it("removes an entry with the maps that it leaves empty, and keeps every comment", () => {
    expect(editState(team, [{ path: ["prompts", "qualify-lead", "aliases", "production"] }])).toBe(
      team.replace(
        lines(
          "    aliases:",
          "      # audited",
          "      production: # frozen in December",
          "        serve: '1.0.0' # see the audit",
        ),
        lines("    # audited", "    # frozen in December", "    # see the audit"),
      ),
    );
  });

  it("removes the last entry and adds one in the same go", () => {
    const text = lines("schema: promptsync/v1", "prompts:", "  refund:", "    owner: a");
    const edits = [{ path: ["prompts", "refund"] }, { path: ["prompts", "welcome", "owner"], value: "b" }];
    expect(editState(text, edits)).toBe(
      lines("schema: promptsync/v1", "prompts:", "  welcome:", "    owner: b"),
    );
  });

  it("lets a later edit of the same entry win", () => {
    const edits = [serve("welcome", "dev", "1.0.0"), serve("welcome", "dev", "2.0.0")];
    expect(editState(emptyStateText, edits)).toContain('serve: "2.0.0"');
    expect(editState(emptyStateText, [...edits, { path: ["prompts", "welcome"] }])).toBe(emptyStateText);
  });

  it("quotes versions and what YAML would read as something else", () => {
    const text = editState(emptyStateText, [
      { path: ["prompts", "welcome", "yanked", "1.0.1", "reason"], value: "no: really # so" },
      { path: ["prompts", "welcome", "owner"], value: "true" },
      { path: ["prompts", "welcome", "purpose"], value: "two\nlines " },
    ]);
    expect(text).toBe(
      lines(
        "schema: promptsync/v1",
        "prompts:",
        "  welcome:",
        '    owner: "true"',
        "    purpose: |-",
        "      two",
        "      lines ",
        "    yanked:",
        '      "1.0.1":',
        '        reason: "no: really # so"',
      ),
    );
  });

  it("edits a prompt's own file, whose block stands at the top", () => {
    const own = "# Dana\nowner: team-sales\n";
    expect(editState(own, [serve("qualify-lead", "dev", "1.0.0")], ["prompts", "qualify-lead"])).toBe(
      '# Dana\nowner: team-sales\naliases:\n  dev:\n    serve: "1.0.0"\n',
    );
    expect(editState("", [serve("qualify-lead", "dev", "1.0.0")], ["prompts", "qualify-lead"])).toBe(
      'aliases:\n  dev:\n    serve: "1.0.0"\n',
    );
  });

  it("refuses a text that is no state, with the place", () => {
    expect(() => editState("schema: promptsync/v1\nprompts: [\n", dev)).toThrow(
      expect.objectContaining({ code: "STATE_INVALID", file: "promptsync.yaml" }) as Error,
    );
    expect(() => editState("a: 1\na: 2\n", dev)).toThrow(
      expect.objectContaining({ code: "STATE_INVALID", line: 2, column: 1 }) as Error,
    );
    expect(() => editState("- welcome\n", dev)).toThrow("the file holds no map");
  });

  it("stays fast on a thousand prompts", () => {
    const names = Array.from({ length: 1000 }, (_, index) => `prompt-${String(index).padStart(4, "0")}`);
    const first = editState(
      emptyStateText,
      names.map((name) => serve(name, "production", "1.0.0")),
    );
    const second = editState(
      first,
      names.map((name) => serve(name, "production", "1.1.0")),
    );
    expect(second).toBe(first.replaceAll("1.0.0", "1.1.0"));
  }, 10_000);
});

describe("any list of edits", () => {
  const id = fc.constantFrom("alpha", "beta", "gamma", "1.0.0", "yes");
  const word = fc.oneof(
    fc.constantFrom(
      "1.0.0",
      "true",
      "null",
      "1.10",
      "",
      "two\nlines\n",
      "# no comment",
      "  padded",
      "a: b",
      "0x1f",
    ),
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => (Object.is(it, -0) ? 0 : it)),
    fc.boolean(),
  );
  const value = fc.oneof(
    { weight: 4, arbitrary: word },
    fc.array(word, { maxLength: 3 }),
    fc.dictionary(id, word, { maxKeys: 3 }),
  );
  const path = fc.array(id, { minLength: 1, maxLength: 3 }).map((rest) => ["prompts", ...rest]);
  const edit = fc.oneof(fc.record({ path }), fc.record({ path, value }));

  /** Comments wherever a person might put one. */
  const commented = (text: string, choices: readonly number[]): string =>
    text
      .split("\n")
      .map((line, index) => {
        const choice = choices[index % choices.length] ?? 0;
        if (line === "" || !/^( *[a-z]+:| *"1\.0\.0":)/.test(line) || / [|>][-+0-9]*$/.test(line))
          return line;
        const column = " ".repeat(line.length - line.trimStart().length);
        if (choice === 1) return `${column}# above ${index}\n${line}`;
        if (choice === 2) return `${line} # beside ${index}`;
        return choice === 3 ? `\n${line}` : line;
      })
      .join("\n");

  it("reads back as meant and loses no comment", () => {
    const choices = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), choices, fc.array(edit), (start, where, edits) => {
        const written = editState(emptyStateText, start);
        const text = commented(written, where);
        expect(readYaml(text, limits).value).toEqual(readYaml(written, limits).value);
        const edited = editState(text, edits); // checks itself that it reads back
        expect(readYaml(edited, limits).value).toEqual(readYaml(editState(written, edits), limits).value);
        const words = (it: string) =>
          commentsOf(it)
            .map((comment) => comment.text)
            .sort();
        expect(words(edited)).toEqual(words(text));
      }),
      { numRuns: 400 },
    );
  });

  it("of some blocks alone gives the text that an edit of the whole gives", () => {
    const choices = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 });
    const whole = "---\n"; // a text that begins like this is not cut
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), choices, fc.array(edit), (start, where, edits) => {
        const text = commented(editState(emptyStateText, start), where);
        expect(whole + editState(text, edits)).toBe(editState(whole + text, edits));
      }),
      { numRuns: 300 },
    );
  });

  it("of one block does not look into the others", () => {
    const text = lines("schema: promptsync/v1", ...welcomeBlock, "  zebra:", "    owner: [");
    expect(editState(text, [serve("welcome", "dev", "1.1.0")])).toBe(text.replace("1.0.0", "1.1.0"));
    expect(() => editState(text, [serve("zebra", "dev", "1.1.0")])).toThrow();
  });

  it("made twice is the same as made once", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), fc.array(edit, { maxLength: 3 }), (start, edits) => {
        const once = editState(editState(emptyStateText, start), edits);
        const again = editState(once, edits);
        expect(readYaml(again, limits).value).toEqual(readYaml(editState(again, edits), limits).value);
      }),
      { numRuns: 300 },
    );
  });
});
