import { describe, expect, it } from "vitest";
import { planAliasRemove, planAliasSet, planDefaultSet } from "../../src/plans/plan-alias.js";
import { registry, stateText } from "../core/registry.js";
import { codeOf, stateAfter } from "./story.js";

const versions = {
  "task/qualify-lead": ["1.0.0", "1.1.0", "2.0.0"],
  refund: ["1.0.0", "1.1.0"],
  welcome: ["1.0.0", "1.2.0"],
};
const state = stateText(`
prompts:
  qualify-lead:
    default: "1.0.0"
    aliases:
      dev: { serve: "2.0.0" }
      production: { serve: "1.0.0", canary: { serve: "2.0.0", percent: 10, seed: s, state: running } }
    yanked: { "1.1.0": { reason: leaks } }
  welcome:
    aliases: { dev: { serve: "1.2.0" } }
`);
const catalog = registry(versions, state);
const set = (
  references: readonly string[],
  more: { alias?: string; from?: string; reason?: string; message?: string } = {},
) => planAliasSet(catalog, { alias: "production", references, ...more });
const movesOf = (...args: Parameters<typeof set>) =>
  set(...args).changes.map(({ prompt, from, to }) => [prompt, from, to]);

describe("alias set", () => {
  it("pins each reference to the version it means now, all in one commit", () => {
    const { plan, changes } = set(["qualify-lead@2.0.0", "welcome@dev", "refund@^1"]);
    expect(changes).toEqual([
      { action: "alias-set", prompt: "qualify-lead", alias: "production", from: "1.0.0", to: "2.0.0" },
      { action: "alias-set", prompt: "welcome", alias: "production", from: null, to: "1.2.0" },
      { action: "alias-set", prompt: "refund", alias: "production", from: null, to: "1.1.0" },
    ]);
    expect(plan?.base).toBe("c0ffee");
    expect(plan?.message.split("\n")[0]).toBe("promptsync: alias set production 3 prompts");
    expect(plan?.effects).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it("ends the canary of the version that everybody gets now, and leaves another alone", () => {
    const promoted = registry(versions, stateAfter(state, set(["qualify-lead@2.0.0"]).plan));
    expect(promoted.state.prompts?.["qualify-lead"]?.aliases?.["production"]).toEqual({ serve: "2.0.0" });
  });

  it("takes a bare version for every prompt that has it, and a bare major for their newest of it", () => {
    expect(movesOf(["v1.0.0"])).toEqual([
      ["refund", null, "1.0.0"],
      ["welcome", null, "1.0.0"],
    ]);
    expect(movesOf(["v2"])).toEqual([["qualify-lead", "1.0.0", "2.0.0"]]);
    expect(codeOf(() => set(["v9.9.9"]))).toBe("VERSION_NOT_FOUND");
    expect(codeOf(() => set(["v1.0.0", "welcome@1.2.0"]))).toBe("USAGE");
  });

  it("copies what another alias serves, of all prompts or of those that are named", () => {
    expect(movesOf([], { from: "dev" })).toEqual([
      ["qualify-lead", "1.0.0", "2.0.0"],
      ["welcome", null, "1.2.0"],
    ]);
    expect(movesOf(["welcome"], { from: "dev" })).toEqual([["welcome", null, "1.2.0"]]);
    expect(codeOf(() => set([], { from: "stagin" }))).toBe("ALIAS_NOT_FOUND");
    expect(codeOf(() => set(["refund"], { from: "dev" }))).toBe("ALIAS_NOT_FOUND");
    expect(codeOf(() => set(["welcome", "refund"], { from: "dev" }))).toBe("ALIAS_NOT_FOUND");
  });

  it("that moves nothing has no plan", () => {
    expect(set(["qualify-lead@1.0.0"])).toMatchObject({ plan: null, changes: [] });
  });

  it("says why in the commit", () => {
    expect(set(["welcome@1.0.0"], { reason: "calmer tone", message: "feat: calm" }).plan?.message).toBe(
      [
        "feat: calm",
        "",
        "Promptsync-Action: alias-set",
        "Promptsync-Prompt: welcome",
        "Promptsync-Alias: production",
        "Promptsync-To: 1.0.0",
        "Promptsync-Reason: calmer tone",
        "",
      ].join("\n"),
    );
    expect(codeOf(() => set(["welcome@1.0.0"], { reason: "x\ny" }))).toBe("USAGE");
  });

  it("is refused for bad names, unknown versions, yanked versions and nothing at all", () => {
    expect(codeOf(() => set(["welcome@1.0.0"], { alias: "v1" }))).toBe("NAME_INVALID");
    expect(codeOf(() => set(["welcme@1.0.0"]))).toBe("PROMPT_NOT_FOUND");
    expect(codeOf(() => set(["welcome@3.0.0"]))).toBe("VERSION_NOT_FOUND");
    expect(codeOf(() => set(["qualify-lead@1.1.0"]))).toBe("NO_VERSION");
    expect(codeOf(() => set([]))).toBe("USAGE");
  });

  it("moves to the version that was named while an emergency is open", () => {
    const open = registry(
      versions,
      `${state}emergencies: { inc-1: { prompt: welcome, serve: "1.0.0", status: active } }\n`,
    );
    const { changes } = planAliasSet(open, { alias: "production", references: ["welcome@1.2.0"] });
    expect(changes[0]?.to).toBe("1.2.0");
  });

  it("of a prompt with a state file of its own edits that file", () => {
    const own = registry({ "task/welcome": ["1.0.0"] }, stateText(""), {
      own: { "task/welcome": "owner: team-sales\n" },
    });
    const { plan } = planAliasSet(own, { alias: "dev", references: ["welcome@1.0.0"] });
    expect(plan?.effects).toEqual([
      {
        kind: "edit-state",
        path: "prompt-templates/task/welcome/promptsync.yaml",
        above: ["prompts", "welcome"],
        edits: [{ path: ["prompts", "welcome", "aliases", "dev", "serve"], value: "1.0.0" }],
      },
    ]);
    expect(stateAfter("owner: team-sales\n", plan)).toBe(
      'owner: team-sales\naliases:\n  dev:\n    serve: "1.0.0"\n',
    );
  });
});

describe("alias remove", () => {
  const remove = (alias: string, ...names: string[]) => planAliasRemove(catalog, { alias, names });

  it("takes the alias from the prompts that are named, or from all", () => {
    expect(remove("dev").changes.map(({ prompt, from, to }) => [prompt, from, to])).toEqual([
      ["qualify-lead", "2.0.0", null],
      ["welcome", "1.2.0", null],
    ]);
    const { plan } = remove("dev", "welcome");
    expect(plan?.message.split("\n")[0]).toBe("promptsync: alias remove dev welcome");
    expect(registry(versions, stateAfter(state, plan)).state.prompts?.["welcome"]).toBeUndefined();
  });

  it("is refused for an alias or a prompt that is not there", () => {
    expect(codeOf(() => remove("stagin"))).toBe("ALIAS_NOT_FOUND");
    expect(codeOf(() => remove("dev", "refund"))).toBe("ALIAS_NOT_FOUND");
    expect(codeOf(() => remove("dev", "refnd"))).toBe("PROMPT_NOT_FOUND");
  });
});

describe("default set", () => {
  it("sets what is served where no alias decides", () => {
    const { plan, changes } = planDefaultSet(catalog, {
      references: ["qualify-lead@v2.0.0", "refund@latest"],
    });
    expect(changes.map(({ action, prompt, alias, from, to }) => [action, prompt, alias, from, to])).toEqual([
      ["default-set", "qualify-lead", null, "1.0.0", "2.0.0"],
      ["default-set", "refund", null, null, "1.1.0"],
    ]);
    expect(stateAfter(state, plan)).toContain('refund:\n    default: "1.1.0"');
    expect(planDefaultSet(catalog, { references: ["qualify-lead@1.0.0"] }).plan).toBeNull();
  });
});
