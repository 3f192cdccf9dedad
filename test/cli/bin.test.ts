import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadedBy } from "../support/loaded-packages.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));

describe("what is loaded", () => {
  test("`--version` loads nothing", async () => {
    const { packages, files, stdout } = await loadedBy(["--version"]);
    expect(packages).toEqual([]);
    expect(files).toEqual(["bin/promptsync.js"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("`--help` loads commander and neither the store nor a command", async () => {
    const { packages, files, modules, bytes, exitCode } = await loadedBy(["--help"]);
    expect(packages).toEqual(["commander"]);
    expect(files).toEqual(["bin/load.js", "bin/promptsync.js", "dist/bin/start.cjs"]);
    expect(modules.filter((name) => name.startsWith("dist/store/"))).toEqual([]);
    expect(modules.filter((name) => name.startsWith("dist/operations/"))).toEqual([
      "dist/operations/common-options.js",
      "dist/operations/index.js",
      "dist/operations/table.js",
    ]);
    expect(bytes).toBeLessThan(100_000);
    expect(exitCode).toBe(0);
  });

  test("the help of a command loads that command and what all of them share", async () => {
    const { packages, modules, files } = await loadedBy(["completion", "--help"]);
    expect(packages).toEqual(["commander"]);
    expect(modules).toContain("dist/operations/completion.js");
    expect(files.length).toBeLessThan(6);
  });

  test("an unknown command ends with exit code 2 and loads no colours in a pipe", async () => {
    const { packages, exitCode, stdout } = await loadedBy(["psuh"]);
    expect({ packages, exitCode, stdout }).toEqual({ packages: ["commander"], exitCode: 2, stdout: "" });
  });

  test.each([
    [["list"], 204_800],
    [["alias", "list"], 204_800],
    [["resolve", "greet-user"], 230_000],
  ])("%j reads files in our own layout without the full parser, and little code", async (argv, most) => {
    const { packages, modules, bytes, stderr } = await loadedBy(argv);
    expect(stderr).toBe("");
    expect(packages).toEqual(["commander"]);
    expect(modules.filter((name) => name.includes("/validators/") && !name.endsWith("-schema.js"))).toEqual(
      [],
    );
    expect(bytes).toBeLessThan(most);
  });

  test("status loads neither the full parser nor, without drafts that include others, the template engine", async () => {
    const { modules, bytes } = await loadedBy(["status"]);
    expect(modules.filter((name) => /^dist\/template\/syntax\/|node_modules\/yaml\//.test(name))).toEqual([]);
    expect(bytes).toBeLessThan(280_000);
  });

  test("render proves nothing about schemas where a variable is any text", async () => {
    const { modules, stdout } = await loadedBy(["render", "greet-user", "--var", "name=Ada"]);
    expect(stdout).toContain("Ada");
    expect(modules.filter((name) => name.startsWith("dist/schema-compat/"))).toEqual([]);
  });

  test("diff proves nothing about schemas that stayed as they were", async () => {
    const { modules, stdout } = await loadedBy(["diff", "hipaa-guard", "2.0.0", "2.0.1"]);
    expect(stdout).toContain("wording-changed");
    expect(modules.filter((name) => name.startsWith("dist/schema-compat/"))).toEqual([]);
  });

  test("no command loads ajv, simple-git or execa to read", async () => {
    const { packages } = await loadedBy(["validate"]);
    expect(packages.filter((name) => ["ajv", "simple-git", "execa", "chalk"].includes(name))).toEqual([]);
  });
});

describe("the process", () => {
  test("a reader that stops early is no error", async () => {
    expect(await shell(`node "$0" --help | head -n 1; echo "\${PIPESTATUS[0]}"`)).toEqual({
      stdout: "Usage: promptsync <command> [options]\n0\n",
      stderr: "",
    });
  });

  test("a closed standard output is no error", async () => {
    const { stderr } = await shell(`node "$0" --help | true`);
    expect(stderr).toBe("");
  });

  test("both streams may be closed early", async () => {
    expect(await shell(`node "$0" psuh 2>&1 | true`)).toEqual({ stdout: "", stderr: "" });
  });

  test("an interrupt ends it with 130", async () => {
    const idle = "data:text/javascript,setInterval(() => undefined, 1000)";
    const child = spawn(process.execPath, ["--import", idle, bin, "--help"]);
    child.stdout.once("data", () => child.kill("SIGINT"));
    expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(130);
  });
});

function shell(script: string): Promise<{ stdout: string; stderr: string }> {
  const child = spawn("bash", ["-c", script, bin], { stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => (text[name] += chunk));
  }
  return new Promise((resolve) =>
    child.on("close", () => {
      resolve(text);
    }),
  );
}
