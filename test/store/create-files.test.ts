import { expect, test } from "vitest";
import { createDesk } from "../support/desk.js";

const bin = new URL("../../bin/promptsync.js", import.meta.url).pathname;

test("a file that could not be written to its end is not taken for the user's own by the next run", () => {
  const desk = createDesk();
  // No file may have a byte: writing fails after the file was made, as on a full disk.
  const init = `"${process.execPath}" "${bin}" init`;
  const cut = desk.run("sh", ["-c", `(ulimit -f 0; ${init} 2>&1) | cat`]);
  expect(cut.stdout).toContain("[FILE_UNWRITABLE]");
  expect(desk.status()).toBe("");
  const { stdout, status } = desk.run(process.execPath, [bin, "init"]);
  expect([status, stdout]).toEqual([0, expect.stringContaining("+ .promptsyncrc\n")]);
  expect(desk.read(".promptsyncrc")).toContain("# registry: prompt-templates");
});
