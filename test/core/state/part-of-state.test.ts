import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differingBlocks } from "../../../src/core/state/differing-blocks.js";
import { createPartReader } from "../../../src/core/state/part-of-state.js";
import { readState } from "../../../src/core/state/read-state.js";
import { splitState } from "../../../src/core/state/split-state.js";
import { shop } from "./shop.js";

const home = "prompt-templates/promptsync.yaml";
const whole = (text: string) => readState([{ path: home, text }], home);
const part = (text: string, ...names: string[]) =>
  createPartReader()({ files: [{ path: home, text }], home, names });

describe("a part of a state", () => {
  test("says of all and of its prompts what the whole says, and nothing of others", () => {
    const { state } = whole(shop);
    const read = part(shop, "refund", "nobody")?.state;
    expect({ ...read, prompts: undefined }).toEqual({ ...state, prompts: undefined });
    expect(read?.prompts).toEqual({ refund: state.prompts?.["refund"] });
  });

  test("finds the places that the whole finds", () => {
    const read = part(shop, "refund", "welcome");
    const paths = [
      ["prompts", "refund"],
      ["prompts", "refund", "default"],
      ["prompts", "refund", "owner"],
      ["prompts", "welcome", "owner"],
      ["prompts", "nobody"],
      ["flags", "concise", "expires"],
      ["emergencies", "inc-1", "prompt"],
    ];
    for (const path of paths)
      for (const side of ["key", "value"] as const)
        expect([path, read?.locate(path, side)]).toEqual([path, whole(shop).locate(path, side)]);
  });

  test("does not look at the blocks of other prompts", () => {
    const broken = shop.replace("team-sales", "[1, 2");
    expect(part(broken, "refund")?.state.prompts).toHaveProperty("refund");
    expect(part(broken, "qualify-lead")).toBeUndefined();
  });

  test.each([
    ["Windows line endings", shop.replaceAll("\n", "\r\n")],
    ["a quoted name", shop.replace("  refund:", '  "refund":')],
    ["a name twice", shop.replace("  welcome:", "  refund:")],
    ["a flow map", "schema: promptsync/v1\nprompts: { refund: { owner: a } }\n"],
    ["a problem above the prompts", shop.replace("expires: 2026-12-15", "expires: [")],
    ["a section twice", `${shop}flags:\n  other: { expires: 2026-12-15 }\n`],
  ])("is refused in a text with %s", (_, text) => {
    expect(part(text, "refund")).toBeUndefined();
  });

  test("takes the block of a prompt's own file, and never from both places", () => {
    const own = { path: "prompt-templates/task/greet/promptsync.yaml", prompt: "greet", text: "owner: a\n" };
    const request = { files: [{ path: home, text: shop }, own], home, names: ["greet", "refund"] };
    expect(createPartReader()(request)?.state.prompts).toHaveProperty("greet", { owner: "a" });
    const twice = { ...request, files: [...request.files, { ...own, prompt: "refund" }] };
    expect(createPartReader()(twice)).toBeUndefined();
  });
});

describe("differing blocks", () => {
  test("are those whose lines differ", () => {
    const other = shop.replace('"1.0.0"\n\n', '"1.0.1"\n\n').replace("  welcome:", "  wave:");
    expect(differingBlocks(shop, other)).toEqual({
      isAround: false,
      prompts: new Set(["refund", "welcome", "wave"]),
    });
    expect(differingBlocks(shop, shop.replace("2026-12-15", "2026-12-16"))).toEqual({
      isAround: true,
      prompts: new Set(),
    });
  });

  const name = fc.constantFrom("a", "aa", "ab", "b", "b-1", "c.x");
  const line = fc.constantFrom("    owner: a\n", "    owner: b\n", "\n", "  # note\n", "    purpose: x\n");
  const block = fc
    .tuple(name, fc.array(line, { maxLength: 3 }))
    .map(([it, own]) => `  ${it}:\n${own.join("")}`);
  const text = fc
    .uniqueArray(block, { maxLength: 6, selector: (it) => it.slice(0, it.indexOf(":")) })
    .map((blocks) => `schema: promptsync/v1\nprompts:\n${blocks.join("")}flags:\n`);

  test("of any two texts are those that a comparison of all blocks finds", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [was, is] = [splitState(before), splitState(after)];
        const names = [...(was?.blocks.keys() ?? []), ...(is?.blocks.keys() ?? [])];
        const differ = names.filter((it) => was?.blocks.get(it) !== is?.blocks.get(it));
        expect(differingBlocks(before, after)?.prompts).toEqual(was && is && new Set(differ));
      }),
      { numRuns: 3000 },
    );
  });
});
