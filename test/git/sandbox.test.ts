import { expect, test } from "vitest";
import { createSandbox } from "../support/sandbox.js";

test("a sandbox starts as an unborn repository that knows its author and its date", () => {
  const sandbox = createSandbox();
  expect(sandbox.head()).toBeNull();
  sandbox.write({ "prompts/welcome.txt": "Welcome {{ name }}\n" });
  const id = sandbox.commit("add welcome");
  expect(sandbox.head()).toBe(id);
  expect(sandbox.status()).toBe("");
  expect(sandbox.git("log", "-1", "--format=%an <%ae> %ct")).toBe(
    "Ada Lovelace <ada@example.com> 1767225600",
  );
});

test("a sandbox sees nothing of the machine's git configuration", () => {
  const sandbox = createSandbox();
  const origins = sandbox.git("config", "--list", "--show-origin").split("\n");
  const outside = origins.filter(
    (line) => line.startsWith("file:/") && !line.startsWith(`file:${sandbox.root}`),
  );
  expect(outside).toEqual([]);
});

test("a sandbox without a repository is in none", () => {
  const sandbox = createSandbox({ repository: false });
  expect(sandbox.run("git", ["rev-parse", "--git-dir"]).status).not.toBe(0);
});
