import { expect, test } from "vitest";
import { openRollout, seen } from "./story.js";

const later = { now: new Date("2027-01-01T08:00:00Z") };

test("a version ends: announced, unused, removed, and its number is never used again", async () => {
  const desk = openRollout();
  const deprecate = 'deprecate refund@1.0.0 --replacement 2.0.0 --deadline 2026-12-31 --reason "wrong tone"';
  expect(await seen(desk, deprecate)).toMatchInlineSnapshot(`
    "
    deprecate  refund  1.0.0 → 2.0.0
    commit <commit>
    2> warning: \`prompts.refund.default\` still serves 1.0.0
    2> warning: \`prompts.refund.aliases.production.serve\` still serves 1.0.0
    "
  `);
  expect(await seen(desk, "remove refund@1.0.0")).toMatchInlineSnapshot(`
    "
    2> error: \`refund@1.0.0\` may be removed after its deadline, 2026-12-31 [REMOVAL_TOO_EARLY]
    2> hint: wait for it; \`promptsync yank\` takes a version out of service at once
    exit 2
    "
  `);
  expect(await seen(desk, "remove refund@1.0.0", later)).toMatchInlineSnapshot(`
    "
    2> error: \`refund@1.0.0\` is still named by \`prompts.refund.default\`, \`prompts.refund.aliases.production.serve\` [VERSION_IN_USE]
    2> hint: move it to another version first
    exit 2
    "
  `);
  await desk.done("tenant set acme refund@1.0.0 --alias production");
  await desk.done("alias set production refund@2.0.0");
  await desk.done("default set refund@2.0.0");
  expect(await seen(desk, "remove refund@1.0.0", later)).toMatchInlineSnapshot(`
    "
    2> error: \`refund@1.0.0\` is still named by \`prompts.refund.tenants.acme.aliases.production.serve\` [VERSION_IN_USE]
    2> hint: move it to another version first
    exit 2
    "
  `);
  await desk.done("tenant remove acme");
  expect(await seen(desk, "remove refund@1.0.0", later)).toMatchInlineSnapshot(`
    "
    remove  refund  1.0.0 → removed
    commit <commit>
    "
  `);
  expect(desk.exists("prompt-templates/refund/1.0.0.md")).toBe(false);
  expect(desk.git("show", "--stat", "--format=%s", "HEAD")).toMatchInlineSnapshot(`
    "promptsync: remove refund@1.0.0

     prompt-templates/promptsync.yaml | 5 ++---
     prompt-templates/refund/1.0.0.md | 6 ------
     2 files changed, 2 insertions(+), 9 deletions(-)"
  `);
  expect(desk.status()).toBe("");
  expect(await seen(desk, "remove refund@1.0.0", later)).toMatchInlineSnapshot(`
    "
    2> error: prompt \`refund\` has no version \`1.0.0\` [VERSION_NOT_FOUND]
    2> hint: it was removed on 2027-01-01
    exit 2
    "
  `);
  desk.write({ "prompts/refund.txt": "Decide on the refund\n" });
  expect(await desk.refusal("push refund --version 1.0.0")).toMatchObject({
    code: "VERSION_EXISTS",
    exitCode: 2,
  });
});

test("a yanked version is passed over at once", async () => {
  const desk = openRollout();
  expect(await seen(desk, 'yank qualify-lead@1.1.0 --reason "leaks the customer name"'))
    .toMatchInlineSnapshot(`
    "
    yank  qualify-lead  1.1.0 → yanked
    commit <commit>
    2> warning: \`prompts.qualify-lead.aliases.production.serve\` names 1.1.0, which is passed over now: \`promptsync resolve qualify-lead\` shows for what
    "
  `);
  expect(await desk.ask("resolve qualify-lead@production")).toMatchObject({
    version: "1.0.0",
    rule: "default",
  });
  expect(await desk.refusal("alias set production qualify-lead@1.1.0")).toMatchObject({
    code: "NO_VERSION",
    exitCode: 2,
  });
});

test("a yanked version that is still named is found, and said what is served instead", async () => {
  const desk = openRollout();
  const named = async () =>
    (
      JSON.parse((await desk.type("validate --json")).stdout) as { findings: readonly object[] }
    ).findings.filter((it) => "rule" in it && it.rule === "registry-yanked-in-use");
  await desk.done("yank qualify-lead@1.1.0 --reason leaks");
  expect(await named()).toMatchObject([{ severity: "warning", data: { instead: "1.0.0" } }]);
  await desk.done("yank refund@1.0.0 --reason leaks");
  expect(await named()).toMatchObject([
    { severity: "warning", prompt: "qualify-lead" },
    { severity: "error", prompt: "refund", data: { pointer: "/prompts/refund/default", instead: null } },
    { severity: "error", prompt: "refund", data: { pointer: "/prompts/refund/aliases/production/serve" } },
  ]);
  const { stdout } = await desk.done("status");
  expect(stdout).toMatch(/prompts\.refund\.aliases\.production +1\.0\.0 +nothing is left to serve/);
  expect(stdout).toMatch(/prompts\.qualify-lead\.aliases\.production +1\.1\.0 +1\.0\.0 is served instead/);
  expect((await desk.ask("status")).unreachable).toMatchObject([{ prompt: "qualify-lead", served: "1.0.0" }]);
});

test("a yanked version can be looked at", async () => {
  const desk = openRollout();
  await desk.done("yank qualify-lead@1.1.0 --reason leaks");
  expect(await desk.ask("show qualify-lead@1.1.0")).toMatchObject({
    version: "1.1.0",
    yanked: { reason: "leaks" },
  });
  expect((await desk.done("show qualify-lead@1.1.0")).stdout).toMatch(/yanked +leaks; since /);
  expect((await desk.ask<{ diffs: object[] }>("diff qualify-lead 1.0.0 1.1.0")).diffs).toMatchObject([
    { from: "1.0.0", to: "1.1.0" },
  ]);
});

test("an emergency does not stand in for a version that is looked at", async () => {
  const desk = openRollout();
  await desk.done('emergency open refund@2.0.0 --label "promises refunds"');
  expect((await desk.ask("show refund@1.0.0")).version).toBe("1.0.0");
  expect((await desk.ask("show refund@^1")).version).toBe("1.0.0");
  expect((await desk.ask("show refund@production")).version).toBe("2.0.0");
  expect((await desk.ask<{ diffs: object[] }>("diff refund 1.0.0 2.0.0")).diffs).toMatchObject([
    { from: "1.0.0", to: "2.0.0" },
  ]);
});

test("an emergency serves its version at once, ends, and owes a post-mortem", async () => {
  const desk = openRollout();
  expect(
    await seen(desk, 'emergency open refund@2.0.0 --alias production --id inc-7 --label "promises refunds"'),
  ).toMatchInlineSnapshot(`
    "
    production emergency inc-7  refund  1.0.0 → 2.0.0
    commit <commit>
    "
  `);
  expect(await desk.ask("resolve refund@production")).toMatchObject({
    version: "2.0.0",
    rule: "emergency.inc-7",
  });
  expect(await seen(desk, "emergency list")).toMatchInlineSnapshot(`
    "
    ID     STATUS  PROMPT             SERVES  LABEL             POST-MORTEM
    inc-7  active  refund production  2.0.0   promises refunds  due 2026-11-09
    "
  `);
  expect(await seen(desk, "emergency resolve inc-7")).toMatchInlineSnapshot(`
    "
    production emergency inc-7  refund  2.0.0 → resolved
    commit <commit>
    "
  `);
  expect(await desk.ask("resolve refund@production")).toMatchObject({ version: "1.0.0", rule: "alias" });
  expect(await seen(desk, "emergency list", later)).toMatchInlineSnapshot(`
    "
    ID     STATUS    PROMPT             SERVES  LABEL             POST-MORTEM
    inc-7  resolved  refund production  2.0.0   promises refunds  overdue since 2026-11-09
    "
  `);
  await desk.done("emergency resolve inc-7 --post-mortem https://example.com/7");
  expect(desk.read("prompt-templates/promptsync.yaml")).toContain("post_mortem: https://example.com/7");
});
