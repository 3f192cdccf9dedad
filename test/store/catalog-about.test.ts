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
