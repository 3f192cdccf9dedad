import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

interface Resolved {
  readonly version: string;
}

const version = (name: string): string =>
  `---\nname: ${name}\nversion: "1.0.0"\nsummary: first\n---\nHello.\n`;
const block = (name: string): string => `  ${name}:\n    owner: team\n    default: "1.0.0"\n`;
const nameOf = (index: number): string => `prompt-${String(index).padStart(3, "0")}`;
const file = "prompt-templates/promptsync.yaml";

/** Larger than what is read as a whole every time. */
function largeDesk(): Desk {
  const names = Array.from({ length: 400 }, (_, index) => nameOf(index));
  const files = names.map((name) => [`prompt-templates/group/${name}/1.0.0.md`, version(name)] as const);
  return createDesk({
    files: {
      ...Object.fromEntries(files),
      [file]: `schema: promptsync/v1\nprompts:\n${names.map(block).join("")}`,
    },
  });
}

describe("a decision about one prompt of many", () => {
  let desk: Desk;
  const known = (): string => desk.path(".git", "promptsync", "cache", "sound-states");
  const resolve = async () => (await desk.ask<Resolved>("resolve prompt-007")).version;

  beforeEach(() => {
    desk = largeDesk();
  });

  it("reads its block alone once the whole state was found sound", async () => {
    expect(existsSync(known())).toBe(false);
    expect(await resolve()).toBe("1.0.0");
    const entries = readFileSync(known(), "utf8");
    expect(entries.split("\n").length).toBe(3);
    expect(await resolve()).toBe("1.0.0");
    expect(readFileSync(known(), "utf8")).toBe(entries);
    rmSync(known());
    expect(await resolve()).toBe("1.0.0");
  });

  it("is refused while the block of another prompt is broken, whatever was found before", async () => {
    await resolve();
    desk.write({ [file]: desk.read(file).replace("  prompt-399:\n", "  prompt-399:\n    owner: twice\n") });
    for (const command of ["resolve prompt-007", "render prompt-007", "show prompt-007"])
      expect(await desk.refusal(command)).toMatchObject({ code: "STATE_INVALID", exitCode: 2, file });
  });

  it("follows an edit of its own block", async () => {
    await resolve();
    desk.write({
      [file]: desk.read(file).replace(block("prompt-007"), block("prompt-007").replace("1.0.0", "1.1.0")),
      "prompt-templates/group/prompt-007/1.1.0.md": version("prompt-007").replace("1.0.0", "1.1.0"),
    });
    expect(await resolve()).toBe("1.1.0");
    expect(await resolve()).toBe("1.1.0");
  });

  it("stays known after an edit of ours, and not after somebody else's", async () => {
    const count = () => readFileSync(known(), "utf8").split("\n").length - 2;
    await resolve();
    await desk.ask("alias set dev prompt-007@1.0.0");
    expect(count()).toBe(2);
    await resolve();
    expect(count()).toBe(2);
    desk.write({ [file]: desk.read(file).replace("owner: team", "owner: others") });
    expect(count()).toBe(2);
    await resolve();
    expect(count()).toBe(3);
  });

  it("changes one block alone, and the file reads back as a whole", async () => {
    await resolve();
    const before = desk.read(file);
    await desk.ask("alias set dev prompt-007@1.0.0 prompt-003@1.0.0");
    const aliases = '    aliases:\n      dev:\n        serve: "1.0.0"\n';
    const with7 = before.replace(block("prompt-007"), block("prompt-007") + aliases);
    expect(desk.read(file)).toBe(with7.replace(block("prompt-003"), block("prompt-003") + aliases));
    expect(await desk.ask("validate")).toMatchObject({ findings: [] });
  });

  it("takes a damaged file for one that knows nothing", async () => {
    await resolve();
    desk.write({ ".git/promptsync/cache/sound-states": "\0\n\nnothing" });
    expect(await resolve()).toBe("1.0.0");
  });
});

describe("a prompt is found", () => {
  const find = async (files: readonly string[], prepare: (desk: Desk) => void = () => undefined) => {
    const names = files.map((path) => path.split("/").at(-2) ?? "");
    const desk = createDesk({
      files: Object.fromEntries(
        files.map((path, index) => [`prompt-templates/${path}`, version(names[index] ?? "")]),
      ),
    });
    prepare(desk);
    const { path } = await desk.ask<{ path: string }>("show greet@1.0.0");
    const { commit } = await desk.ask<{ at: { commit: string } }>("resolve greet@1.0.0").then(({ at }) => at);
    const then = await desk.ask<{ path: string }>(`show greet@1.0.0 --at ${commit}`).catch(() => undefined);
    return { path: path.replace("prompt-templates/", ""), then: then?.path.replace("prompt-templates/", "") };
  };

  it.each([
    ["at the top", ["greet/1.0.0.md", "other/1.0.0.md"], "greet/1.0.0.md"],
    ["in a group of its own name", ["greet/greet/1.0.0.md"], "greet/greet/1.0.0.md"],
    ["deep below", ["a/b/c/greet/1.0.0.md", "a/x/1.0.0.md"], "a/b/c/greet/1.0.0.md"],
    ["higher up first, of two", ["a/b/greet/1.0.0.md", "z/greet/1.0.0.md"], "z/greet/1.0.0.md"],
    ["by path, of two as high", ["a-b/greet/1.0.0.md", "a/greet/1.0.0.md"], "a-b/greet/1.0.0.md"],
    ["below a folder of another prompt", ["x/1.0.0.md", "x/greet/1.0.0.md"], "x/greet/1.0.0.md"],
  ])("%s, in the working tree as in a commit", async (_, files, path) => {
    expect(await find(files)).toEqual({ path, then: path });
  });

  it("never behind a link", async () => {
    const desk = createDesk({ files: { "elsewhere/greet/1.0.0.md": version("greet") } });
    desk.write({ "prompt-templates/README.md": "Prompts.\n" });
    symlinkSync("../elsewhere", desk.path("prompt-templates", "group"));
    symlinkSync("../elsewhere/greet", desk.path("prompt-templates", "greet"));
    expect(await desk.refusal("resolve greet@1.0.0")).toMatchObject({
      code: "PROMPT_NOT_FOUND",
      exitCode: 2,
    });
  });

  it("never in a repository inside the registry", async () => {
    const desk = createDesk({ files: { "prompt-templates/other/1.0.0.md": version("other") } });
    desk.write({
      "prompt-templates/group/greet/1.0.0.md": version("greet"),
      "prompt-templates/group/.git/HEAD": "x",
    });
    expect(await desk.refusal("resolve greet@1.0.0")).toMatchObject({
      code: "PROMPT_NOT_FOUND",
      exitCode: 2,
    });
  });
});

describe("a prompt's own state file", () => {
  const own = (serve: string): string =>
    `owner: team\npurpose: greets\ndefault: "${serve}"\naliases:\n  production:\n    serve: "${serve}"\n`;
  const shop = (files: Readonly<Record<string, string>>): Desk =>
    createDesk({
      files: {
        [file]: `schema: promptsync/v1\nprompts:\n${block("other")}`,
        "prompt-templates/other/1.0.0.md": version("other"),
        "prompt-templates/support/greet/1.0.0.md": version("greet"),
        "prompt-templates/support/greet/1.1.0.md": version("greet").replace("1.0.0", "1.1.0"),
        ...files,
      },
    });
  /** What production serves, whoever is asked. */
  const served = async (desk: Desk) => {
    const { prompts } = await desk.ask<{ prompts: { name: string; aliases: Record<string, string> }[] }>(
      "list",
    );
    const one = async (line: string) => (await desk.ask<Resolved>(line).catch(() => undefined))?.version;
    return {
      list: prompts.find(({ name }) => name === "greet")?.aliases["production"],
      here: await one("resolve greet@production"),
      then: await one("resolve greet@production --at HEAD"),
      traced: (await desk.type("trace greet@production --json")).exitCode === 0,
    };
  };
  const nowhere = { list: undefined, here: undefined, then: undefined, traced: false };

  it("that its versions have left says nothing, to nobody", async () => {
    const desk = shop({ "prompt-templates/task/greet/promptsync.yaml": own("1.0.0") });
    expect(await served(desk)).toEqual(nowhere);
    expect((await desk.type("validate")).stdout).toContain(
      "error  layout-path-invalid  `task/greet/promptsync.yaml` is not beside the versions of `greet`",
    );
    await desk.ask("alias set production greet@1.1.0");
    expect(await served(desk)).toEqual({ list: "1.1.0", here: "1.1.0", then: "1.1.0", traced: true });
  });

  it("beside versions that do not count says nothing either", async () => {
    const desk = shop({
      "prompt-templates/support/greet/promptsync.yaml": own("1.1.0"),
      "prompt-templates/task/greet/1.0.0.md": version("greet"),
      "prompt-templates/task/greet/promptsync.yaml": own("1.0.0"),
    });
    expect(await served(desk)).toEqual({ list: "1.1.0", here: "1.1.0", then: "1.1.0", traced: true });
  });

  it("is heard when its prompt has no versions anywhere", async () => {
    const desk = shop({ "prompt-templates/gone/promptsync.yaml": own("1.0.0") });
    expect((await desk.type("validate")).stdout).toContain(
      "prompt-templates/gone/promptsync.yaml:1:1  error  registry-reference-dangling",
    );
  });

  it("is found by the gate where a change leaves it behind", async () => {
    const desk = shop({ "prompt-templates/support/greet/promptsync.yaml": own("1.0.0") });
    desk.git("switch", "--quiet", "--create", "work");
    for (const name of ["1.0.0", "1.1.0"]) {
      desk.write({
        [`prompt-templates/task/greet/${name}.md`]: desk.read(`prompt-templates/support/greet/${name}.md`),
      });
      desk.remove(`prompt-templates/support/greet/${name}.md`);
    }
    desk.commit("move the versions alone");
    for (const words of ["", "--base main", "--base main --committed", "--base main --staged"])
      expect((await desk.type(`validate ${words}`)).stdout, words).toContain(
        "is not beside the versions of `greet`",
      );
  });

  it("that nobody heard at the base is no change when it is taken away", async () => {
    const desk = shop({ "prompt-templates/task/greet/promptsync.yaml": own("1.0.0") });
    desk.git("switch", "--quiet", "--create", "work");
    desk.remove("prompt-templates/task/greet");
    desk.commit("tidy up");
    for (const words of ["", "--base main", "--base main --committed"])
      expect(JSON.parse((await desk.type(`validate --json ${words}`)).stdout), words).toMatchObject({
        touched: [],
      });
  });
});
