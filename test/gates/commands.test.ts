import { describe, expect, it } from "vitest";
import { gateOf } from "../../src/gates/gate.js";
import { parseSpan, printSpan } from "../../src/gates/span.js";
import { splitCommand } from "../../src/gates/split-command.js";

const split = (line: string) => splitCommand(line, "gates.release.checks.tests.run");
const refused = expect.objectContaining({ code: "STATE_INVALID" }) as Error;

describe("a command line without a shell", () => {
  it.each([
    ["npm run test:prompts", ["npm", "run", "test:prompts"]],
    ["  node   a.js\tb ", ["node", "a.js", "b"]],
    [`node 'a b' "c d" e\\ f`, ["node", "a b", "c d", "e f"]],
    [`say "it's \\"fine\\" at 5 \\$"`, ["say", 'it\'s "fine" at 5 \\$']],
    [`a '' ""`, ["a", "", ""]],
    [`--name="two words"'!'`, ["--name=two words!"]],
    ["eval '$HOME && more | less'", ["eval", "$HOME && more | less"]],
  ])("%s", (line, words) => {
    expect(split(line)).toEqual(words);
  });

  it.each(["", "   ", "a 'b", 'a "b', "a \\", "a && b", "a | b", "a > out", "echo $HOME", "a `b`", "(a)"])(
    "is refused: %j",
    (line) => {
      expect(() => split(line)).toThrow(refused);
    },
  );
});

describe("a span of time", () => {
  it.each([
    ["60s", 60_000],
    ["1.5h", 5_400_000],
    ["3d", 259_200_000],
    ["250ms", 250],
    ["90", 90_000],
    [90, 90_000],
  ])("%s", (text, ms) => {
    expect(parseSpan(text, "timeout")).toBe(ms);
  });

  it.each(["", "soon", "0s", "-5s", "5 s", "1w", "1e3", 0, -1, Infinity])("is refused: %s", (text) => {
    expect(() => parseSpan(text, "timeout")).toThrow(refused);
  });

  it("is printed in one unit", () => {
    expect([45, 12_345, 60_000, 600_000, 64_800_000, 302_400_000].map(printSpan)).toEqual([
      "45ms",
      "12.3s",
      "60s",
      "10m",
      "18h",
      "3.5d",
    ]);
  });
});

describe("the gate of an alias", () => {
  const state = (gate: object) =>
    ({
      schema: "promptsync/v1",
      aliases: { live: { gates: "release" }, dev: {} },
      gates: { release: gate },
    }) as never;

  it("has usual values for what it does not say", () => {
    expect(
      gateOf(state({ checks: { b: { run: ["x"] }, a: { run: "y z", timeout: "5s" } } }), "live"),
    ).toEqual({
      name: "release",
      checks: [
        { name: "a", command: ["y", "z"], timeout: 5000, results: undefined, metrics: {} },
        { name: "b", command: ["x"], timeout: 600_000, results: undefined, metrics: {} },
      ],
      policy: { approvals: 0, requireSignedCommit: false, minSoak: 0, soakAlias: "dev" },
    });
  });

  it("is none where none is asked for, and never half a one", () => {
    expect(gateOf(state({}), "dev")).toBeUndefined();
    expect(gateOf(state({}), "constructor")).toBeUndefined();
    expect(() => gateOf(state({}), "live")).toThrow(refused);
    expect(() =>
      gateOf({ schema: "promptsync/v1", aliases: { live: { gates: "release" } } }, "live"),
    ).toThrow(refused);
    expect(() => gateOf(state({ policy: { min_soak: "1y" } }), "live")).toThrow(refused);
  });
});
