import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileSources } from "../../support/compile.js";
import type { Desk } from "../../support/desk.js";
import { oneCheck, openGated } from "./story.js";

const compiled = compileSources();
const bin = fileURLToPath(new URL("../../support/run-main.js", import.meta.url));

/** A gated registry whose commits are checked by the hook that `init --hooks` makes. */
function openHooked(): Desk {
  const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "" });
  const hook = `#!/bin/sh\nexec '${process.execPath}' '${bin}' '${compiled}' validate --staged\n`;
  desk.write({ ".git/hooks/pre-commit": hook });
  chmodSync(desk.path(".git/hooks/pre-commit"), 0o755);
  return desk;
}

test.each([
  "alias set production qualify-lead@2.0.0",
  "canary set --alias production --version qualify-lead@2.0.0 --percentage 10",
  "tenant set acme qualify-lead@2.0.0 --alias production --reason audited",
])("a move whose gates passed goes through the hook that checks the next commit: %s", async (line) => {
  const desk = openHooked();
  await desk.done(line);
  expect(desk.git("log", "-1", "--format=%B")).toContain("Promptsync-Gate: release/tests ok");
});

test("so does a rollback, which needs no gates", async () => {
  const desk = openHooked();
  await desk.done("alias set production qualify-lead@2.0.0");
  await desk.done("rollback qualify-lead --alias production");
});

test("a move by hand is still refused there", () => {
  const desk = openHooked();
  const file = "prompt-templates/promptsync.yaml";
  desk.write({
    [file]: desk
      .read(file)
      .replace('production:\n        serve: "1.0.0"', 'production:\n        serve: "2.0.0"'),
  });
  const refused = desk.run("git", ["commit", "--all", "--message", "move"]);
  expect(refused.status).toBe(1);
  expect(refused.stdout + refused.stderr).toContain("registry-gates-unproven");
});
