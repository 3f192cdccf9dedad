import { describe, expect, test } from "vitest";
import type { Desk } from "../../support/desk.js";
import { openRollout, seen } from "./story.js";

/** A registry whose production moved twice: qualify-lead alone, then both in one release. */
async function moved(): Promise<Desk> {
  const desk = openRollout();
  desk.setDate("2026-02-01T12:00:00Z");
  await desk.done("alias set production qualify-lead@1.0.0");
  desk.setDate("2026-03-01T12:00:00Z");
  await desk.done("alias set production v2.0.0");
  return desk;
}

const production = async (desk: Desk) => (await desk.ask("version get production")).versions;

describe("a rollback is one commit that", () => {
  test("serves what one prompt served before", async () => {
    const desk = await moved();
    expect(await seen(desk, 'rollback qualify-lead --alias production --reason "complaints"'))
      .toMatchInlineSnapshot(`
      "
      production  qualify-lead  2.0.0 → 1.0.0
      commit <commit>
      "
    `);
    expect(await production(desk)).toEqual({ "qualify-lead": "1.0.0", refund: "2.0.0" });
    expect(desk.git("log", "-1", "--format=%B")).toMatchInlineSnapshot(`
      "promptsync: rollback production qualify-lead@1.0.0

      Promptsync-Action: rollback
      Promptsync-Prompt: qualify-lead
      Promptsync-Alias: production
      Promptsync-From: 2.0.0
      Promptsync-To: 1.0.0
      Promptsync-Reason: complaints
      "
    `);
  });

  test("takes the last change of the alias back", async () => {
    const desk = await moved();
    expect(await seen(desk, "rollback --alias production")).toMatchInlineSnapshot(`
      "
      production  qualify-lead  2.0.0 → 1.0.0
      production  refund        2.0.0 → 1.0.0
      commit <commit>
      "
    `);
    expect(await production(desk)).toEqual({ "qualify-lead": "1.0.0", refund: "1.0.0" });
    expect(desk.git("diff", "HEAD~2")).toBe("");
  });

  test("takes a whole release back, whatever moved since", async () => {
    const desk = await moved();
    await desk.done("alias set production qualify-lead@1.1.0");
    await desk.done("rollback --alias production --release");
    expect(await production(desk)).toEqual({ "qualify-lead": "1.0.0", refund: "1.0.0" });
  });

  test("gives back an alias that was removed, and is told of as such", async () => {
    const desk = await moved();
    const before = desk.read("prompt-templates/promptsync.yaml");
    await desk.done("alias remove production refund");
    expect(await seen(desk, "rollback refund --alias production")).toMatchInlineSnapshot(`
      "
      production  refund  2.0.0
      commit <commit>
      "
    `);
    expect(desk.read("prompt-templates/promptsync.yaml")).toBe(before);
    await desk.done("alias remove production");
    await desk.done("rollback --alias production");
    expect(await production(desk)).toEqual({ "qualify-lead": "2.0.0", refund: "2.0.0" });
    expect(await desk.ask("audit")).toMatchObject({ ok: true, findings: [] });
    expect(await desk.ask("log refund --limit 2")).toMatchObject({
      entries: [
        { action: "rollback", from: null, to: "2.0.0" },
        { action: "alias-remove", from: "2.0.0", to: null },
      ],
    });
  });

  test("goes to what a day, a commit or a version says", async () => {
    const desk = await moved();
    await desk.done("rollback --alias production --at 2026-01-15");
    expect(await production(desk)).toEqual({ "qualify-lead": "1.1.0", refund: "1.0.0" });
    await desk.done("rollback qualify-lead --alias production --to 1.0.0");
    expect(await production(desk)).toEqual({ "qualify-lead": "1.0.0", refund: "1.0.0" });
    await desk.done("rollback --alias production --at HEAD~2");
    expect(await production(desk)).toEqual({ "qualify-lead": "2.0.0", refund: "2.0.0" });
  });

  test("sees what a merge brought as one change", async () => {
    const desk = openRollout();
    desk.git("switch", "--quiet", "--create", "release");
    await desk.done("alias set production qualify-lead@1.0.0");
    await desk.done("alias set production v2.0.0");
    desk.git("switch", "--quiet", "main");
    desk.git("merge", "--quiet", "--no-ff", "--message", "release", "release");
    await desk.done("rollback --alias production --release");
    expect(await production(desk)).toEqual({ "qualify-lead": "1.1.0", refund: "1.0.0" });
  });

  test("finds the past of a prompt that has a state file of its own", async () => {
    const desk = await moved();
    desk.write({
      "prompt-templates/promptsync.yaml": "schema: promptsync/v1\n",
      "prompt-templates/refund/promptsync.yaml":
        'default: "1.0.0"\naliases:\n  production:\n    serve: "2.0.0"\n',
    });
    desk.commit("Give refund its own file");
    await desk.done("rollback refund --alias production");
    expect(desk.read("prompt-templates/refund/promptsync.yaml")).toContain('serve: "1.0.0"');
  });
});

test("a rollback without a past says so", async () => {
  const desk = openRollout();
  expect(await seen(desk, "rollback refund --alias production")).toMatchInlineSnapshot(`
    "
    2> error: the history holds nothing that \`refund@production\` served before [NOTHING_TO_ROLL_BACK]
    2> hint: \`promptsync log --alias production\` shows its moves; \`promptsync alias set\` moves it anywhere
    exit 2
    "
  `);
  expect(await seen(desk, "rollback refund --alias production --to 2.0.0")).toMatchInlineSnapshot(`
    "
    2> error: \`production\` never served \`refund@2.0.0\` [NOTHING_TO_ROLL_BACK]
    2> hint: \`promptsync alias set production refund@2.0.0\` moves it forward
    exit 2
    "
  `);
  expect(await seen(desk, "rollback --alias production --at 2020-01-01")).toMatchInlineSnapshot(`
    "
    2> error: \`main\` has no commit from before 2020-01-01T23:59:59Z [REVISION_NOT_FOUND]
    2> hint: \`git log --first-parent\` shows how far back it goes; a shallow clone has no more
    exit 2
    "
  `);
});
