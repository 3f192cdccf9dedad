import { describe, expect, test } from "vitest";
import type { Desk } from "../../support/desk.js";
import { oneCheck, openGated, plain } from "./story.js";

const file = "prompt-templates/promptsync.yaml";
const line = "alias set production qualify-lead@2.0.0";

test.each(["", " --no-commit", " --dry-run"])(
  "gates that are taken away without a commit still stand%s",
  async (option) => {
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "process.exit(1)" });
    desk.write({ [file]: desk.read(file).replace("    gates: release\n", "") });
    const before = desk.picture();
    expect(await desk.refusal(`${line}${option}`)).toMatchObject({ code: "UNCOMMITTED_CHANGES" });
    expect(desk.picture()).toEqual(before);
  },
);

test("nor does an edit count beside a prompt that has a state file of its own", async () => {
  const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "process.exit(1)" });
  const text = desk.read(file);
  const at = text.indexOf("prompts:\n");
  desk.write({
    [file]: text.slice(0, at),
    "prompt-templates/qualify-lead/promptsync.yaml": text
      .slice(text.indexOf("    owner: team-sales"))
      .replaceAll(/^ {4}/gm, ""),
  });
  desk.commit("split");
  expect(await desk.refusal(line)).toMatchObject({ code: "GATE_FAILED" });
  desk.write({ [file]: desk.read(file).replace("    gates: release\n", "") });
  expect(await desk.refusal(line)).toMatchObject({ code: "UNCOMMITTED_CHANGES" });
});

test("a published move was judged on what others published meanwhile", async () => {
  const desk = openGated(oneCheck("node check.cjs"), {
    "check.cjs":
      'require("fs").appendFileSync(process.env.HOME + "/runs", process.env.PROMPTSYNC_BASELINE_REF + "\\n")',
  });
  const remote = `${desk.root}/remote.git`;
  desk.git("clone", "-q", "--bare", ".", remote);
  desk.git("remote", "add", "origin", remote);
  desk.git("clone", "-q", remote, `${desk.root}/other`);
  const other = desk.in(`${desk.root}/other`);
  other.write({ "readme.txt": "hello\n" });
  other.commit("Read me");
  other.git("push", "-q", "origin", "main");
  await desk.done(`${line} --remote`);
  expect(desk.read(`${desk.home}/runs`)).toBe("qualify-lead@1.0.0\nqualify-lead@1.0.0\n");
  expect(plain(desk.git("log", "-1", "--format=%B", "origin/main"))).toContain(
    "Promptsync-Gate: release/tests ok",
  );
});

test("a validate of the change finds the evidence", async () => {
  const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "" });
  desk.git("checkout", "-q", "-b", "release");
  await desk.done(line);
  const { findings } = JSON.parse((await desk.type("validate --base main --json")).stdout) as {
    findings: { rule: string }[];
  };
  expect(findings.map(({ rule }) => rule)).not.toContain("registry-gates-unproven");
});

/** The moves that a validate of the branch misses the evidence of. */
async function unproven(desk: Desk): Promise<string[]> {
  const { findings } = JSON.parse((await desk.type("validate --base main --json")).stdout) as {
    findings: { rule: string; message: string }[];
  };
  return findings.flatMap(({ rule, message }) => (rule === "registry-gates-unproven" ? [message] : []));
}

describe("a move by hand in a branch is found", () => {
  const served = 'production:\n        serve: "1.0.0"\n';

  test.each([
    ["with its gates taken away", "    gates: release\n", "", served.replace("1.0.0", "2.0.0")],
    [
      "with its protection taken away",
      "protected: true",
      "protected: false",
      served.replace("1.0.0", "2.0.0"),
    ],
    [
      "as a canary",
      "",
      "",
      `${served}        canary:\n          serve: "2.0.0"\n          percent: 99\n          seed: x\n          state: running\n`,
    ],
    [
      "as a rule for everybody",
      "",
      "",
      `${served}    rules:\n      all:\n        when: {}\n        serve: "2.0.0"\n`,
    ],
    [
      "as a tenant's",
      "",
      "",
      `${served}    tenants:\n      acme:\n        aliases:\n          production:\n            serve: "2.0.0"\n`,
    ],
  ])("%s", async (_how, gate, without, after) => {
    const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "process.exit(1)" });
    desk.git("checkout", "-q", "-b", "release");
    desk.write({ [file]: desk.read(file).replace(gate, without).replace(served, after) });
    desk.commit("by hand");
    expect(await unproven(desk)).toEqual([expect.stringContaining("qualify-lead@production")]);
    expect((await desk.type("gate --base main")).exitCode).toBe(1);
  });
});

test("a way back needs no evidence", async () => {
  const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "" });
  await desk.done(line);
  desk.git("checkout", "-q", "-b", "back");
  await desk.done("rollback qualify-lead --alias production");
  expect(await unproven(desk)).toEqual([]);
});

test.each([
  "canary set --alias production --version qualify-lead@2.0.0 --percentage 10",
  "tenant set acme qualify-lead@2.0.0 --alias production --reason audited",
])("the evidence of `%s` is found", async (command) => {
  const desk = openGated(oneCheck("node check.cjs"), { "check.cjs": "" });
  desk.git("checkout", "-q", "-b", "release");
  await desk.done(command);
  expect(await unproven(desk)).toEqual([]);
});
