import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readState } from "../../../src/core/state/read-state.js";
import { readStateAfter } from "../../../src/core/state/read-state-after.js";
import { splitState } from "../../../src/core/state/split-state.js";
import { createStateReader } from "../../../src/core/state/state-reader.js";
import { takeAll } from "../../../src/core/steps.js";
import { shop } from "./shop.js";

const home = "prompt-templates/promptsync.yaml";
const whole = (text: string) => readState([{ path: home, text }], home);
const inPieces = (text: string) => createStateReader().read([{ path: home, text }], home);

describe("splitState", () => {
  test("cuts a text at the blocks of its prompts", () => {
    const { blocks = new Map<string, string>(), above, below } = splitState(shop) ?? {};
    expect([...blocks.keys()]).toEqual(["qualify-lead", "refund", "welcome"]);
    expect(blocks.get("welcome")).toBe('  welcome:\n    owner: "team: hello"\n');
    expect(`${above ?? ""}prompts:\n  # the lead\n${[...blocks.values()].join("")}${below ?? ""}`).toBe(shop);
  });

  test.each([
    ["Windows line endings", shop.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${shop}`],
    ["a flow map", "schema: promptsync/v1\nprompts: { refund: { owner: a } }\n"],
    ["a quoted name", shop.replace("  refund:", '  "refund":')],
    ["a comment beside a name", shop.replace("  refund:", "  refund: # soon")],
    ["another indentation", "schema: promptsync/v1\nprompts:\n    refund:\n        owner: a\n"],
    ["a name twice", shop.replace("  welcome:", "  refund:")],
    ["a name that is a number", shop.replace("  welcome:", "  10:")],
    ["a tab alone on a line", shop.replace("  welcome:\n", "  welcome:\n\t\n")],
    ["a second document", `${shop}---\nschema: promptsync/v1\n`],
    ["no prompts", "schema: promptsync/v1\n"],
    ["nothing below `prompts:`", "schema: promptsync/v1\nprompts:\n  # none yet\nflags: {}\n"],
  ])("refuses a text with %s", (_, text) => {
    expect(splitState(text)).toBeUndefined();
  });
});

describe("a state reader", () => {
  test("says what is wrong where nothing stands below `prompts:`", () => {
    const text = "schema: promptsync/v1\nproject:\n  id: shop\nprompts:\n";
    expect(inPieces(text).problems).toEqual(whole(text).problems);
    expect(inPieces(text).problems).toHaveLength(1);
  });

  test("answers with the same objects for blocks that did not change", () => {
    const reader = createStateReader();
    const before = reader.read([{ path: home, text: shop }], home).state;
    const moved = shop.replace('serve: "1.1.0"', 'serve: "1.2.0"');
    const after = reader.read([{ path: home, text: moved }], home).state;
    expect(after.prompts?.["refund"]).toBe(before.prompts?.["refund"]);
    expect(after.prompts?.["qualify-lead"]?.aliases?.["production"]?.serve).toBe("1.2.0");
  });

  test.each([
    ["a problem in another block", shop.replace("team-sales", "[1, 2]")],
    [
      "an anchor in one block and its alias in the next",
      shop.replace("team-sales", "&a x").replace("|\n", "*a\n"),
    ],
    ["an open quote over a seam", shop.replace("team-sales", '"team').replace("team: hello", "x")],
    ["an open bracket over a seam", shop.replace("expires: 2026-12-15 }", "expires: 2026-12-15,")],
    [
      "a bracket from above `prompts` to below it",
      shop.replace("2026-12-15 }", "2026-12-15,").replace("inc-1:", "}"),
    ],
    ["a key twice, above and below", `${shop}project:\n  id: shop\n`],
    ["prompts twice", `${shop}prompts:\n  other:\n    owner: a\n`],
    ["the same prompt in two sections", `${shop}prompts:\n  refund:\n    owner: a\n`],
    ["`schema` missing", shop.replace("schema: promptsync/v1\n", "")],
    [
      "a block of text above that holds the word",
      `schema: promptsync/v1\nproject:\n  id: |\n    x\nprompts:\n  a:\n    owner: b\n`,
    ],
    ["an empty block", shop.replace('    owner: "team: hello"\n', "")],
  ])("says what the whole text says with %s", (_, text) => {
    const [expected, found] = [whole(text), inPieces(text)];
    expect(found.state).toEqual(expected.state);
    expect(found.problems).toEqual(expected.problems);
  });

  test("knows the blocks of a state that was read as a whole, and reads those that changed", () => {
    const before = whole(shop);
    const moved = [{ path: home, text: shop.replace('serve: "1.1.0"', 'serve: "1.2.0"') }];
    const after = takeAll(readStateAfter(moved, home, before));
    expect(after.state).toEqual(whole(moved[0]?.text ?? "").state);
    const kept = Object.entries(after.state.prompts ?? {}).filter(
      ([name, it]) => it === before.state.prompts?.[name],
    );
    expect(kept.map(([name]) => name)).toEqual(["refund", "welcome"]);
    expect(takeAll(readStateAfter(before.files, home, before))).toBe(before);
  });

  test("knows prompts' own files too", () => {
    const own = (text: string) => [
      { path: home, text: "schema: promptsync/v1\n" },
      { path: "refund/promptsync.yaml", text: 'default: "1.0.0"\n', prompt: "refund" },
      { path: "welcome/promptsync.yaml", text, prompt: "welcome" },
    ];
    const before = readState(own("owner: a\n"), home);
    const after = takeAll(readStateAfter(own("owner: b\n"), home, before));
    expect(after.state).toEqual(readState(own("owner: b\n"), home).state);
    expect(after.state.prompts?.["refund"]).toBe(before.state.prompts?.["refund"]);
  });

  test("agrees with the whole text, whatever lines are torn out, doubled, moved or mended", () => {
    const lines =
      `${shop}  \n\t\n"\n'\n{\n}\n]\n|\n- a\nprompts:\n  refund:\n    refund:\n---\n...\n# note\n  # note\n    default: "2.0.0"\n    owner: *a\n    owner: &a b\n    purpose: >+\n    purpose: "open\n  x: [\n`.split(
        "\n",
      );
    const edit = fc.record({
      at: fc.nat(shop.split("\n").length),
      cut: fc.nat(2),
      put: fc.array(fc.constantFrom(...lines), { maxLength: 3 }),
    });
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 }).map((all) => {
      const lines = shop.split("\n");
      for (const { at, cut, put } of all) lines.splice(at, cut, ...put);
      return lines.join("\n");
    });
    fc.assert(
      fc.property(edits, edits, (earlier, text) => {
        const after = takeAll(readStateAfter([{ path: home, text }], home, whole(earlier)));
        const expected = whole(text);
        for (const found of [inPieces(text), after]) {
          expect(found.state).toEqual(expected.state);
          expect(found.problems).toEqual(expected.problems);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
