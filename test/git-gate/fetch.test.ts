import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deskIn, type Desk } from "../support/desk.js";
import { githubEvent, home, openBranch, triage, validate } from "./story.js";

/** A clone of one commit of `work`, which edits a merged version after `count` other commits of its own. */
function shallowClone(count: number): {
  readonly desk: Desk;
  readonly job: Desk;
} {
  const desk = openBranch();
  for (let index = 0; index < count; index++)
    desk.git("commit", "--quiet", "--allow-empty", "--message", `${index}`);
  desk.write({
    [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}"),
  });
  desk.commit("edit");
  desk.git("push", "--quiet", "origin", "work");
  const url = `file://${desk.path("../origin.git")}`;
  desk.git("clone", "--quiet", "--depth=1", "--branch=work", url, "../job");
  return { desk, job: deskIn(desk.in("../job")) };
}

describe("validate --fetch", () => {
  it("fetches the base of a shallow clone and deepens it until the merge-base is certain", async () => {
    const { desk, job } = shallowClone(60);
    const before = await validate(job);
    expect(before.exitCode).toBe(2);
    expect(before.stderr).toContain("`promptsync validate --fetch` does it");
    const { found, base, exitCode, stderr } = await validate(job, "--fetch");
    expect([found, exitCode]).toEqual([["immutable-version-modified"], 1]);
    expect(base).toMatchObject({
      ref: "origin/main",
      sha: desk.git("rev-parse", "main"),
    });
    expect(stderr).toBe(
      "fetched origin/main\ndeepened the clone by 50 commits\ndeepened the clone by 50 commits\n",
    );
  });

  it("brings the first parent of a pull request's merge", async () => {
    const { desk } = shallowClone(0);
    const head = desk.git("rev-parse", "work");
    desk.git("switch", "--quiet", "--detach", "main");
    desk.git("merge", "--quiet", "--no-ff", "--message", "merge", "work");
    desk.git("push", "--quiet", "origin", "HEAD:refs/pull/7/merge");
    desk.git("init", "--quiet", "../pull");
    const job = deskIn(desk.in("../pull"));
    job.git("remote", "add", "origin", `file://${desk.path("../origin.git")}`);
    job.git("fetch", "--quiet", "--depth=1", "origin", "+refs/pull/7/merge:refs/remotes/pull/7/merge");
    job.git("checkout", "--quiet", "refs/remotes/pull/7/merge");
    const world = githubEvent(job, "pull_request", {
      pull_request: { head: { sha: head } },
    });
    const { found, base } = await validate(job, "--fetch", world);
    expect([found, base?.how]).toEqual([["immutable-version-modified"], "GitHub pull_request"]);
  });

  it("leaves a full clone full, and brings the base up to date", async () => {
    const desk = openBranch();
    desk.git("clone", "--quiet", `file://${desk.path("../origin.git")}`, "../other");
    const other = deskIn(desk.in("../other"));
    other.write({
      [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}"),
    });
    other.commit("theirs");
    other.git("push", "--quiet", "origin", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Mine: {{ ticket }}") });
    desk.commit("mine");
    expect((await validate(desk)).found).toEqual([]);
    expect((await validate(desk, "--fetch")).found).toContain("immutable-version-collision");
    expect(existsSync(desk.path(".git/shallow"))).toBe(false);
  });

  it("fetches a branch that has the name of the remote in the middle of its own", async () => {
    const desk = openBranch();
    desk.git("push", "--quiet", "origin", "main:refs/heads/sync/origin/main");
    const { stderr } = await desk.type("validate --fetch --base sync/origin/main");
    expect(stderr).toContain("fetched origin/sync/origin/main\n");
  });

  it.each(["ext::sh -c id", "--upload-pack=id", "nowhere"])("refuses the remote `%s`", async (remote) => {
    const desk = openBranch();
    desk.write({ ".promptsyncrc": `remote: "${remote}"\n` });
    expect(await desk.refusal("validate --fetch")).toMatchObject({
      code: "USAGE",
      exitCode: 2,
    });
  });

  it("ends with 2 when the remote is not there", async () => {
    const desk = openBranch();
    desk.git("remote", "set-url", "origin", `file://${desk.path("../gone.git")}`);
    expect(await desk.refusal("validate --fetch")).toMatchObject({
      code: "GIT_FAILED",
      exitCode: 2,
    });
  });
});
