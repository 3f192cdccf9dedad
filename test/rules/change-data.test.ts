import { expect, it } from "vitest";
import { changeData } from "../../src/rules/change-data.js";

it("a change tells a machine its kind, place, both sides, the step and the proof", () => {
  const change = {
    kind: "input-narrowed",
    at: "/input/schema/priority",
    bump: "major",
    message: "`low` is no longer accepted",
    from: ["low", "high"],
    to: ["high"],
    witness: "low",
  } as const;
  expect(changeData(change)).toEqual({
    kind: "input-narrowed",
    pointer: "/input/schema/priority",
    from: ["low", "high"],
    to: ["high"],
    witness: "low",
    requires: "major",
    message: "`low` is no longer accepted",
  });
  expect(changeData({ kind: "wording-changed", at: "body", bump: "patch", message: "…" })).toEqual({
    kind: "wording-changed",
    pointer: "body",
    requires: "patch",
    message: "…",
  });
});
