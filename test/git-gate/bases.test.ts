import { describe, expect, it } from "vitest";
import { deskIn, type Desk } from "../support/desk.js";
import { githubEvent, home, openBranch, triage, validate } from "./story.js";

/** A pull request that edits a merged version, and its merge as GitHub makes it; both are in `origin`. */
function openPullRequest(): { readonly desk: Desk; readonly head: string } {
  const desk = openBranch();
  desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
  const head = desk.commit("edit");
  desk.git("switch", "--quiet", "--detach", "main");
  desk.git("merge", "--quiet", "--no-ff", "--message", "merge", "work");
  desk.git("push", "--quiet", "origin", "HEAD:refs/pull/7/merge", "work");
  return { desk, head };
}

/** What `actions/checkout` does: an empty repository and one reference, to a depth. */
function checkOut(desk: Desk, depth: number): Desk {
  desk.git("init", "--quiet", "../job");
  const job = deskIn(desk.in("../job"));
  job.git("remote", "add", "origin", `file://${desk.path("../origin.git")}`);
  job.git("fetch", "--quiet", `--depth=${depth}`, "origin", "+refs/pull/7/merge:refs/remotes/pull/7/merge");
  job.git("checkout", "--quiet", "--force", "refs/remotes/pull/7/merge");
  return job;
}

describe("the merge commit of a pull request", () => {
  it("is compared with its first parent, at depth 2 too", async () => {
    const { desk, head } = openPullRequest();
    const job = checkOut(desk, 2);
    const world = githubEvent(job, "pull_request", { pull_request: { head: { sha: head } } });
    const { found, base, exitCode } = await validate(job, "", world);
    expect([found, exitCode]).toEqual([["immutable-version-modified"], 1]);
    expect(base).toEqual({ ref: "HEAD^1", sha: desk.git("rev-parse", "main"), how: "GitHub pull_request" });
  });

  it("at depth 1 has no base: exit 2, and one command that brings it", async () => {
    const { desk, head } = openPullRequest();
    const job = checkOut(desk, 1);
    const ref = "refs/pull/7/merge";
    const world = githubEvent(job, "pull_request", { pull_request: { head: { sha: head } } }, ref);
    const { exitCode, stderr, skipped } = await validate(job, "", world);
    expect(exitCode).toBe(2);
    expect(skipped).not.toEqual([]);
    const command = /hint: (git .*)/.exec(stderr)?.[1] ?? "";
    expect(command).toBe(`git fetch --deepen=1 origin ${ref}`);
    job.git(...command.split(" ").slice(1));
    expect((await validate(job, "", world)).found).toEqual(["immutable-version-modified"]);
  });

  it("is not trusted when its second parent is another commit", async () => {
    const { desk } = openPullRequest();
    const base = desk.git("rev-parse", "main");
    const payload = { pull_request: { head: { sha: "0".repeat(40) }, base: { sha: base } } };
    expect((await validate(desk, "", githubEvent(desk, "pull_request", payload))).base?.sha).toBe(base);
  });
});

describe("other events", () => {
  it("a push is compared with what was there before, a merge group with its base", async () => {
    const desk = openBranch();
    const before = desk.git("rev-parse", "HEAD");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}") });
    desk.commit("add");
    const push = await validate(desk, "", githubEvent(desk, "push", { before }));
    expect(push.base).toMatchObject({ sha: before, how: "GitHub push" });
    const group = githubEvent(desk, "merge_group", { merge_group: { base_sha: before } });
    expect((await validate(desk, "", group)).base).toMatchObject({ sha: before, how: "GitHub merge_group" });
  });

  it("a push of a new branch is compared with the default branch", async () => {
    const desk = openBranch();
    desk.commit("empty");
    const payload = { before: "0".repeat(40), repository: { default_branch: "main" } };
    const { base } = await validate(desk, "", githubEvent(desk, "push", payload));
    expect(base?.how).toBe("GitHub push, new branch");
  });
});

describe("the base", () => {
  it("is found with a detached HEAD", async () => {
    const desk = openBranch();
    desk.git("checkout", "--quiet", "--detach");
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    desk.commit("edit");
    expect((await validate(desk)).found).toEqual(["immutable-version-modified"]);
  });

  it("is nothing while the branch is unborn", async () => {
    const desk = openBranch();
    desk.git("checkout", "--quiet", "--orphan", "fresh");
    const { base, exitCode } = await validate(desk);
    expect([base?.ref, base?.how, exitCode]).toEqual(["the beginning", "no commit yet", 0]);
  });

  it("that is missing ends with 2 and one command, or with 0 when that is allowed", async () => {
    const desk = openBranch();
    for (const ref of ["refs/remotes/origin/main", "refs/heads/main"]) desk.git("update-ref", "-d", ref);
    desk.git("branch", "other");
    const { exitCode, stderr } = await validate(desk);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("hint: git fetch origin main:refs/remotes/origin/main");
    expect((await validate(desk, "--allow-missing-base")).exitCode).toBe(0);
    desk.git("fetch", "--quiet", "origin", "main:refs/remotes/origin/main");
    expect((await validate(desk)).exitCode).toBe(0);
  });

  it("of the settings that is missing says how to fetch it", async () => {
    const desk = openBranch();
    desk.write({ ".promptsyncrc": "base: release\n" });
    const { exitCode, stderr } = await validate(desk);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("git fetch origin release:refs/remotes/origin/release");
  });

  it("that was force-pushed is compared from where the branches part now", async () => {
    const desk = openBranch();
    const fork = desk.git("rev-parse", "main");
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}") });
    desk.commit("add");
    desk.git("branch", "--quiet", "--force", "work", "main");
    desk.git("commit", "--quiet", "--amend", "--message", "rewritten");
    desk.git("push", "--quiet", "--force", "origin", "main");
    desk.git("switch", "--quiet", "work");
    expect(await validate(desk)).toMatchObject({ base: { sha: fork }, found: [], exitCode: 0 });
  });

  it.each([
    ["one commit back", 1, []],
    ["as far back as is looked for", 10, []],
    ["further back", 11, []],
    ["back on both sides of a merge", 3, ["merge", "--quiet", "--no-ff", "--message", "merge", "side"]],
  ])("%s is where the work began", async (_, commits, merge) => {
    const desk = openBranch();
    const fork = desk.git("rev-parse", "main");
    desk.git("branch", "side");
    for (let count = 0; count < commits; count++) desk.commit("empty");
    desk.git("switch", "--quiet", "side");
    desk.commit("beside");
    desk.git("switch", "--quiet", "work");
    if (merge.length > 0) desk.git(...merge);
    expect((await validate(desk)).base).toMatchObject({ sha: desk.git("merge-base", "main", "HEAD") });
    expect(desk.git("merge-base", "main", "HEAD")).toBe(fork);
  });

  it("that has nothing in common with the work is no base", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.git("commit", "--quiet", "--amend", "--message", "rewritten");
    desk.git("push", "--quiet", "--force", "origin", "main");
    desk.git("switch", "--quiet", "work");
    const { exitCode, stderr } = await validate(desk);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("HEAD and `origin/main` have no commit in common here");
  });

  it("is the commit before, and the edits since, on the base itself", async () => {
    const desk = openBranch();
    desk.git("switch", "--quiet", "main");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}") });
    desk.commit("add");
    desk.git("push", "--quiet", "origin", "main");
    expect((await validate(desk)).base?.how).toBe("merge-base, on the base itself");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort this: {{ ticket }}") });
    expect((await validate(desk)).found).toContain("immutable-version-modified");
  });
});

describe("the place of the work", () => {
  it("may be a linked worktree", async () => {
    const desk = openBranch();
    desk.git("worktree", "add", "--quiet", "-b", "linked", "../linked");
    const linked = deskIn(desk.in("../linked"));
    linked.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    expect((await validate(linked)).found).toEqual(["immutable-version-modified"]);
    expect((await validate(desk)).found).toEqual([]);
  });

  it("may be a submodule, whose own main is the base", async () => {
    const desk = openBranch();
    const outer = deskIn(desk.in("../outer"));
    desk.write({ "../outer/readme.txt": "app" });
    outer.git("init", "--quiet");
    outer.commit("app");
    const url = `file://${desk.path("../origin.git")}`;
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "prompts-repo");
    const inner = deskIn(outer.in("prompts-repo"));
    inner.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    expect((await validate(inner)).found).toEqual(["immutable-version-modified"]);
  });
});
