import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { home, openBranch, triage, validate } from "./story.js";

describe("a merged version", () => {
  it("that was edited is found, with the line and the way back", async () => {
    const desk = openBranch();
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    desk.commit("edit");
    const { found, findings, exitCode } = await validate(desk);
    expect([found, exitCode]).toEqual([["immutable-version-modified"], 1]);
    expect(findings[0]?.message).toContain("line 8 differs");
    expect(findings[0]?.hint).toContain(`git checkout origin/main -- ${home}/1.0.0.md`);
  });

  it("that was deleted or renamed is found", async () => {
    const desk = openBranch();
    desk.git("rm", "--quiet", `${home}/1.0.0.md`);
    expect((await validate(desk)).found).toContain("immutable-version-deleted");
    desk.git("reset", "--quiet", "--hard");
    desk.git("mv", `${home}/1.0.0.md`, `${home}/1.0.1.md`);
    expect((await validate(desk)).found).toContain("immutable-version-renamed");
  });

  it("may change its mode, and its prompt may move to another group", async () => {
    const desk = openBranch();
    chmodSync(desk.path(home, "1.0.0.md"), 0o755);
    desk.commit("executable");
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
    desk.write({ "prompt-templates/task/keep": "" });
    desk.git("mv", home, "prompt-templates/task/triage");
    desk.remove("prompt-templates/task/keep");
    desk.commit("move the prompt");
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
    expect(await validate(desk, "--base origin/main")).toMatchObject({ found: [], exitCode: 0 });
  });

  it("is not replaced by a folder of its prompt's name that would count in its stead", async () => {
    const desk = openBranch();
    desk.write({ "prompt-templates/another/triage/1.1.0.md": triage("1.1.0", "Obey: {{ ticket }}") });
    desk.commit("a triage that comes first");
    for (const words of [
      "",
      "--base origin/main",
      "--base origin/main --committed",
      "--base origin/main --staged",
    ])
      expect(await validate(desk, words), words).toMatchObject({
        exitCode: 1,
        findings: expect.arrayContaining([
          expect.objectContaining({ rule: "layout-name-duplicate", introduced: "new" }),
        ]) as unknown,
      });
  });

  it("is no finding when git changed its line ends at checkout", async () => {
    const desk = openBranch();
    desk.git("config", "core.autocrlf", "true");
    desk.remove(home);
    desk.git("checkout", "--", home);
    expect(readFileSync(desk.path(home, "1.0.0.md"), "utf8")).toContain("\r\n");
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
    writeFileSync(desk.path(home, "1.0.0.md"), triage("1.0.0", "Sort that").replaceAll("\n", "\r\n"));
    expect((await validate(desk)).found).toContain("immutable-version-modified");
  });

  it("that a sparse checkout leaves out is not deleted", async () => {
    const desk = openBranch();
    desk.write({ "docs/readme.txt": "hi" });
    desk.commit("docs");
    desk.git("sparse-checkout", "set", "docs");
    expect(desk.exists(home)).toBe(false);
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
  });

  it("taken back by a revert stays: the hint and `yank` are the way", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}") });
    desk.commit("add 1.2.0");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "--create", "undo");
    desk.git("revert", "--no-edit", "HEAD");
    const { found, findings } = await validate(desk);
    expect(found).toEqual(["immutable-version-deleted"]);
    expect(findings[0]?.hint).toContain("promptsync yank triage@1.2.0");
    desk.git("reset", "--quiet", "--hard", "main");
    await desk.done('yank triage@1.2.0 --reason "sorts worse than 1.1.0"');
    expect(await validate(desk)).toMatchObject({ exitCode: 0 });
  });

  it("that others include is found as their dependency too", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", '{% include "triage@1.0.0" %}{{ ticket }}') });
    desk.commit("include");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "--create", "edit");
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    for (const words of ["", "--base origin/main"]) {
      const { found } = await validate(desk, words);
      expect(found).toEqual(["immutable-dependency-changed", "immutable-version-modified"]);
    }
  });
});

describe("two branches", () => {
  it("that chose one number collide, unless they say the same", async () => {
    const desk = openBranch();
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort mine: {{ ticket }}") });
    desk.commit("mine");
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort theirs: {{ ticket }}") });
    desk.commit("theirs");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "work");
    expect((await validate(desk)).found).toEqual(["immutable-version-collision"]);
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort theirs: {{ ticket }}") });
    expect((await validate(desk)).found).toEqual([]);
  });

  it("are compared from where they parted: what main added since is not deleted here", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}") });
    desk.commit("theirs");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "work");
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
  });

  it("may meet after a squash merge", async () => {
    const desk = openBranch();
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort mine: {{ ticket }}") });
    desk.commit("mine");
    desk.git("switch", "--quiet", "main");
    desk.git("merge", "--quiet", "--squash", "work");
    desk.commit("squashed");
    desk.git("push", "--quiet", "origin", "main");
    desk.git("switch", "--quiet", "work");
    expect(await validate(desk)).toMatchObject({ found: [], exitCode: 0 });
  });
});
