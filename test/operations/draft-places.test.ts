import { mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

async function desk(): Promise<Desk> {
  const made = createDesk();
  await made.done("init");
  return made;
}

describe("one bad draft", () => {
  test("with a name that no prompt can have is the trouble of its own push only", async () => {
    const it = await desk();
    it.write({ "prompts/Bad Name.txt": "Hello\n" });
    await it.done("push welcome");
    expect(await it.refusal("push")).toMatchObject({ code: "NAME_INVALID", file: "prompts/Bad Name.txt" });
    const { drafts } = await it.ask<{ drafts: readonly object[] }>("status");
    expect(drafts).toMatchObject([{ file: "prompts/Bad Name.txt", state: "broken" }]);
  });

  test("that is a link, or stands behind a linked folder, is refused and never read", async () => {
    const it = await desk();
    mkdirSync(it.path("../outside"));
    symlinkSync(it.path("../outside"), it.path("prompts/linked"));
    expect(await it.refusal("push")).toMatchObject({ code: "PATH_UNSAFE", file: "prompts/linked" });
  });

  test("below a file is not found", async () => {
    const it = await desk();
    expect(await it.refusal("push --path prompts/welcome.md/nowhere")).toMatchObject({
      code: "FILE_NOT_FOUND",
    });
  });
});

describe("a push to an alias", () => {
  test("does not move what somebody rolled back, unless the prompt is named", async () => {
    const it = await desk();
    await it.done("push --alias production");
    it.write({ "prompts/welcome.md": it.read("prompts/welcome.md").replace("Be warm", "Be brief") });
    await it.done("push --alias production");
    await it.done("alias set production welcome@1.0.0");
    it.write({ "prompts/refund.txt": "Refund {{ name }}.\n" });
    const { aliases } = await it.ask<{ aliases: readonly object[] }>("push --alias production");
    expect(aliases).toEqual([{ prompt: "refund", alias: "production", from: null, to: "1.0.0" }]);
    const named = await it.ask<{ aliases: readonly object[] }>("push welcome --alias production");
    expect(named.aliases).toMatchObject([{ prompt: "welcome", from: "1.0.0" }]);
  });

  test("gives an alias to prompts that have none yet", async () => {
    const it = await desk();
    await it.done("push");
    const { aliases } = await it.ask<{ aliases: readonly object[] }>("push --alias dev");
    expect(aliases).toEqual([{ prompt: "welcome", alias: "dev", from: null, to: "1.0.0" }]);
  });
});

test("running a command again publishes what could not be published before", async () => {
  const it = await desk();
  it.git("init", "--quiet", "--bare", it.path("../remote.git"));
  it.git("remote", "add", "origin", it.path("../remote.git"));
  await it.done("push");
  it.git("push", "--quiet", "--set-upstream", "origin", "main");
  it.git("remote", "set-url", "origin", it.path("../gone.git"));
  const line = "alias set dev welcome@1.0.0 --remote";
  expect(await it.refusal(line)).toMatchObject({ code: "REMOTE_UNREACHABLE", exitCode: 4 });
  it.git("remote", "set-url", "origin", it.path("../remote.git"));
  await it.done(line);
  expect(it.git("rev-parse", "origin/main")).toBe(it.head());
});
