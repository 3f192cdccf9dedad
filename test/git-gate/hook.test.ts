import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileSources } from "../support/compile.js";
import { home, openBranch, triage, validate } from "./story.js";

const compiled = compileSources();
const bin = fileURLToPath(new URL("../support/run-main.js", import.meta.url));

describe("--staged in a pre-commit hook", () => {
  it("refuses the commit for what is staged, whatever the working tree says", () => {
    const desk = openBranch();
    const hook = `#!/bin/sh\nexec '${process.execPath}' '${bin}' '${compiled}' validate --staged\n`;
    desk.write({ ".git/hooks/pre-commit": hook });
    chmodSync(desk.path(".git/hooks/pre-commit"), 0o755);
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0", "Sort that: {{ ticket }}") });
    desk.git("add", "--all");
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0") });
    const refused = desk.run("git", ["commit", "--message", "edit"]);
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain("immutable-version-modified");
    desk.git("reset", "--quiet");
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}") });
    desk.git("add", "--all");
    expect(desk.run("git", ["commit", "--message", "add"])).toMatchObject({ status: 0 });
  });

  it("sees a deletion that is staged only", async () => {
    const desk = openBranch();
    desk.git("rm", "--quiet", "--cached", `${home}/1.0.0.md`);
    expect((await validate(desk, "--staged")).found).toEqual(["immutable-version-deleted"]);
  });
});
