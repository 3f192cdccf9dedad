import { expect, test } from "vitest";
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
