import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readState } from "../../../src/core/state/read-state.js";
import { createStateChain } from "../../../src/core/state/state-chain.js";
import { createStateReader } from "../../../src/core/state/state-reader.js";
import { shop as plainShop } from "./shop.js";

const home = "prompt-templates/promptsync.yaml";
const whole = (text: string) => readState([{ path: home, text }], home);

const shop = plainShop.replace("on the refund", "on the refund, 再见"); // bytes are no code units
const withoutEnd = shop.slice(0, shop.indexOf("emergencies"));

/** What a chain says of the last of some texts. */
function lastOf(...texts: readonly string[]) {
  const chain = createStateChain(createStateReader());
  return texts.map((text) => chain.moveTo(Buffer.from(text))).at(-1);
}

describe("a chain of state texts", () => {
  test.each([
    ["a value", shop.replace("1.1.0", "1.2.0"), ["qualify-lead"], ["qualify-lead"]],
    ["the first name", shop.replace("  qualify", "  a"), undefined, undefined],
    [
      "a later name",
      shop.replace("  refund:", "  offers:"),
      ["qualify-lead", "refund"],
      ["qualify-lead", "offers"],
    ],
    [
      "a block more",
      shop.replace("  welcome:", "  thanks:\n    owner: a\n  welcome:"),
      ["refund", "welcome"],
      ["refund", "thanks", "welcome"],
    ],
    ["a block less", shop.replace(/ {2}welcome:\n.*\n/, ""), ["refund", "welcome"], ["refund"]],
    ["the last block", shop.replace("team: hello", "team: bye"), ["welcome"], ["welcome"]],
    ["nothing", shop, [], []],
    ["what stands above", shop.replace("production", "stable"), undefined, undefined],
    ["what stands below", shop.replace("resolved", "active"), undefined, undefined],
    ["two blocks and what is between", shop.replace("sales", "x").replace("hello", "x"), 3, 3],
  ])("tells the blocks around a difference: %s", (_, text, from, to) => {
    const change = lastOf(shop, text);
    const names = (blocks: object | undefined) => blocks && Object.keys(blocks);
    if (typeof from === "number")
      expect([names(change?.from)?.length, names(change?.to)?.length]).toEqual([from, to]);
    else expect([names(change?.from), names(change?.to)]).toEqual([from, to]);
  });

  test.each([
    ["a problem", shop.replace("team-sales", "[1, 2]")],
    ["a name twice", shop.replace("  welcome:", "  qualify-lead:")],
    ["a mark of an unfinished merge", shop.replace("  welcome:", "<<<<<<< main\n  welcome:")],
    ["a quoted name", shop.replace("  refund:", '  "refund":')],
    ["Windows line endings in one line", shop.replace('hello"\n', 'hello"\r\n')],
    ["no blocks left", shop.replace(/ {2}qualify-lead:[^]*hello"\n/, "")],
  ])("refuses a text with %s, and one after it until it is whole", (_, text) => {
    expect(lastOf(shop, text)).toBeUndefined();
    expect(lastOf(shop, text, shop)).toBeUndefined();
    expect(lastOf(text, shop, shop.replace("1.1.0", "1.2.0"))).toBeDefined();
  });

  test("reads the first text as a whole, and of the others only blocks that it has not seen", () => {
    const reader = createStateReader();
    const read: string[] = [];
    const counted = { ...reader, blocks: (lines: string) => (read.push(lines), reader.blocks(lines)) };
    const chain = createStateChain(counted);
    for (const text of [withoutEnd, withoutEnd.replace("1.1.0", "1.2.0"), withoutEnd])
      chain.moveTo(Buffer.from(text));
    expect(read.map((lines) => lines.split("\n", 1)[0])).toEqual(Array(4).fill("  qualify-lead:"));
  });

  test("says of every edit what reading both texts as wholes says", () => {
    const line = fc.constantFrom(
      ...shop.split("\n"),
      "  thanks:",
      "    owner: a",
      "# aside",
      "  # aside",
      "...",
      "flags: {}",
      "  refund: &a",
      '    purpose: "open',
    );
    const edit = fc.record({ at: fc.nat(24), take: fc.nat(3), put: fc.array(line, { maxLength: 2 }) });
    let compared = 0;
    fc.assert(
      fc.property(fc.constantFrom(shop, withoutEnd), fc.array(edit, { maxLength: 4 }), (begin, edits) => {
        const chain = createStateChain(createStateReader());
        let text = begin;
        chain.moveTo(Buffer.from(text));
        for (const { at, take, put } of edits) {
          const lines = text.split("\n");
          lines.splice(at, take, ...put);
          const next = lines.join("\n");
          const change = chain.moveTo(Buffer.from(next));
          if (change !== undefined) {
            compared++;
            const [was, is] = [whole(text), whole(next)];
            expect([...was.problems, ...is.problems]).toEqual([]);
            const left = Object.fromEntries(
              Object.entries(was.state.prompts ?? {}).filter(([name]) => !Object.hasOwn(change.from, name)),
            );
            expect({ ...is.state }).toEqual({ ...was.state, prompts: { ...left, ...change.to } });
          }
          text = next;
        }
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
