import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/core/json.js";
import { editState, emptyStateText, readStateMap } from "../../../src/core/state/edit-state.js";
import { mergeStateTexts } from "../../../src/core/state/merge-state-texts.js";
import { mergeStates } from "../../../src/core/state/merge-states.js";

const shop = `# What the shop serves.
schema: promptsync/v1
prompts:
  refund:
    owner: team-support
    aliases:
      production:
        serve: "1.0.0" # since the audit
  welcome:
    owner: team-growth
    aliases:
      dev: { serve: "2.0.0" }
      production:
        serve: "1.0.0"
`;
const moved = (text: string, prompt: string, alias: string, serve: string) =>
  editState(text, [{ path: ["prompts", prompt, "aliases", alias, "serve"], value: serve }]);

describe("two sides of promptsync.yaml", () => {
  it("that move aliases of neighbouring prompts merge", () => {
    const ours = moved(shop, "refund", "production", "1.1.0");
    const theirs = moved(shop, "welcome", "production", "1.2.0");
    const { text, conflicts } = mergeStateTexts({ ancestor: shop, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(text).toBe(moved(ours, "welcome", "production", "1.2.0"));
  });

  it("that move one alias to different versions conflict at that alias and keep both", () => {
    const ours = moved(shop, "refund", "production", "1.1.0");
    const theirs = moved(moved(shop, "refund", "production", "1.2.0"), "welcome", "dev", "3.0.0");
    const { text, conflicts } = mergeStateTexts({ ancestor: shop, ours, theirs });
    expect(conflicts.map(({ path }) => path.join("."))).toEqual(["prompts.refund.aliases.production"]);
    expect(text).toBe(`# What the shop serves.
schema: promptsync/v1
prompts:
  refund:
    owner: team-support
    aliases:
<<<<<<< ours
      production:
        serve: "1.1.0" # since the audit
=======
      production:
        serve: "1.2.0" # since the audit
>>>>>>> theirs
  welcome:
    owner: team-growth
    aliases:
      dev: { serve: "3.0.0" }
      production:
        serve: "1.0.0"
`);
  });

  it("that started a canary and moved its alias conflict: nobody decided on both", () => {
    const canary = { serve: "2.0.0", percent: 10, seed: "s", state: "running" };
    const ours = moved(shop, "refund", "production", "1.1.0");
    const theirs = editState(shop, [
      { path: ["prompts", "refund", "aliases", "production", "canary"], value: canary },
    ]);
    expect(mergeStateTexts({ ancestor: shop, ours, theirs }).conflicts).toHaveLength(1);
  });

  it("that removed an alias and moved it conflict, whichever side did what", () => {
    const path = ["prompts", "refund", "aliases", "production"];
    const removed = editState(shop, [{ path }]);
    const changed = moved(shop, "refund", "production", "1.1.0");
    const first = mergeStateTexts({ ancestor: shop, ours: removed, theirs: changed });
    expect(first.text).toContain(
      `<<<<<<< ours\n=======\n    aliases:\n      production:\n        serve: "1.1.0"\n>>>>>>> theirs\n`,
    );
    const second = mergeStateTexts({ ancestor: shop, ours: changed, theirs: removed });
    expect(second.text).toMatch(/<<<<<<< ours\n {4}aliases:\n.*\n.*"1\.1\.0".*\n=======\n>>>>>>> theirs\n/);
  });

  it("that each took one alias away and added another merge", () => {
    const set = (text: string, gone: string, added: string) =>
      editState(text, [
        { path: ["prompts", "welcome", "aliases", gone] },
        { path: ["prompts", "welcome", "aliases", added], value: { serve: "1.0.0" } },
      ]);
    const { text, conflicts } = mergeStateTexts({
      ancestor: shop,
      ours: set(shop, "dev", "beta"),
      theirs: set(shop, "production", "stable"),
    });
    expect(conflicts).toEqual([]);
    const { welcome } = readStateMap(text, []).prompts as JsonObject;
    expect(Object.keys((welcome as JsonObject).aliases as JsonObject)).toEqual(["beta", "stable"]);
  });

  it("that both added a prompt merge field by field", () => {
    const add = (name: string, owner: string) =>
      editState(shop, [{ path: ["prompts", name], value: { owner, default: "1.0.0" } }]);
    const sides = { ancestor: shop, ours: add("greet", "a"), theirs: add("greet", "b") };
    expect(mergeStateTexts(sides).conflicts.map(({ path }) => path)).toEqual([["prompts", "greet", "owner"]]);
  });

  it("that each added a waiver keep both", () => {
    const waive = (...rules: string[]) =>
      editState(shop, [{ path: ["waivers"], value: rules.map((rule) => ({ rule })) }]);
    const sides = { ancestor: waive("a"), ours: waive("a", "b"), theirs: waive("c", "a") };
    expect(readStateMap(mergeStateTexts(sides).text, []).waivers).toEqual([
      { rule: "a" },
      { rule: "b" },
      { rule: "c" },
    ]);
  });

  it("keep our comments and get their new ones", () => {
    const ours = moved(shop, "refund", "production", "1.1.0").replace("  welcome:", "  # ours\n  welcome:");
    const theirs = moved(shop, "welcome", "production", "1.2.0").replace(
      '      production:\n        serve: "1.2.0"',
      '      # theirs\n      production:\n        serve: "1.2.0" # why',
    );
    const { text } = mergeStateTexts({ ancestor: shop, ours, theirs });
    for (const comment of ["# What the shop serves.", "# since the audit", "# ours"])
      expect(text).toContain(comment);
    expect(text).toContain('      # theirs\n      production:\n        # why\n        serve: "1.2.0"\n');
  });

  it("mark a whole line when the entry stands in a map on one line", () => {
    const ours = moved(shop, "welcome", "dev", "2.1.0");
    const theirs = moved(shop, "welcome", "dev", "2.2.0");
    const { text } = mergeStateTexts({ ancestor: shop, ours, theirs });
    expect(text).toContain(
      '<<<<<<< ours\n      dev: { serve: "2.1.0" }\n=======\n      dev: { serve: "2.2.0" }\n>>>>>>> theirs\n',
    );
  });

  it("of a prompt's own file merge as its block would", () => {
    const ancestor = 'aliases:\n  dev:\n    serve: "1.0.0"\n';
    const sides = {
      ancestor,
      ours: ancestor.replace("1.0.0", "1.1.0"),
      theirs: ancestor.replace("1.0.0", "1.2.0"),
    };
    expect(mergeStateTexts(sides, ["prompts", "refund"]).conflicts[0]?.path).toEqual([
      "prompts",
      "refund",
      "aliases",
      "dev",
    ]);
  });

  it("one of which is broken are refused with the place", () => {
    const sides = { ancestor: shop, ours: shop, theirs: "prompts: [\n" };
    expect(() => mergeStateTexts(sides)).toThrowError(expect.objectContaining({ code: "STATE_INVALID" }));
  });
});

describe("any two sides", () => {
  const name = fc.constantFrom("refund", "welcome");
  const word = fc.constantFrom("1.0.0", "1.1.0", "2.0.0");
  const arm = fc.oneof(
    word.map((serve): JsonValue => ({ serve })),
    fc.record({ serve: word, canary: fc.record({ serve: word, percent: fc.constantFrom(1, 50) }) }),
  );
  const path = fc.oneof(
    fc.tuple(fc.constant("prompts"), name, fc.constantFrom("owner", "default")),
    fc.tuple(fc.constant("prompts"), name, fc.constant("aliases"), fc.constantFrom("dev", "production")),
    fc.tuple(fc.constant("prompts"), name),
    fc.tuple(fc.constant("flags"), fc.constantFrom("short", "long"), fc.constantFrom("expires", "owner")),
  );
  const edit = path.chain((at) => {
    const value = at[2] === "aliases" ? arm : at.length === 2 ? fc.record({ owner: word }) : word;
    return fc.option(value, { nil: undefined }).map((it) => ({
      path: at,
      ...(it === undefined ? {} : { value: it }),
    }));
  });
  const edits = fc.array(edit, { maxLength: 6 });
  const story = fc.tuple(fc.array(edit, { maxLength: 12 }), edits, edits).map(([start, mine, other]) => {
    const ancestor = editState(emptyStateText, start);
    return { ancestor, ours: editState(ancestor, mine), theirs: editState(ancestor, other) };
  });
  const read = (text: string) => readStateMap(text, []);
  const values = ({ ancestor, ours, theirs }: Record<"ancestor" | "ours" | "theirs", string>) => ({
    ancestor: read(ancestor),
    ours: read(ours),
    theirs: read(theirs),
  });
  /** The text as somebody leaves it who takes one side at every marker. */
  const taking = (side: "ours" | "theirs", text: string) =>
    text.replaceAll(
      /^<<<<<<< ours\n([^]*?)^=======\n([^]*?)^>>>>>>> theirs\n/gm,
      side === "ours" ? "$1" : "$2",
    );
  const leaves = (value: JsonValue, at = ""): string[] =>
    isJsonObject(value)
      ? Object.entries(value).flatMap(([key, item]) => leaves(item, `${at}/${key}`))
      : [`${at}=${JSON.stringify(value)}`];

  it("that are equal merge to what they are", () => {
    fc.assert(
      fc.property(story, ({ ancestor, ours }) => {
        expect(mergeStateTexts({ ancestor, ours, theirs: ours })).toEqual({ text: ours, conflicts: [] });
        expect(mergeStateTexts({ ancestor, ours, theirs: ancestor }).text).toBe(ours);
        expect(read(mergeStateTexts({ ancestor, ours: ancestor, theirs: ours }).text)).toEqual(read(ours));
      }),
      { numRuns: 200 },
    );
  });

  it("merge to the same from both ends, and conflict at the same entries", () => {
    fc.assert(
      fc.property(story, (texts) => {
        const sides = values(texts);
        const there = mergeStates(sides);
        const back = mergeStates({ ...sides, ours: sides.theirs, theirs: sides.ours });
        expect(back.ours).toEqual(there.theirs);
        expect(back.theirs).toEqual(there.ours);
        expect(new Set(back.conflicts.map((it) => it.path.join("/")))).toEqual(
          new Set(there.conflicts.map((it) => it.path.join("/"))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("read back as merged, with either side taken at the markers", () => {
    fc.assert(
      fc.property(story, (texts) => {
        const merged = mergeStates(values(texts));
        const { text, conflicts } = mergeStateTexts(texts);
        expect(conflicts.length === 0).toBe(!text.includes("<<<<<<<"));
        expect(read(taking("ours", text))).toEqual(merged.ours);
        expect(read(taking("theirs", text))).toEqual(merged.theirs);
      }),
      { numRuns: 400 },
    );
  });

  it("lose nothing silently: what a side added or changed is in the text", () => {
    fc.assert(
      fc.property(story, (texts) => {
        const { text } = mergeStateTexts(texts);
        const found = new Set([
          ...leaves(read(taking("ours", text))),
          ...leaves(read(taking("theirs", text))),
        ]);
        const was = new Set(leaves(read(texts.ancestor)));
        for (const side of [texts.ours, texts.theirs])
          for (const leaf of leaves(read(side))) if (!was.has(leaf)) expect(found).toContain(leaf);
      }),
      { numRuns: 300 },
    );
  });
});
