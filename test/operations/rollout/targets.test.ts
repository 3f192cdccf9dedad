import { expect, test } from "vitest";
import { openRollout, seen } from "./story.js";

test("a tenant gets versions of its own, until it gets what everybody gets", async () => {
  const desk = openRollout();
  expect(await seen(desk, 'tenant set acme v1.0.0 --alias production --reason "audited version"'))
    .toMatchInlineSnapshot(`
    "
    production of tenant acme  qualify-lead  1.0.0
    production of tenant acme  refund        1.0.0
    commit <commit>
    "
  `);
  expect(await desk.ask("resolve qualify-lead@production --tenant acme")).toMatchObject({
    version: "1.0.0",
    rule: "tenant.acme",
  });
  expect(await seen(desk, "tenant list")).toMatchInlineSnapshot(`
    "
    TENANT  PROMPT        ALIAS       SERVES  REASON
    acme    qualify-lead  production  1.0.0   audited version
    acme    refund        production  1.0.0   audited version
    "
  `);
  expect(await seen(desk, "log -n 2")).toContain("qualify-lead@production acme");
  expect(await seen(desk, "tenant remove acme")).toMatchInlineSnapshot(`
    "
    production of tenant acme  qualify-lead  1.0.0 → removed
    production of tenant acme  refund        1.0.0 → removed
    commit <commit>
    "
  `);
  expect(desk.git("diff", "HEAD~2")).toBe("");
});

test("a flag is created, serves a version to those who have it, and goes with its rules", async () => {
  const desk = openRollout();
  const create = 'flag create concise --expires 2026-12-31 --owner team-support --purpose "shorter replies"';
  expect(await seen(desk, create)).toMatchInlineSnapshot(`
    "
    flag concise    2026-12-31
    commit <commit>
    2> warning: flag \`concise\` lives 59 days; one of kind release is expected to be gone after 40
    "
  `);
  expect(await seen(desk, "flag link concise refund@2.0.0")).toMatchInlineSnapshot(`
    "
    flag concise  refund  2.0.0
    commit <commit>
    "
  `);
  expect(await desk.ask("resolve refund@production --flag concise")).toMatchObject({
    version: "2.0.0",
    rule: "rule.concise",
  });
  expect(await seen(desk, "flag list")).toMatchInlineSnapshot(`
    "
    FLAG     KIND     EXPIRES     OWNER         SERVES        PURPOSE
    concise  release  2026-12-31  team-support  refund@2.0.0  shorter replies
    "
  `);
  expect(await seen(desk, "flag remove concise")).toMatchInlineSnapshot(`
    "
    flag concise          2026-12-31 → removed
    flag concise  refund  2.0.0 → removed
    commit <commit>
    "
  `);
  expect(desk.git("diff", "HEAD~3")).toBe("");
});

test("an override is one user's own version", async () => {
  const desk = openRollout();
  expect(await seen(desk, "override set chat chat-8842 refund@2.0.0")).toMatchInlineSnapshot(`
    "
    chat/chat-8842  refund  2.0.0
    commit <commit>
    "
  `);
  expect(await desk.ask("resolve refund@production --scope chat=chat-8842")).toMatchObject({
    version: "2.0.0",
  });
  expect(await seen(desk, "override list")).toMatchInlineSnapshot(`
    "
    SCOPE  ID         PROMPT  SERVES
    chat   chat-8842  refund  2.0.0
    "
  `);
  expect(await seen(desk, "override remove chat chat-8842")).toMatchInlineSnapshot(`
    "
    chat/chat-8842  refund  2.0.0 → removed
    commit <commit>
    "
  `);
  expect(desk.git("diff", "HEAD~2")).toBe("");
});

test("a capability asks the linked prompts in the order of their priority", async () => {
  const desk = openRollout();
  await desk.done("flag create lite --expires 2026-12-01");
  expect(await seen(desk, "capability link answer refund --priority 10")).toMatchInlineSnapshot(`
    "
    capability answer  refund  10
    commit <commit>
    "
  `);
  await desk.done("capability link answer qualify-lead --priority 20 --flag lite");
  expect(await seen(desk, "capability list")).toMatchInlineSnapshot(`
    "
    CAPABILITY  PROMPT        PRIORITY  FLAGS
    answer      qualify-lead        20  lite=true
    answer      refund              10
    "
  `);
  expect(await desk.ask("resolve --capability answer")).toMatchObject({ name: "refund" });
  expect(await desk.ask("resolve --capability answer --flag lite")).toMatchObject({ name: "qualify-lead" });
  expect(await seen(desk, "capability unlink answer refund")).toMatchInlineSnapshot(`
    "
    capability answer  refund  10 → removed
    commit <commit>
    "
  `);
});

test("a prompt changes hands without a new version", async () => {
  const desk = openRollout();
  expect(await seen(desk, "prompt set refund owner team-sales")).toMatchInlineSnapshot(`
    "
    owner  refund  team-support → team-sales
    commit <commit>
    "
  `);
  await desk.done('prompt set refund purpose "Decides on refunds"');
  await desk.done("prompt set refund recommended 2.0.0");
  expect(await desk.ask("list --owner team-sales")).toMatchObject({
    prompts: [{ name: "qualify-lead" }, { name: "refund", purpose: "Decides on refunds" }],
  });
});
