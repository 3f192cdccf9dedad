import { describe, expect, test } from "vitest";
import { oneCheck, openGated, plain, seen } from "./story.js";

const measure = 'console.log(`{"helpfulness":0.86,"tokens":12}`)';
const helpful = "metrics:\n  helpfulness:\n    min: 0.82\n";
const file = "prompt-templates/promptsync.yaml";

/** A gate that only 2.0.0 passes. */
const only2 = 'process.exit(process.env.PROMPTSYNC_VERSION === "2.0.0" ? 0 : 1)';

describe("a command that moves an alias with gates", () => {
  test("writes what the gates said into its commit", async () => {
    const desk = openGated(oneCheck("node check.cjs", helpful), { "check.cjs": measure });
    expect(await seen(desk, 'alias set production qualify-lead@2.0.0 --reason "kinder"'))
      .toMatchInlineSnapshot(`
      "
      production  qualify-lead  1.0.0 → 2.0.0
      commit <commit>
      2> release/tests qualify-lead@2.0.0 | {"helpfulness":0.86,"tokens":12}
      2> gate release/tests ok <time> helpfulness=0.86
      "
    `);
    expect(plain(desk.git("log", "-1", "--format=%B"))).toMatchInlineSnapshot(`
      "promptsync: alias set production qualify-lead@2.0.0

      Promptsync-Action: alias-set
      Promptsync-Prompt: qualify-lead
      Promptsync-Alias: production
      Promptsync-From: 1.0.0
      Promptsync-To: 2.0.0
      Promptsync-Reason: kinder
      Promptsync-Gate: release/tests ok <time> helpfulness=0.86
      "
    `);
    const { entries } = await desk.ask<{ entries: unknown[] }>("log");
    expect(entries[0]).toMatchObject({ action: "alias-set", from: "1.0.0", to: "2.0.0", reason: "kinder" });
  });

  test("is refused when they fail, and writes nothing", async () => {
    const desk = openGated(oneCheck("node check.cjs", "metrics:\n  helpfulness:\n    min: 0.9\n"), {
      "check.cjs": measure,
    });
    const before = desk.picture();
    expect(await seen(desk, "alias set production qualify-lead@2.0.0")).toMatchInlineSnapshot(`
      "
      2> release/tests qualify-lead@2.0.0 | {"helpfulness":0.86,"tokens":12}
      2> gate release/tests failed <time> helpfulness=0.86
      2> error: the gates \`release\` of \`production\` do not let \`qualify-lead@2.0.0\` pass [GATE_FAILED]
      2>   release/tests qualify-lead@2.0.0: helpfulness 0.86 is below the minimum 0.9
      2> hint: \`promptsync gate qualify-lead@2.0.0 --for production\` runs them again; nothing was written
      exit 1
      "
    `);
    expect(await desk.refusal("alias set production qualify-lead@2.0.0")).toMatchObject({
      code: "GATE_FAILED",
      exitCode: 1,
      data: {
        checks: [
          {
            gate: "release",
            check: "tests",
            ok: false,
            metrics: { helpfulness: 0.86 },
            threshold: { helpfulness: { min: 0.9 } },
          },
        ],
      },
    });
    expect(desk.picture()).toEqual(before);
  });

  test("runs none in a dry run, and says so", async () => {
    const desk = openGated(oneCheck("touch ran"));
    expect(await seen(desk, "alias set production qualify-lead@2.0.0 --dry-run")).toMatchInlineSnapshot(`
      "
      production  qualify-lead  1.0.0 → 2.0.0
      dry run: nothing was written
      2> dry run: the gates \`release\` of \`production\` were not run
      "
    `);
    expect(desk.exists("ran")).toBe(false);
  });

  test("runs them in front of every way to give more people a version", async () => {
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": only2 });
    for (const line of [
      "alias set production qualify-lead@1.1.0",
      "alias set production --from dev",
      "canary set --alias production --version qualify-lead@1.1.0 --percentage 1",
      "tenant set acme qualify-lead@1.1.0 --alias production",
    ])
      expect(await desk.refusal(line)).toMatchObject({ code: "GATE_FAILED", exitCode: 1 });
    await desk.done("canary set --alias production --version qualify-lead@2.0.0 --percentage 1");
    desk.write({ "check.cjs": "process.exit(1)" });
    for (const act of ["step", "promote"]) {
      const refusal = await desk.refusal(`canary ${act} qualify-lead --alias production`);
      expect(refusal).toMatchObject({ code: "GATE_FAILED" });
    }
    await desk.done("canary pause qualify-lead --alias production");
    desk.write({ "check.cjs": only2 });
    await desk.done("canary promote qualify-lead --alias production");
    expect(desk.git("log", "-1", "--format=%B")).toMatch(/^Promptsync-Gate: release\/tests ok /m);
  });

  test("judges a version that a push is about to make", async () => {
    const desk = openGated(oneCheck("node check.cjs"), {
      "check.cjs":
        'if (!require("fs").readFileSync(process.env.PROMPTSYNC_FILE, "utf8").includes("politely")) process.exit(1)',
    });
    const draft = (body: string) => `---\nsummary: Kinder\n---\n${body}\n`;
    desk.write({ "prompts/qualify-lead.md": draft("Ask bluntly") });
    expect(await desk.refusal("push --alias production")).toMatchObject({ code: "GATE_FAILED" });
    expect(desk.exists("prompt-templates/qualify-lead/2.0.1.md")).toBe(false);
    desk.write({ "prompts/qualify-lead.md": draft("Ask politely") });
    await desk.done("push --alias production");
    expect(plain(desk.git("log", "-1", "--format=%B"))).toMatchInlineSnapshot(`
      "promptsync: push qualify-lead@2.1.0 to production

      Promptsync-Action: push
      Promptsync-Prompt: qualify-lead
      Promptsync-Version: 2.1.0
      Promptsync-From: 2.0.0
      Promptsync-To: 2.1.0
      Promptsync-Action: alias-set
      Promptsync-Prompt: qualify-lead
      Promptsync-Alias: production
      Promptsync-From: 1.0.0
      Promptsync-To: 2.1.0
      Promptsync-Gate: release/tests ok <time>
      "
    `);
  });

  test("runs none for a rollback and an emergency", async () => {
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": only2 });
    await desk.done("alias set production qualify-lead@2.0.0");
    await desk.done("rollback qualify-lead --alias production");
    await desk.done("emergency open qualify-lead@1.1.0 --alias production --label broken");
    expect(desk.read(file)).toContain('serve: "1.0.0"');
  });
});
