import { describe, expect, it, test } from "vitest";
import { readTrailers } from "../../src/core/trailers.js";
import { evidenceOf, withEvidence } from "../../src/gates/evidence.js";
import { movesBetween } from "../../src/core/state/moves-between.js";
import { moveOf } from "../../src/gates/move-of.js";
import { approversOf } from "../../src/gates/judge-policy.js";
import type { CheckVerdict } from "../../src/gates/verdict.js";

const verdict: CheckVerdict = {
  gate: "release",
  check: "evals",
  ok: true,
  metrics: { helpfulness: 0.861234, tokens: 12, "x\nPromptsync-Action: push": 1 },
  threshold: { helpfulness: { min: 0.8 }, "x\nPromptsync-Action: push": { min: 1 } },
  seconds: 12.34,
  prompt: "qualify-lead",
  version: "2.0.0",
  alias: "production",
  reasons: [],
};

describe("evidence", () => {
  it("is one line with the metrics that have a threshold", () => {
    expect(evidenceOf(verdict)).toBe("release/evals ok 12.3s helpfulness=0.8612");
    expect(evidenceOf({ ...verdict, seconds: 0, metrics: {} })).toBe("release/evals ok");
  });

  it("stands in the block of its change, and trailers are read as before", () => {
    const message = [
      "Promptsync-Action: is no trailer here",
      "",
      "Promptsync-Action: alias-set",
      "Promptsync-Prompt: qualify-lead",
      "Promptsync-Action: alias-set",
      "Promptsync-Prompt: refund",
      "",
    ].join("\n");
    const proven = withEvidence(message, [["release/a ok", "release/b ok"], ["release/a ok"]]);
    expect(proven.split("\n").slice(2)).toEqual([
      "Promptsync-Action: alias-set",
      "Promptsync-Prompt: qualify-lead",
      "Promptsync-Gate: release/a ok",
      "Promptsync-Gate: release/b ok",
      "Promptsync-Action: alias-set",
      "Promptsync-Prompt: refund",
      "Promptsync-Gate: release/a ok",
      "",
    ]);
    expect(readTrailers(proven)).toEqual(readTrailers(message));
    expect(withEvidence(message, [])).toBe(message);
  });
});

test("approvals are counted by address, once, and not the author's", () => {
  const message = (...lines: string[]) => ["Kinder", "", ...lines].join("\n");
  const commits = [
    {
      email: "Ada@example.com",
      message: message("approved-by: Grace <GRACE@example.com>", "Reviewed-by: ada@example.com"),
    },
    { email: "alan@example.com", message: message("Reviewed-by: Alan <alan@example.com>", "", "Words: end") },
  ];
  expect(approversOf({ commits, approvals: ["", " grace@example.com", "kurt"] })).toEqual([
    "grace@example.com",
    "kurt",
  ]);
  expect(approversOf({ commits: [], approvals: [""] })).toEqual([]);
});

describe("what moves between two states", () => {
  const state = (live: object, tenants: object = {}) =>
    ({ schema: "promptsync/v1", prompts: { refund: { aliases: { live }, tenants } } }) as never;
  const canary = (serve: string, percent: number, more = "running") => ({
    serve,
    percent,
    seed: "s",
    state: more,
  });
  const moves = (before: object, after: object) =>
    movesBetween(state(before), state(after)).map(({ version, baseline }) => [version, baseline]);

  it.each([
    [{ serve: "1.0.0" }, { serve: "1.0.0" }, []],
    [{ serve: "1.0.0" }, { serve: "2.0.0" }, [["2.0.0", "1.0.0"]]],
    [{ serve: "1.0.0" }, { serve: "1.0.0", canary: canary("2.0.0", 1) }, [["2.0.0", "1.0.0"]]],
    [
      { serve: "1.0.0", canary: canary("2.0.0", 1) },
      { serve: "1.0.0", canary: canary("2.0.0", 5) },
      [["2.0.0", "1.0.0"]],
    ],
    [{ serve: "1.0.0", canary: canary("2.0.0", 5) }, { serve: "1.0.0", canary: canary("2.0.0", 1) }, []],
    [
      { serve: "1.0.0", canary: canary("2.0.0", 5) },
      { serve: "1.0.0", canary: canary("2.0.0", 5, "paused") },
      [],
    ],
    [{ serve: "1.0.0", canary: canary("2.0.0", 5) }, { serve: "1.0.0" }, []],
    [{ serve: "1.0.0", canary: canary("2.0.0", 5) }, { serve: "2.0.0" }, [["2.0.0", "1.0.0"]]],
  ])("%j to %j", (before, after, expected) => {
    expect(moves(before, after)).toEqual(expected);
  });

  it("is told for a tenant too, whose versions of today are its own or everybody's", () => {
    const own = (serve: string) => ({ acme: { aliases: { live: { serve } } } });
    const live = { serve: "1.0.0" };
    const first = movesBetween(state(live), state(live, own("2.0.0")));
    expect(first).toMatchObject([
      { prompt: "refund", alias: "live", tenant: "acme", version: "2.0.0", baseline: "1.0.0" },
    ]);
    const next = movesBetween(state(live, own("2.0.0")), state(live, own("3.0.0")));
    expect(next).toMatchObject([{ version: "3.0.0", baseline: "2.0.0" }]);
  });

  it("is in a record of a plan, unless it takes a version away", () => {
    const record = { action: "alias-set", prompt: "refund", alias: "live", from: "1.0.0", to: "2.0.0" };
    expect(moveOf(record, state({ serve: "1.0.0" }))).toMatchObject({ version: "2.0.0", baseline: "1.0.0" });
    for (const action of ["rollback", "alias-remove", "canary-abort", "push"])
      expect(moveOf({ ...record, action }, state({ serve: "1.0.0" }))).toBeUndefined();
  });
});
