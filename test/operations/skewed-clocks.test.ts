import { beforeAll, expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";
import { rolloutFiles } from "./rollout/story.js";

const stateFile = "prompt-templates/promptsync.yaml";
let desk: Desk;
let ids: readonly string[];

/** Three moves of production: the clock of the second runs ahead, that of the third is right again. */
beforeAll(() => {
  desk = createDesk({ files: rolloutFiles });
  const move = (version: string, date: string): string => {
    const text = desk.read(stateFile);
    desk.write({ [stateFile]: text.replace(/serve: "[\d.]+" # since/, `serve: "${version}" # since`) });
    desk.setDate(date);
    return desk.commit(`serve ${version}`);
  };
  ids = [
    move("1.0.0", "2026-02-01T00:00:00Z"),
    move("2.0.0", "2026-06-01T00:00:00Z"),
    move("1.1.0", "2026-02-03T00:00:00Z"),
  ];
});

const servedAt = async (when: string) =>
  desk.ask<{ version: string; at: { commit: string; skewed?: unknown } }>(
    `resolve qualify-lead@production --at ${when}`,
  );

test("a commit whose clock had gone back counts from the date of what it builds on", async () => {
  expect((await servedAt("2026-02-02")).version).toBe("1.0.0");
  expect((await servedAt("2026-02-04")).version).toBe("1.0.0");
  expect((await servedAt("2026-05-31")).version).toBe("1.0.0");
  expect((await servedAt("2026-06-01")).version).toBe("1.1.0");
});

test("a clock that made a difference is reported", async () => {
  expect((await servedAt("2026-02-02")).at.skewed).toBeUndefined();
  const skewed = [{ commit: ids[2], date: "2026-02-03T00:00:00Z", effective: "2026-06-01T00:00:00Z" }];
  expect((await servedAt("2026-02-04")).at).toMatchObject({ commit: ids[0], skewed });
  expect((await servedAt("2026-06-02")).at).toMatchObject({ commit: ids[2], skewed });
  for (const words of ["list", "show qualify-lead@production", "render qualify-lead@production", "diff"]) {
    const { stderr } = await desk.done(`${words} --at 2026-02-04`);
    expect(stderr).toContain(`commit ${ids[2]?.slice(0, 12) ?? ""} says 2026-02-03T00:00:00Z`);
  }
});

test("a commit by hand in the second of ours is no clock that went back", async () => {
  const own = createDesk({ files: rolloutFiles });
  own.setDate("2026-02-01T00:00:00Z");
  for (const version of ["1.0.0", "2.0.0", "1.0.0", "2.0.0"])
    await own.done(`alias set production qualify-lead@${version}`);
  own.write({ "prompt-templates/README.md": "by hand\n" });
  own.commit("by hand");
  expect((await own.ask("log")).skewed).toEqual([]);
  expect((await own.ask("trace qualify-lead --alias production")).skewed).toEqual([]);
  expect((await own.done("list --at 2026-02-02")).stderr).toBe("");
});

test("a date is looked up on the base branch, also as it was fetched, from wherever one stands", async () => {
  desk.git("switch", "--quiet", "--create", "aside", "HEAD~2");
  expect((await servedAt("2026-06-02")).version).toBe("1.1.0");
  desk.git("update-ref", "refs/remotes/origin/main", "main");
  desk.git("branch", "--quiet", "--move", "main", "elsewhere");
  expect((await servedAt("2026-06-02")).version).toBe("1.1.0");
});

test("`diff --at` compares with what was there then", async () => {
  desk.setDate("2026-07-01T00:00:00Z");
  desk.write({ "prompts/refund.txt": "Decide on the refund kindly, and at once\n" });
  const { diffs } = await desk.ask<{ diffs: { name: string; from: string; to: string }[] }>(
    "diff refund --alias production --at 2026-02-02",
  );
  expect(diffs).toMatchObject([{ name: "refund", from: "1.0.0", to: "draft" }]);
  expect(await desk.refusal("diff refund --at 2026-02-30")).toMatchObject({ code: "USAGE", exitCode: 2 });
  expect(await desk.refusal("diff refund --at 2026-02-02 --git-commit HEAD")).toMatchObject({
    code: "USAGE",
  });
});

test("a date costs three git processes: where we are, the timeline, and the warm one that reads all else", async () => {
  const trace = desk.path("../trace");
  await desk.done("resolve qualify-lead@production --at 2026-02-04", {
    environment: { ...desk.environment, PROMPTSYNC_TRACE_GIT: trace } as never,
  });
  const commands = desk.read(trace).trimEnd().split("\n");
  expect(commands.map((line) => (JSON.parse(line) as string[])[0])).toEqual([
    "rev-parse",
    "cat-file",
    "rev-list",
  ]);
});
