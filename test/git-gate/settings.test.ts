import { describe, expect, it } from "vitest";
import type { Desk } from "../support/desk.js";
import { githubEvent, home, openBranch, triage, validate } from "./story.js";

/** A branch that edits a merged version, and brings settings of its own. */
function openEdit(settings: string, merged?: string): Desk {
  const desk = openBranch();
  if (merged !== undefined) {
    desk.git("switch", "--quiet", "main");
    desk.write({ ".promptsyncrc": merged });
    desk.commit("settings");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "work");
    desk.git("merge", "--quiet", "--ff-only", "main");
  }
  desk.write({ ".promptsyncrc": settings, [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
  desk.commit("edit");
  return desk;
}

describe("settings that a change brings do not judge it", () => {
  it.each([
    ["rules: { immutable: off }\n", undefined],
    ["rules: { immutable: off }\n", "owner: team-support\n"],
    ["rules: { immutable-version-modified: info }\n", "rules: { bump: warning }\n"],
    ["rules: { profile: strict, immutable: off }\n", "rules: { profile: lenient }\n"],
  ])("%j beside %j", async (settings, merged) => {
    const { found, exitCode, stderr } = await validate(openEdit(settings, merged), "--base main");
    expect([found, exitCode]).toEqual([["immutable-version-modified"], 1]);
    expect(stderr).toContain("`rules` of .promptsyncrc differs from main");
  });

  it("as those that are merged do", async () => {
    const desk = openEdit("rules: { immutable: off }\n", "rules: { immutable: off }\n");
    expect(await validate(desk, "--base main")).toMatchObject({ found: [], exitCode: 0, stderr: "" });
  });

  it("nor do edits of periods and bumps", async () => {
    const desk = openEdit("rules: { immutable: off }\n", "rules: { immutable: off }\n");
    desk.write({
      ".promptsyncrc":
        "rules: { immutable: off }\nperiods: { notice: 0 }\nbump: { overrides: { input-removed: patch } }\n",
    });
    const { stderr } = await validate(desk, "--base main");
    expect(stderr).toContain("`periods` and `bump` of .promptsyncrc differ from main");
  });

  it("where there was no registry before, they do", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.git("rm", "--quiet", "-r", "prompt-templates");
    desk.commit("no prompts yet");
    desk.git("switch", "--quiet", "--create", "first");
    desk.git("checkout", "work", "--", "prompt-templates");
    desk.write({ ".promptsyncrc": "rules: { registry: off }\n" });
    desk.commit("first");
    expect(await validate(desk, "--base main")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("on the base itself they do", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.write({ ".promptsyncrc": "rules: { immutable: off }\n" });
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
  });
});

it("a registry that the settings move away leaves nothing to compare with", async () => {
  const desk = openEdit("registry: elsewhere\n");
  desk.write({ "elsewhere/promptsync.yaml": "schema: promptsync/v1\n" });
  desk.commit("elsewhere");
  const { exitCode, stderr, skipped } = await validate(desk, "--base main");
  expect(exitCode).toBe(2);
  expect(skipped).not.toEqual([]);
  expect(stderr).toContain("`registry` is `elsewhere` here and `prompt-templates` in main");
});

it("the base of a pull request is not what its own settings say", async () => {
  const desk = openEdit("base: work\n");
  desk.git("push", "--quiet", "origin", "work");
  desk.git("fetch", "--quiet", "origin");
  const base = desk.git("rev-parse", "main");
  const world = githubEvent(desk, "pull_request", { pull_request: { base: { sha: base } } });
  expect(await validate(desk, "", world)).toMatchObject({
    base: { sha: base, how: "GitHub pull_request" },
    found: ["immutable-version-modified"],
    exitCode: 1,
  });
});

it("the base of merged settings goes before the event", async () => {
  const desk = openEdit("base: main\n", "base: main\n");
  const world = githubEvent(desk, "pull_request", {
    pull_request: { base: { sha: desk.git("rev-parse", "main") } },
  });
  expect((await validate(desk, "", world)).base?.how).toBe(".promptsyncrc");
});
