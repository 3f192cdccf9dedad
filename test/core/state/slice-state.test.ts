import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readState } from "../../../src/core/state/read-state.js";
import { sliceState } from "../../../src/core/state/slice-state.js";
import { entryOf } from "../../../src/core/state/state.js";

const text = `schema: promptsync/v1
project:
  default_alias: production
prompts:
  # the front door
  greet-user:
    owner: team-front

    # moved with care
    default: "1.0.0"
  qualify-lead:
    purpose: |
      Scores a lead:
        greet-user:

    default: "1.1.0"
  refund:
    default: "2.0.0"
emergencies:
  inc-1:
    prompt: refund
    serve: "1.0.0"
    status: resolved
`;
const read = (it: string) => readState([{ path: "promptsync.yaml", text: it }], "promptsync.yaml");
const sliced = (it: string, prompt: string) => {
  const slice = sliceState(it, prompt);
  return slice === undefined ? undefined : read(slice).state;
};

describe("a slice of the state", () => {
  it.each(["greet-user", "qualify-lead", "refund"])("holds %s and what concerns all", (prompt) => {
    const { prompts, ...others } = read(text).state;
    expect(sliced(text, prompt)).toEqual({ ...others, prompts: { [prompt]: entryOf(prompts, prompt) } });
  });

  it("holds no prompt when the one asked for has no block", () => {
    expect(sliced(text, "welcome")).toEqual({ ...read(text).state, prompts: undefined });
    expect(sliced(text, "owner")).not.toHaveProperty("prompts");
    expect(sliced("schema: promptsync/v1\n", "refund")).toEqual({ schema: "promptsync/v1" });
  });

  it("is short", () => {
    const many = Array.from({ length: 500 }, (_, index) => `  prompt-${index}:\n    default: "1.0.0"\n`);
    const slice = sliceState(text.replace("prompts:\n", `prompts:\n${many.join("")}`), "refund");
    expect(slice?.length).toBeLessThan(250);
  });

  it.each([
    ["a quoted name", text.replace("  refund:", '  "refund":')],
    ["a comment behind a name", text.replace("  refund:", "  refund: # money")],
    ["a flow map", text.replace('  refund:\n    default: "2.0.0"', '  refund: { default: "2.0.0" }')],
    ["another indentation", text.replaceAll("    ", "        ").replaceAll(/^ {2}(?! )/gm, "    ")],
    ["flow maps all over", "schema: promptsync/v1\nprompts: { refund: { default: '1.0.0' } }\n"],
    ["a quoted `prompts`", '"prompts":\n  refund:\n    default: "1.0.0"\n'],
    ["an anchor", text.replace("prompts:", "prompts: &all")],
  ])("is not made of a file with %s", (_what, unusual) => {
    expect(sliceState(unusual, "refund")).toBeUndefined();
  });

  it("says what the whole file says, for every state that can be read", () => {
    const names = fc.constantFrom("a", "b", "a-b", "owner", "prompts", "1.0.0");
    const block = fc.record(
      {
        purpose: fc.constantFrom("x", "two\nlines", "a:\n  b:\n", "  b:", "# no"),
        default: fc.constant("1.0.0"),
      },
      { requiredKeys: [] },
    );
    const states = fc.record(
      { prompts: fc.dictionary(names, block), flags: fc.constant({ b: { expires: "2026-01-01" } }) },
      { requiredKeys: [] },
    );
    const layout = fc.record({ lineWidth: fc.constantFrom(0, 20), indent: fc.constantFrom(1, 2, 4) });
    fc.assert(
      fc.property(states, layout, names, (state, options, prompt) => {
        const whole = stringify({ schema: "promptsync/v1", ...state }, options);
        const { problems, state: full } = read(whole);
        const slice = sliced(whole, prompt);
        if (problems.length > 0 || slice === undefined) return;
        expect(entryOf(slice.prompts, prompt)).toEqual(entryOf(full.prompts, prompt));
        expect(slice.flags).toEqual(full.flags);
      }),
      { numRuns: 500, seed: 20_261_125 },
    );
  });
});
