import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { deskIn, createDesk, type Desk } from "../support/desk.js";
import { emptyShop, openShop, shopFiles } from "./story.js";

const draft = { "prompts/refund.txt": "Refund {{ order }}.\n" };

/** Puts a script into the hooks of a repository. */
function hook(desk: Desk, name: string, script: string): void {
  const path = desk.git("rev-parse", "--git-path", `hooks/${name}`);
  desk.write({ [path]: `#!/bin/sh\n${script}\n` });
  chmodSync(desk.path(path), 0o755);
}

describe("where somebody stands", () => {
  test("a sub-folder is as good as the root", async () => {
    const desk = openShop();
    desk.write({ "src/app/main.ts": "", ...draft });
    const directory = desk.path("src/app");
    await desk.done("push --alias dev", { directory });
    expect((await desk.ask("version get dev refund", { directory })).versions).toEqual({ refund: "1.0.0" });
    await desk.done("validate ../../prompt-templates", { directory });
  });

  test("`-C` is where the run starts, and paths are read from there", async () => {
    const desk = openShop();
    desk.write({ "drafts/refund.txt": draft["prompts/refund.txt"] });
    await desk.done("-C work/prompts push --path ../drafts", { directory: desk.root });
    await desk.done("push -C work --path ./drafts", { directory: desk.root });
    expect((await desk.ask("resolve refund -C work", { directory: desk.root })).version).toBe("1.0.0");
  });

  test("`--config` reads other settings", async () => {
    const desk = openShop();
    desk.write({ "other.yaml": "drafts: elsewhere\n", "elsewhere/refund.txt": "Refund.\n" });
    const { pushed } = await desk.ask<{ pushed: { name: string }[] }>("push --config other.yaml");
    expect(pushed.map(({ name }) => name)).toEqual(["refund"]);
    expect((await desk.refusal("list --config nothing.yaml")).code).toBe("FILE_NOT_FOUND");
  });

  test("other folders than the usual ones work from `init` to `render`", async () => {
    const desk = createDesk();
    desk.write({ ".promptsyncrc": "registry: ai/registry\ndrafts: ai/drafts\n" });
    await desk.done("init");
    await desk.done("push --alias dev");
    expect(desk.exists("ai/registry/welcome/1.0.0.md")).toBe(true);
    await desk.done("render welcome@dev --var name=Ada");
    await desk.done("validate");
  });
});

test.each(["registry", "drafts"])("%s is never git's own folder", async (key) => {
  const desk = openShop();
  for (const folder of [".git/hooks", ".GIT", "a/.git/b", "a\\u0007b"]) {
    desk.write({ ".promptsyncrc": `${key}: "${folder}"\n` });
    for (const line of ["new refund", "init", "list"])
      expect(await desk.refusal(line)).toMatchObject({ code: "CONFIG_INVALID", exitCode: 2 });
  }
  for (const folder of ["git~1", "con"]) {
    desk.write({ ".promptsyncrc": `${key}: ${folder}\n` });
    const line = key === "drafts" ? "new refund" : "init";
    expect(await desk.refusal(line)).toMatchObject({ code: "PATH_UNSAFE", exitCode: 2 });
    expect(desk.exists(folder)).toBe(false);
  }
});

describe("work trees and branches", () => {
  test("a linked work tree pushes to its own branch and leaves the other alone", async () => {
    const desk = openShop();
    desk.git("worktree", "add", "--quiet", "-b", "refunds", "../linked");
    const linked = deskIn(desk.in("../linked"));
    linked.write(draft);
    const [main, before] = [desk.head("main"), desk.picture()];
    await linked.done("push --alias dev");
    expect(linked.git("log", "-1", "--format=%s")).toBe("promptsync: push refund@1.0.0 to dev");
    expect(linked.status()).toBe("?? prompts/refund.txt");
    expect(desk.head("main")).toBe(main);
    expect(desk.picture()).toEqual(before);
  });

  test("on a detached HEAD it commits and says loudly how to keep the commit", async () => {
    const desk = openShop();
    const main = desk.head();
    desk.git("checkout", "--quiet", "--detach");
    const { stderr } = await desk.done("alias set production customer_support@2.0.0");
    const id = desk.head()?.slice(0, 12) ?? "";
    expect(stderr).toContain(`git branch <name> ${id}`);
    expect(desk.head("main")).toBe(main);
    expect(desk.head("HEAD~1")).toBe(main);
  });

  test("an unborn branch is empty for readers, and the first push makes its first commit", async () => {
    const desk = await emptyShop();
    desk.write(draft);
    expect((await desk.ask("list")).prompts).toEqual([]);
    await desk.done("validate");
    const { commit } = await desk.ask("push");
    expect(desk.git("rev-list", "HEAD")).toBe(commit);
  });

  test("a repository without a registry is empty for readers", async () => {
    const desk = createDesk({ files: { "readme.md": "Shop\n" } });
    expect((await desk.ask("list")).prompts).toEqual([]);
    expect((await desk.ask("alias list")).aliases).toEqual([]);
    expect((await desk.ask("diff")).diffs).toEqual([]);
    expect((await desk.ask("validate")).ok).toBe(true);
  });

  test("a bare repository answers readers and takes alias moves", async () => {
    const desk = openShop();
    desk.git("clone", "--quiet", "--bare", ".", "../bare.git");
    const bare = deskIn(desk.in("../bare.git"));
    expect((await bare.ask("resolve customer_support@production")).version).toBe("1.2.3");
    await bare.done("alias set production customer_support@2.0.0");
    expect((await bare.ask("resolve customer_support@production")).version).toBe("2.0.0");
    expect((await bare.refusal("init")).code).toBe("NOT_A_REPOSITORY");
  });
});

describe("the user's own work", () => {
  test("what is staged, edited and new stays exactly as it is", async () => {
    const desk = openShop();
    desk.write({ "staged.txt": "one\n", "edited.txt": "one\n" });
    desk.commit("files");
    desk.write({ "staged.txt": "two\n", "edited.txt": "two\n", "new.txt": "new\n", ...draft });
    desk.git("add", "staged.txt");
    desk.write({ "staged.txt": "three\n" });
    const before = desk.status();
    await desk.done("push refund --alias dev");
    expect(desk.status()).toBe(before);
    expect(desk.git("show", ":staged.txt")).toBe("two");
    expect(desk.git("show", "--name-only", "--format=").split("\n")).toEqual([
      "prompt-templates/promptsync.yaml",
      "prompt-templates/refund/1.0.0.md",
    ]);
  });
});

describe("hooks and signatures", () => {
  test("a commit-msg hook sees the message that was given", async () => {
    const desk = openShop();
    hook(desk, "commit-msg", 'grep -q TICKET- "$1"');
    await desk.done('alias set production customer_support@2.0.0 -m "TICKET-1 move production"');
  });

  test("commits are signed when git is told to sign", async () => {
    const desk = openShop();
    const signer =
      "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\nstory\\n-----END PGP SIGNATURE-----\\n'\n";
    desk.write({ "../sign.sh": signer });
    chmodSync(join(desk.root, "sign.sh"), 0o755);
    desk.git("config", "commit.gpgSign", "true");
    desk.git("config", "gpg.program", join(desk.root, "sign.sh"));
    await desk.done("alias set production customer_support@2.0.0");
    expect(desk.git("cat-file", "commit", "HEAD")).toContain("gpgsig -----BEGIN PGP SIGNATURE-----");
  });
});

describe("links and huge files", () => {
  test("a registry that is a link is refused for writers, and what is behind it stays as it is", async () => {
    const desk = openShop();
    const outside = deskIn(desk.in("../outside"));
    desk.run("mv", ["prompt-templates", "../outside"]);
    symlinkSync("../outside", desk.path("prompt-templates"));
    desk.write(draft);
    const names = () => outside.run("ls", ["-R"]).stdout;
    const before = names();
    expect(await desk.refusal("push --alias dev")).toMatchObject({ exitCode: 2 });
    expect(await desk.refusal("push --alias dev --no-commit")).toMatchObject({ exitCode: 2 });
    expect(names()).toBe(before);
  });

  test("a link in the registry is a finding and is not followed", async () => {
    const desk = openShop();
    symlinkSync("/etc/hostname", desk.path("prompt-templates/customer_support/3.0.0.md"));
    const { stdout, exitCode } = await desk.type("validate --json");
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout) as {
      findings: { rule: string; file: string; severity: string }[];
    };
    expect(findings.filter(({ severity }) => severity === "error")).toMatchObject([
      { rule: "layout-path-invalid", file: "prompt-templates/customer_support/3.0.0.md" },
    ]);
    expect((await desk.ask("resolve customer_support@latest")).version).toBe("2.0.0");
  });

  test("a draft that is a link and a folder of drafts that is a link are refused", async () => {
    const desk = openShop();
    symlinkSync("/etc/hostname", desk.path("prompts/refund.txt"));
    expect(await desk.refusal("push")).toMatchObject({ code: "PATH_UNSAFE" });
    desk.remove("prompts/refund.txt");
    desk.run("mv", ["prompts", "../drafts"]);
    symlinkSync("../drafts", desk.path("prompts"));
    expect(await desk.refusal("push")).toMatchObject({ code: "PATH_UNSAFE" });
    expect(await desk.refusal("new greeting")).toMatchObject({ code: "PATH_UNSAFE" });
  });
});

test("a sha256 repository works like any other", async () => {
  const desk = createDesk({ objectFormat: "sha256", files: shopFiles });
  desk.write(draft);
  const { commit } = await desk.ask<{ commit: string }>("push --alias dev");
  expect(commit).toMatch(/^[0-9a-f]{64}$/);
  expect((await desk.ask(`diff --git-commit ${commit.slice(0, 10)}`)).diffs).toEqual([]);
});
