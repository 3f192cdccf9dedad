import { chmodSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkIds, judgeFacts, type Check } from "../../src/operations/doctor/checks.js";
import { createDesk, deskIn, type Desk } from "../support/desk.js";

/** A repository as `init --hooks` leaves it, with everything committed. */
async function openShop(): Promise<Desk> {
  const desk = createDesk();
  await desk.done("init --hooks");
  desk.remove(".git/hooks/pre-commit");
  desk.commit("init");
  await desk.done("init --hooks");
  return desk;
}

async function checks(desk: Desk, environment?: Record<string, string>): Promise<readonly Check[]> {
  const world =
    environment === undefined ? {} : { environment: { ...desk.environment, ...environment } as never };
  const { stdout, exitCode } = await desk.type("doctor --json", world);
  const { ok, checks: all } = JSON.parse(stdout) as { ok: boolean; checks: readonly Check[] };
  expect(ok).toBe(all.every((check) => check.ok));
  expect(exitCode).toBe(ok ? 0 : 1);
  return all;
}

/** What is wrong, by id, with its hint. */
async function wrong(
  desk: Desk,
  environment?: Record<string, string>,
): Promise<Record<string, string | null>> {
  const found = (await checks(desk, environment)).filter(({ ok }) => !ok);
  return Object.fromEntries(found.map(({ id, hint }) => [id, hint]));
}

describe("doctor", () => {
  test("finds nothing wrong after `init --hooks`, and lists every check", async () => {
    const all = await checks(await openShop());
    expect(all.filter(({ ok }) => !ok)).toEqual([]);
    expect(all.map(({ id }) => id)).toEqual(checkIds);
  });

  test("sends who has no registry to `init`", async () => {
    const desk = createDesk({ files: { "readme.txt": "Shop\n" } });
    expect(await wrong(desk)).toMatchObject({
      registry: "promptsync init",
      drafts: expect.anything() as string,
    });
  });

  test("outside a repository it cannot be done", async () => {
    expect(await createDesk({ repository: false }).refusal("doctor")).toMatchObject({
      code: "NOT_A_REPOSITORY",
      exitCode: 2,
    });
  });

  test("reports a state that cannot be read, with its place", async () => {
    const desk = await openShop();
    const file = "prompt-templates/promptsync.yaml";
    desk.write({ [file]: `${desk.read(file)}prompts: [\n` });
    const lines = desk.read(file).split("\n").length;
    const state = (await checks(desk)).find(({ id }) => id === "state");
    expect(state).toMatchObject({ ok: false, hint: "mend the YAML here" });
    expect(state?.message).toContain(`${file}:${lines}: `);
  });

  test("reports settings that cannot be read, with their place", async () => {
    const desk = await openShop();
    desk.write({ ".promptsyncrc": "draft: prompts\n" });
    const settings = (await checks(desk)).find(({ id }) => id === "settings");
    expect(settings).toMatchObject({
      ok: false,
      message: expect.stringContaining(".promptsyncrc:1: ") as string,
    });
    expect(settings?.hint).toContain("`drafts`");
  });

  test("finds a hook that is not executable, and one that does not call us", async () => {
    const desk = await openShop();
    chmodSync(desk.path(".git/hooks/pre-commit"), 0o644);
    expect((await wrong(desk))["pre-commit-hook"]).toBe(`chmod +x '${desk.path(".git/hooks/pre-commit")}'`);
    desk.write({ ".git/hooks/pre-commit": "#!/bin/sh\nnpm run lint\n" });
    chmodSync(desk.path(".git/hooks/pre-commit"), 0o755);
    expect((await wrong(desk))["pre-commit-hook"]).toContain("npx promptsync validate --staged");
  });

  test("knows hook managers: what they run counts", async () => {
    const desk = await openShop();
    desk.write({
      ".git/hooks/pre-commit": "#!/bin/sh\nexec lefthook run pre-commit\n",
      "lefthook.yml": "pre-commit:\n",
    });
    expect((await wrong(desk))["pre-commit-hook"]).toContain("add this to it:\npre-commit:");
    desk.write({
      "lefthook.yml": "pre-commit:\n  commands:\n    promptsync:\n      run: npx promptsync validate\n",
    });
    expect(await wrong(desk)).toEqual({});
  });

  test("finds missing attributes, and line ends that git would change", async () => {
    const desk = await openShop();
    desk.git("rm", "--quiet", "prompt-templates/.gitattributes"); // git falls back to the index
    expect(Object.keys(await wrong(desk))).toEqual(["attributes"]);
    desk.git("config", "core.autocrlf", "true");
    expect(Object.keys(await wrong(desk))).toEqual(["attributes", "line-ends"]);
    desk.write({ ".gitattributes": "prompt-templates/** -text\n" });
    expect(await wrong(desk)).toEqual({});
  });

  test("finds the merge attribute in a clone that has no driver; a machine of CI needs none", async () => {
    const desk = await openShop();
    desk.git("config", "--remove-section", "merge.promptsync");
    expect(await wrong(desk)).toEqual({ "merge-driver": "promptsync init --hooks" });
    expect(await wrong(desk, { CI: "true" })).toEqual({});
  });

  test("finds drafts that git ignores, and a production alias that anybody may move", async () => {
    const desk = await openShop();
    desk.write({ ".gitignore": "prompts/\n" });
    const state = desk
      .read("prompt-templates/promptsync.yaml")
      .replace("protected: true", "protected: false");
    desk.write({ "prompt-templates/promptsync.yaml": state });
    expect(Object.keys(await wrong(desk))).toEqual(["drafts", "production-alias"]);
  });

  test("finds a base that is named and not there, and a shallow clone in CI that does not reach it", async () => {
    const desk = await openShop();
    desk.write({ ".promptsyncrc": "base: release\n" });
    desk.git("commit", "--quiet", "--no-verify", "--all", "--message", "settings");
    expect((await wrong(desk)).base).toBe("git fetch origin release:refs/remotes/origin/release");
    desk.git("clone", "--quiet", "--depth=1", `file://${desk.directory}`, "../clone");
    const clone = deskIn(desk.in("../clone"));
    expect(await wrong(clone, { CI: "true" })).toMatchObject({
      base: expect.anything() as string,
      history: expect.stringContaining("fetch-depth: 2") as string,
    });
  });

  test("judges an old git and an old Node without asking further", () => {
    const found = judgeFacts({ node: "18.20.0", git: "2.35.9", clone: undefined });
    expect(found.map(({ id, ok }) => [id, ok])).toEqual([
      ["git-version", false],
      ["node-version", false],
    ]);
  });

  test("says what to type", async () => {
    const desk = await openShop();
    desk.git("config", "--remove-section", "merge.promptsync");
    const { stdout } = await desk.type("doctor");
    expect(stdout).toContain("ok    git 2.");
    expect(stdout).toContain("has no driver in this clone\n      promptsync init --hooks\n");
  });

  test("costs the same number of git processes whatever the registry holds", async () => {
    const desk = await openShop();
    const count = async (): Promise<number> => {
      const trace = desk.path("..", `trace-${String(Math.random())}`);
      await desk.type("doctor", {
        environment: { ...desk.environment, PROMPTSYNC_TRACE_GIT: trace } as never,
      });
      return desk.read(trace).trim().split("\n").length;
    };
    const before = await count();
    desk.write(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          `prompt-templates/refund/1.${index}.0.md`,
          "---\n---\nHi\n",
        ]),
      ),
    );
    expect(await count()).toBe(before);
    expect(before).toBeLessThanOrEqual(8);
  });
});
