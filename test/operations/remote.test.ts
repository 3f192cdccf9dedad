import { describe, expect, test } from "vitest";
import { deskIn, type Desk } from "../support/desk.js";
import { openShop } from "./story.js";

describe("`--remote`", () => {
  /** Two people with clones of one remote. */
  function twoClones(): readonly [Desk, Desk] {
    const desk = openShop();
    desk.git("clone", "--quiet", "--bare", ".", "../remote.git");
    return ["ada", "grace"].map((name) => {
      desk.git("clone", "--quiet", "../remote.git", `../${name}`);
      return deskIn(desk.in(`../${name}`));
    }) as unknown as readonly [Desk, Desk];
  }

  test("publishes the commit", async () => {
    const [ada] = twoClones();
    const { commit } = await ada.ask("alias set production customer_support@2.0.0 --remote");
    expect(ada.git("--git-dir", "../remote.git", "rev-parse", "main")).toBe(commit);
  });

  test("makes the change again on what somebody else published first, and loses neither", async () => {
    const [ada, grace] = twoClones();
    await ada.done("alias set production customer_support@2.0.0 --remote");
    await grace.done("alias set beta qualify-lead@1.0.0 --remote");
    expect(grace.git("rev-list", "--count", "--merges", "origin/main")).toBe("0");
    expect((await grace.ask("resolve customer_support@production")).version).toBe("2.0.0");
    expect((await grace.ask("resolve qualify-lead@beta")).version).toBe("1.0.0");
  });

  test("refuses to move what somebody else moved meanwhile", async () => {
    const [ada, grace] = twoClones();
    await ada.done("alias set production customer_support@2.0.0 --remote");
    expect(await grace.refusal("alias set production customer_support@1.0.0 --remote")).toMatchObject({
      code: "CHANGE_CONFLICT",
      exitCode: 2,
    });
  });

  test("ends with 4 when the remote cannot be reached, and keeps the commit", async () => {
    const [ada] = twoClones();
    ada.git("remote", "set-url", "origin", "../nowhere.git");
    const before = ada.head();
    const { exitCode, stderr } = await ada.type("alias set production customer_support@2.0.0 --remote");
    expect(exitCode).toBe(4);
    expect(stderr).toContain("REMOTE_");
    expect(ada.head("HEAD~1")).toBe(before);
  });

  test("refuses a version on top of one that its author has not seen", async () => {
    const [ada, grace] = twoClones();
    ada.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
    await ada.done("push refund --remote");
    grace.write({ "prompts/refund.txt": "Pay {{ order }} back.\n" });
    const refusal = await grace.refusal("push refund --remote");
    expect(refusal).toMatchObject({ code: "CHANGE_CONFLICT", exitCode: 2 });
    expect(refusal.message).toContain("`refund`");
    expect(grace.git("show", "origin/main:prompt-templates/refund/1.0.0.md")).toContain(
      "Refund {{ order }}.",
    );
  });

  test("is content when somebody else published the same", async () => {
    const [ada, grace] = twoClones();
    for (const desk of [ada, grace]) {
      desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
      await desk.done("push refund --alias dev --remote");
    }
    expect(grace.git("rev-list", "--count", "origin/main")).toBe("2");
  });

  test("leaves the user's own work alone while it makes the change again", async () => {
    const [ada, grace] = twoClones();
    grace.write({ "staged.txt": "staged\n", "new.txt": "new\n" });
    grace.git("add", "staged.txt");
    const before = grace.status();
    await ada.done("alias set production customer_support@2.0.0 --remote");
    await grace.done("alias set beta qualify-lead@1.0.0 --remote");
    expect(grace.status()).toBe(before);
    expect(grace.read("prompt-templates/promptsync.yaml")).toContain("beta");
  });

  test("says in a dry run what it would do and publishes nothing", async () => {
    const [ada] = twoClones();
    const before = ada.picture();
    await ada.done("alias set production customer_support@2.0.0 --remote --dry-run");
    expect(ada.picture()).toEqual(before);
    expect(ada.git("--git-dir", "../remote.git", "rev-list", "--count", "main")).toBe("1");
  });

  test("and `--no-commit` exclude each other", async () => {
    const [ada] = twoClones();
    const line = "alias set production customer_support@2.0.0 --remote --no-commit";
    expect(await ada.refusal(line)).toMatchObject({ code: "USAGE" });
  });
});
