import { describe, expect, test } from "vitest";
import { openRollout, seen } from "./story.js";

describe("a canary, from the first percent to everybody", () => {
  test("of every prompt that has the version, in one commit", async () => {
    const desk = openRollout();
    expect(await seen(desk, "canary set --alias production --version v2.0.0 --percentage 10"))
      .toMatchInlineSnapshot(`
      "
      production canary  qualify-lead  2.0.0 at 10 %
      production canary  refund        2.0.0 at 10 %
      commit <commit>
      "
    `);
    expect(desk.git("log", "-1", "--format=%B")).toMatchInlineSnapshot(`
      "promptsync: canary set production 2 prompts at 10 %

      Promptsync-Action: canary-set
      Promptsync-Prompt: qualify-lead
      Promptsync-Alias: production
      Promptsync-To: 2.0.0
      Promptsync-Percent: 10
      Promptsync-Action: canary-set
      Promptsync-Prompt: refund
      Promptsync-Alias: production
      Promptsync-To: 2.0.0
      Promptsync-Percent: 10
      "
    `);
    expect(desk.git("diff", "HEAD~", "--unified=1")).toMatchInlineSnapshot(`
      "diff --git a/prompt-templates/promptsync.yaml b/prompt-templates/promptsync.yaml
      index 6b90ff2..048e9c4 100644
      --- a/prompt-templates/promptsync.yaml
      +++ b/prompt-templates/promptsync.yaml
      @@ -16,2 +16,8 @@ prompts:
               serve: "1.1.0" # since the audit
      +        canary:
      +          serve: "2.0.0"
      +          percent: 10
      +          seed: qualify-lead/production/2026-11-02
      +          state: running
      +          started: 2026-11-02T10:00:00Z
         refund:
      @@ -22 +28,7 @@ prompts:
               serve: "1.0.0"
      +        canary:
      +          serve: "2.0.0"
      +          percent: 10
      +          seed: refund/production/2026-11-02
      +          state: running
      +          started: 2026-11-02T10:00:00Z"
    `);
    expect(desk.status()).toBe("");
    expect(await seen(desk, "canary list")).toMatchInlineSnapshot(`
      "
      ALIAS       PROMPT        VERSIONS       SHARE  STATE    AGE
      production  qualify-lead  1.1.0 → 2.0.0   10 %  running  0 days
      production  refund        1.0.0 → 2.0.0   10 %  running  0 days
      "
    `);
    expect(await seen(desk, "canary step refund --alias production --dry-run")).toMatchInlineSnapshot(`
      "
      production canary  refund  2.0.0 at 50 %
      dry run: nothing was written
      "
    `);
    expect(await seen(desk, "canary step refund --alias production")).toMatchInlineSnapshot(`
      "
      production canary  refund  2.0.0 at 50 %
      commit <commit>
      "
    `);
    expect(await seen(desk, "canary pause refund --alias production --reason complaints"))
      .toMatchInlineSnapshot(`
      "
      production canary  refund  2.0.0 at 50 %, paused
      commit <commit>
      "
    `);
    expect(await seen(desk, "canary step refund --alias production")).toMatchInlineSnapshot(`
      "
      2> error: the canary of \`refund@production\` is paused [CANARY_CONFLICT]
      2> hint: \`promptsync canary resume refund --alias production\` ends that
      exit 2
      "
    `);
    expect(await seen(desk, "canary resume refund --alias production")).toMatchInlineSnapshot(`
      "
      production canary  refund  2.0.0 at 50 %
      commit <commit>
      "
    `);
    expect(await seen(desk, "canary promote refund --alias production")).toMatchInlineSnapshot(`
      "
      production  refund  1.0.0 → 2.0.0
      commit <commit>
      "
    `);
    expect(await seen(desk, "canary abort qualify-lead --alias production")).toMatchInlineSnapshot(`
      "
      production canary  qualify-lead  2.0.0 → aborted
      commit <commit>
      "
    `);
    expect(desk.read("prompt-templates/promptsync.yaml")).not.toContain("canary");
    expect(desk.read("prompt-templates/promptsync.yaml")).toContain('serve: "1.1.0" # since the audit');
  });

  test("answers machines with the common shape", async () => {
    const desk = openRollout();
    const { commit, ...answer } = await desk.ask(
      "canary set --alias production --version qualify-lead@2.0.0 --percentage 0.25 --dry-run",
    );
    expect(commit).toBeNull();
    expect(answer).toMatchObject({
      dryRun: true,
      changes: [
        {
          action: "canary-set",
          prompt: "qualify-lead",
          alias: "production",
          from: null,
          to: "2.0.0",
          percent: 0.25,
        },
      ],
    });
  });

  test("serves the same user the same version at every percentage that grows", async () => {
    const desk = openRollout();
    const keys = Array.from({ length: 40 }, (_, index) => `user-${index}`);
    const served = new Set<string>();
    for (const percent of [10, 50, 100]) {
      await desk.done(`canary set --alias production --version refund@2.0.0 --percentage ${percent}`);
      for (const key of keys) {
        const { version } = await desk.ask(`resolve refund@production --key ${key}`);
        if (version === "2.0.0") served.add(key);
        else expect(served.has(key)).toBe(false);
      }
    }
    expect(served.size).toBe(keys.length);
  });
});

test("names beside a bare version say whose version is meant", async () => {
  const desk = openRollout();
  await desk.done("canary set refund --alias production --version v2.0.0 --percentage 10");
  const { canaries } = await desk.ask<{ canaries: readonly object[] }>("canary list");
  expect(canaries).toMatchObject([{ prompt: "refund", serve: "2.0.0", percent: 10 }]);
  const { changes } = await desk.ask<{ changes: readonly object[] }>("alias set dev refund --version 2.0.0");
  expect(changes).toMatchObject([{ prompt: "refund", alias: "dev", to: "2.0.0" }]);
});

test("a preview counts the users whom a change in the working tree would move", async () => {
  const desk = openRollout();
  desk.write({ "keys.txt": Array.from({ length: 500 }, (_, index) => `user-${index}`).join("\n") });
  await desk.done("canary set --alias production --version refund@2.0.0 --percentage 10 --no-commit");
  expect(await seen(desk, "rollout preview --keys keys.txt --alias production")).toMatchInlineSnapshot(`
    "
    PROMPT  MOVES          KEYS   SHARE
    refund  1.0.0 → 2.0.0    42  8.40 %
    "
  `);
  expect(
    await desk.ask("rollout preview refund --keys - --from HEAD", { stdin: "user-1\nuser-1\n\n" }),
  ).toEqual({
    keys: 1,
    prompts: [{ prompt: "refund", moved: 0, moves: [] }],
  });
  expect(await seen(desk, "rollout preview --keys none.txt")).toMatchInlineSnapshot(`
    "
    2> error: \`none.txt\` cannot be read (ENOENT) [FILE_NOT_FOUND]
    2> hint: check the path after \`--keys\`; \`-\` reads standard input
    exit 2
    "
  `);
});

test("a canary that breaks callers of its alias is made with a warning, as `validate` will say", async () => {
  const desk = openRollout();
  const version = `---
name: refund
version: "3.0.0"
summary: Asks for the language
input:
  schema:
    locale: string
---
Decide in {{ locale }}.
`;
  desk.write({ "prompt-templates/refund/3.0.0.md": version });
  desk.commit("three");
  const set = (words: string) =>
    desk.done(`canary set --alias production --percentage 10 --version ${words}`);
  const { stderr } = await set("refund@3.0.0");
  expect(stderr).toContain(
    "warning: a caller of `refund@production` may get 3.0.0: input `locale` is new and required",
  );
  expect((await set("qualify-lead@2.0.0")).stderr).not.toContain("warning");
});
