import { describe, expect, it } from "vitest";
import { planCanaryAct, type CanaryAct } from "../../../src/plans/rollout/plan-canary-act.js";
import { planCanarySet } from "../../../src/plans/rollout/plan-canary-set.js";
import { editsOf, now, shop, shopWithCanary, subjectOf } from "./story.js";

const set = (references: string[], more: object = {}, catalog = shop()) =>
  planCanarySet(catalog, { alias: "production", references, percentage: "10", ...more }, now);

const act = (name: CanaryAct, catalog = shopWithCanary()) =>
  planCanaryAct(catalog, { act: name, name: "qualify-lead", alias: "production" });

const canary = "prompts.qualify-lead.aliases.production.canary";

describe("a new canary", () => {
  it("is sown by prompt, alias and day", () => {
    const planned = set(["qualify-lead@2.0.0"]);
    expect(editsOf(planned)).toEqual([
      `${canary} {"serve":"2.0.0","percent":10,"seed":"qualify-lead/production/2026-11-02","state":"running","started":"2026-11-02T10:00:00Z"}`,
    ]);
    expect(subjectOf(planned)).toBe("promptsync: canary set production qualify-lead@2.0.0 at 10 %");
    expect(planned.plan?.message).toContain("Promptsync-Percent: 10\n");
  });

  it("of a bare version is one of every prompt that has it and the alias", () => {
    const { changes } = set(["v2.0.0"]);
    expect(changes.map(({ prompt }) => prompt)).toEqual(["qualify-lead", "refund"]);
  });

  it("passes over a prompt that the alias serves the version of already, and says so", () => {
    const { changes, warnings } = set(["v1.1.0"]);
    expect(changes.map(({ prompt }) => prompt)).toEqual(["refund"]);
    expect(warnings).toEqual(["`qualify-lead@production` serves 1.1.0 to everybody already"]);
  });

  it("of an older version than the one served says so", () => {
    const older = "`qualify-lead@production` serves 1.1.0, which is newer than 1.0.0";
    expect(set(["qualify-lead@1.0.0"]).warnings).toEqual([older]);
    expect(set(["qualify-lead@2.0.0"]).warnings).toEqual([]);
  });

  it("keeps steps and a seed of one's own", () => {
    const [edit] = editsOf(set(["refund@2.0.0"], { steps: "1, 10,100", seed: "spring", percentage: "0.25" }));
    expect(edit).toContain('"percent":0.25,"seed":"spring","state":"running","steps":[1,10,100]');
  });

  it.each([
    ["100.001", "USAGE"],
    ["-1", "USAGE"],
    ["0.125", "USAGE"],
    ["1e1", "USAGE"],
    ["", "USAGE"],
  ])("is refused at `%s` percent", (percentage, code) => {
    expect(() => set(["v2.0.0"], { percentage })).toThrow(expect.objectContaining({ code }));
  });

  it.each(["50,10", "10,10", "10,200", "10,,20"])("is refused with the steps `%s`", (steps) => {
    expect(() => set(["v2.0.0"], { steps })).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it.each([
    ["an alias that nobody has", { alias: "prodction" }, "ALIAS_NOT_FOUND"],
    ["a version that no prompt has", { references: ["v9.0.0"] }, "VERSION_NOT_FOUND"],
    ["a prompt without the alias", { references: ["welcome@1.0.0"] }, "ALIAS_NOT_FOUND"],
    ["the version that everybody gets", { references: ["refund@1.0.0"] }, "CANARY_CONFLICT"],
  ])("is refused on %s", (_, more, code) => {
    expect(() => set(["v2.0.0"], more)).toThrow(expect.objectContaining({ code }));
  });
});

describe("a canary that runs", () => {
  it("keeps its seed when its percentage changes", () => {
    const planned = set(["qualify-lead@2.0.0"], { percentage: "30" }, shopWithCanary());
    expect(editsOf(planned)[0]).toContain('"percent":30,"seed":"spring"');
    expect(planned.changes).toMatchObject([{ from: "2.0.0", to: "2.0.0", percent: 30 }]);
  });

  it("refuses a second version beside it, and another seed", () => {
    for (const more of [{ references: ["qualify-lead@3.0.0"] }, { seed: "autumn" }]) {
      expect(() => set(["qualify-lead@2.0.0"], more, shopWithCanary())).toThrow(
        expect.objectContaining({ code: "CANARY_CONFLICT" }),
      );
    }
  });

  it("takes its next step, its own or one of the usual", () => {
    expect(editsOf(act("step"))).toEqual([`${canary}.percent 50`]);
    expect(editsOf(act("step", shopWithCanary("percent: 10, state: running, steps: [5, 25]")))).toEqual([
      `${canary}.percent 25`,
    ]);
  });

  it("takes no step when it is paused, or after the last", () => {
    for (const settings of ["percent: 10, state: paused", "percent: 100, state: running"]) {
      expect(() => act("step", shopWithCanary(settings))).toThrow(
        expect.objectContaining({ code: "CANARY_CONFLICT" }),
      );
    }
  });

  it("can be paused and resumed; twice changes nothing", () => {
    expect(editsOf(act("pause"))).toEqual([`${canary}.state "paused"`]);
    expect(act("resume").plan).toBeNull();
    expect(editsOf(act("resume", shopWithCanary("percent: 10, state: paused")))).toEqual([
      `${canary}.state "running"`,
    ]);
  });

  it("ends with its version for everybody, or for nobody", () => {
    const promoted = act("promote");
    expect(editsOf(promoted)).toEqual(['prompts.qualify-lead.aliases.production.serve "2.0.0"', canary]);
    expect(promoted.changes).toMatchObject([{ action: "canary-promote", from: "1.1.0", to: "2.0.0" }]);
    expect(editsOf(act("abort"))).toEqual([canary]);
  });

  it("of a yanked version is neither promoted nor resumed, and can be aborted", () => {
    const catalog = shopWithCanary();
    const { prompts = {} } = catalog.state;
    const yanked = { "2.0.0": { reason: "leaks" } };
    const state = { ...catalog.state, prompts: { "qualify-lead": { ...prompts["qualify-lead"], yanked } } };
    for (const name of ["promote", "resume", "step"] as const) {
      expect(() => act(name, { ...catalog, state })).toThrow(expect.objectContaining({ code: "NO_VERSION" }));
    }
    expect(act("abort", { ...catalog, state }).changes).toHaveLength(1);
  });

  it("has to be there", () => {
    expect(() => act("abort", shop())).toThrow(expect.objectContaining({ code: "CANARY_NOT_FOUND" }));
  });
});
