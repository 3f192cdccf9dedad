import { describe, expect, it } from "vitest";
import type { Catalog } from "../../../src/core/catalog.js";
import type { Arm, State } from "../../../src/core/state/state.js";
import { planRollback } from "../../../src/plans/rollout/plan-rollback.js";
import { rollbackTargets, type RollbackWish } from "../../../src/plans/rollout/rollback-targets.js";
import { registry } from "../../core/registry.js";
import { editsOf } from "./story.js";

/** A state in which `production` serves these versions. */
function serving(arms: Readonly<Record<string, string | Arm>>, more: object = {}): State {
  const prompts = Object.entries(arms).map(([name, arm]) => {
    const production = typeof arm === "string" ? { serve: arm } : arm;
    return [name, { aliases: { production }, ...more }] as const;
  });
  return { schema: "promptsync/v1", prompts: Object.fromEntries(prompts) };
}

const versions = ["1.0.0", "1.1.0", "2.0.0"];
const empty: Catalog = registry({ "qualify-lead": versions, refund: versions, welcome: versions });
const canary = { serve: "2.0.0", percent: 10, seed: "spring", state: "running" };

/** The targets of a rollback; the first state is the present one. */
async function targets(wish: Partial<RollbackWish>, ...states: readonly State[]) {
  const [state] = states;
  const catalog = { ...empty, ...(state === undefined ? {} : { state }) };
  return Object.fromEntries(await rollbackTargets(catalog, { alias: "production", ...wish }, states));
}

describe("a rollback of one prompt", () => {
  const name = "qualify-lead";

  it("goes to what was served before, however long ago that was", async () => {
    const now = serving({ "qualify-lead": "2.0.0", refund: "2.0.0" });
    const before = serving({ "qualify-lead": "2.0.0", refund: "1.0.0" });
    expect(await targets({ name }, now, before, serving({ "qualify-lead": "1.1.0" }))).toEqual({
      [name]: "1.1.0",
    });
  });

  it("passes over what was yanked or removed since", async () => {
    const now = serving({ [name]: "2.0.0" }, { yanked: { "1.1.0": {} } });
    const past = ["1.1.0", "1.0.9", "1.0.0"].map((version) => serving({ [name]: version }));
    expect(await targets({ name }, now, ...past)).toEqual({ [name]: "1.0.0" });
  });

  it("ends a canary before it moves anything", async () => {
    const now = serving({ [name]: { serve: "1.1.0", canary } });
    expect(await targets({ name }, now, serving({ [name]: "1.0.0" }))).toEqual({ [name]: "1.1.0" });
  });

  it("reads no more of the past than it needs", async () => {
    let read = 0;
    function* past(): Generator<State> {
      for (const version of ["2.0.0", "1.1.0", "1.0.0"]) {
        read++;
        yield serving({ [name]: version });
      }
    }
    const catalog = { ...empty, state: serving({ [name]: "2.0.0" }) };
    await rollbackTargets(catalog, { alias: "production", name }, past());
    expect(read).toBe(2);
  });

  it("goes to a version that the alias served once, and to no other", async () => {
    const now = serving({ [name]: "2.0.0" });
    const past = [now, serving({ [name]: "1.1.0" }), serving({ [name]: "1.0.0" })];
    expect(await targets({ name, to: "1.0.0" }, ...past)).toEqual({ [name]: "1.0.0" });
    expect(await targets({ to: `${name}@v1.1.0` }, ...past)).toEqual({ [name]: "1.1.0" });
    await expect(targets({ name, to: "1.0.0" }, now)).rejects.toMatchObject({ code: "NOTHING_TO_ROLL_BACK" });
    await expect(targets({ name, to: "refund@1.0.0" }, ...past)).rejects.toMatchObject({
      code: "USAGE",
    });
  });

  it("gives back an alias that was removed", async () => {
    const now: State = { schema: "promptsync/v1", prompts: { [name]: {} } };
    const past = [now, serving({ [name]: { serve: "1.1.0", canary } }), serving({ [name]: "1.0.0" })];
    expect(await targets({ name }, ...past)).toEqual({ [name]: "1.1.0" });
    expect(await targets({ name, to: "1.0.0" }, ...past)).toEqual({ [name]: "1.0.0" });
    expect(await targets({ name, then: past[2] }, now)).toEqual({ [name]: "1.0.0" });
  });

  it("does not know an alias that nothing ever had", async () => {
    const now = serving({ [name]: "2.0.0" });
    for (const wish of [{ name }, { name, to: "1.0.0" }, {}, { release: true }])
      await expect(targets({ ...wish, alias: "prduction" }, now, now)).rejects.toMatchObject({
        code: "ALIAS_NOT_FOUND",
      });
    await expect(targets({ name: "refund" }, now, now)).rejects.toMatchObject({ code: "ALIAS_NOT_FOUND" });
    await expect(targets({ name: "refunt" }, now, now)).rejects.toMatchObject({ code: "PROMPT_NOT_FOUND" });
  });

  it("has nothing to do where the alias never moved", async () => {
    const now = serving({ [name]: "2.0.0" });
    await expect(targets({ name }, now, now)).rejects.toMatchObject({ code: "NOTHING_TO_ROLL_BACK" });
  });
});

describe("a rollback of an alias", () => {
  const now = serving({ "qualify-lead": "2.0.0", refund: "2.0.0", welcome: "1.1.0" });
  const before = serving({ "qualify-lead": "1.1.0", refund: "1.1.0", welcome: "1.1.0" });
  const first = serving({ "qualify-lead": "1.0.0", refund: "1.1.0", welcome: "1.0.0" });

  it("takes back the last change, whichever prompts it moved", async () => {
    expect(await targets({}, now, now, before, first)).toEqual({ "qualify-lead": "1.1.0", refund: "1.1.0" });
    expect(await targets({}, before, first)).toEqual({ "qualify-lead": "1.0.0", welcome: "1.0.0" });
  });

  it("that is a release looks for the last commit that moved several prompts", async () => {
    const later = serving({ "qualify-lead": "2.0.0", refund: "1.0.0", welcome: "1.1.0" });
    expect(await targets({ release: true }, later, now, before)).toEqual({
      "qualify-lead": "1.1.0",
      refund: "1.1.0",
    });
    await expect(targets({ release: true }, later, now)).rejects.toMatchObject({
      code: "NOTHING_TO_ROLL_BACK",
    });
  });

  it("ends the canaries of the last change, and leaves older ones alone", async () => {
    const trial = { serve: "1.1.0", canary };
    const started = serving({ "qualify-lead": trial, refund: "1.1.0", welcome: "1.1.0" });
    expect(await targets({}, started, before)).toEqual({ "qualify-lead": "1.1.0" });
    const moved = serving({ "qualify-lead": trial, refund: "2.0.0", welcome: "1.1.0" });
    expect(await targets({}, moved, started, before)).toEqual({ refund: "1.1.0" });
  });

  it("gives back what was taken from several prompts at once, and no end of a version", async () => {
    const none: State = { schema: "promptsync/v1", prompts: { welcome: { aliases: {} } } };
    expect(await targets({}, none, now)).toEqual({
      "qualify-lead": "2.0.0",
      refund: "2.0.0",
      welcome: "1.1.0",
    });
    const gone = serving({ refund: "1.0.9", welcome: "1.1.0" });
    expect(await targets({ release: true }, none, now)).toMatchObject({ refund: "2.0.0" });
    expect(await targets({}, none, gone)).toEqual({ welcome: "1.1.0" });
  });

  it("to a moment serves what was served then", async () => {
    const then = serving({ "qualify-lead": "1.0.0", gone: "1.0.0" });
    expect(await targets({ then }, now)).toEqual({ "qualify-lead": "1.0.0" });
  });

  it("goes one way at a time", async () => {
    for (const wish of [
      { to: "1.0.0", release: true },
      { then: before, release: true },
      { name: "refund", release: true },
    ]) {
      await expect(targets(wish, now, before)).rejects.toMatchObject({ code: "USAGE" });
    }
  });
});

describe("the plan of a rollback", () => {
  const catalog = {
    ...empty,
    state: serving({ "qualify-lead": { serve: "1.1.0", canary }, refund: "2.0.0" }),
  };
  const plan = (targets: Record<string, string>, on: Catalog = catalog) =>
    planRollback(on, { alias: "production", targets: new Map(Object.entries(targets)) });

  it("serves one version to everybody", () => {
    const planned = plan({ "qualify-lead": "1.1.0", refund: "1.1.0" });
    expect(planned.changes).toMatchObject([
      { action: "rollback", prompt: "qualify-lead", from: "2.0.0", to: "1.1.0" },
      { action: "rollback", prompt: "refund", from: "2.0.0", to: "1.1.0" },
    ]);
    expect(editsOf(planned).slice(0, 2)).toEqual([
      'prompts.qualify-lead.aliases.production.serve "1.1.0"',
      "prompts.qualify-lead.aliases.production.canary",
    ]);
  });

  it("makes an alias that is not there any more", () => {
    const planned = plan({ welcome: "1.1.0" });
    expect(planned.changes).toMatchObject([
      { action: "rollback", prompt: "welcome", from: null, to: "1.1.0" },
    ]);
    expect(editsOf(planned)[0]).toBe('prompts.welcome.aliases.production.serve "1.1.0"');
  });

  it("asks no gate", () => {
    const aliases = { production: { gates: "release" } };
    expect(
      plan({ refund: "1.1.0" }, { ...catalog, state: { ...catalog.state, aliases } }).plan,
    ).not.toBeNull();
  });

  it("does not go to a version that is yanked", () => {
    const yanked = serving({ refund: "2.0.0" }, { yanked: { "1.1.0": { reason: "leaks" } } });
    expect(() => plan({ refund: "1.1.0" }, { ...catalog, state: yanked })).toThrow(
      expect.objectContaining({ code: "NO_VERSION", message: "`refund@1.1.0` is yanked: leaks" }),
    );
  });
});
