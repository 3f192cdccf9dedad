import { expect, test } from "vitest";
import { promptsync } from "../support/terminal.js";

test.each(["bash", "zsh", "fish"])(
  "the script for %s knows the commands of the real table",
  async (shell) => {
    const { stdout, exitCode } = await promptsync(["completion", shell]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("completion");
    expect(stdout).toContain("bash zsh fish");
    expect(stdout).not.toContain("undefined");
  },
);

test("another shell is a usage error that names the three", async () => {
  expect(await promptsync(["completion", "tcsh"])).toEqual({
    stdout: "",
    stderr: "error: there is no completion for `tcsh` [USAGE]\nhint: choose one of bash, zsh, fish\n",
    exitCode: 2,
  });
});
