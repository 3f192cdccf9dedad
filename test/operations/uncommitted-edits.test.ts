import { expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

const welcome = "prompt-templates/welcome/1.0.0.md";

/** Somebody on main who has pushed the example of `init`. */
async function pushedDesk(): Promise<Desk> {
  const desk = createDesk();
  await desk.done("init");
  await desk.done("push");
  return desk;
}

async function rulesFound(desk: Desk): Promise<readonly string[]> {
  const { stdout } = await desk.type("validate --json");
  return (JSON.parse(stdout) as { findings: readonly { rule: string }[] }).findings.map(({ rule }) => rule);
}

test("an uncommitted edit of a version that the last commit brought to main is found", async () => {
  const desk = await pushedDesk();
  desk.write({ [welcome]: `${desk.read(welcome)}more\n` });
  expect(await rulesFound(desk)).toEqual(["immutable-version-modified"]);
});

test("so is a deletion that is only staged", async () => {
  const desk = await pushedDesk();
  desk.git("rm", "--quiet", welcome);
  expect(await rulesFound(desk)).toContain("immutable-version-deleted");
});

test("a version of a feature branch may still be edited", async () => {
  const desk = await pushedDesk();
  desk.git("checkout", "--quiet", "-b", "feature");
  desk.write({ "prompts/refund.txt": "Refund {{ name }}.\n" });
  await desk.done("push refund");
  desk.write({
    "prompt-templates/refund/1.0.0.md": desk
      .read("prompt-templates/refund/1.0.0.md")
      .replace("Refund", "Repay"),
  });
  expect(await rulesFound(desk)).toEqual([]);
});
