import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

interface List {
  readonly prompts: readonly { readonly name: string; readonly tags: readonly string[] }[];
}

const count = 200; // the smallest registry whose list is kept
const nameOf = (index: number): string => `prompt-${String(index).padStart(3, "0")}`;
const version = (index: number, tag: string): string =>
  `---\nname: ${nameOf(index)}\nversion: "1.0.0"\nsummary: first\ntags:\n  - ${tag}\n---\nHello.\n`;
const pathOf = (index: number): string => `prompt-templates/${nameOf(index)}/1.0.0.md`;

describe("the list of a large registry", () => {
  let desk: Desk;
  const file = (): string => desk.path(".git", "promptsync", "cache", "list.json");
  const list = () => desk.ask<List>("list");

  beforeEach(() => {
    desk = createDesk();
    desk.write(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [pathOf(index), version(index, "old")] as const),
      ),
    );
    desk.commit("registry");
  });

  it("is kept under the id of the registry's tree, and taken from there the next time", async () => {
    const first = await list();
    expect(first.prompts.length).toBe(count);
    expect(await list()).toEqual(first);
    const [key = "", , text = ""] = readFileSync(file(), "utf8").split("\n");
    expect(key).toContain(`"${desk.git("rev-parse", "HEAD:prompt-templates").trim()}"`);
    expect(await list()).toEqual(first);
    const other = text.replace(`"tags":["old"]`, `"tags":["kept"]`);
    writeFileSync(file(), `${key}\n${createHash("sha256").update(other).digest("hex")}\n${other}`);
    expect((await list()).prompts[0]?.tags).toEqual(["kept"]);
  });

  it("follows an edit, a new file, an ignored file and a commit", async () => {
    await list();
    await list();
    desk.write({ [pathOf(7)]: version(7, "new") });
    expect((await list()).prompts[7]?.tags).toEqual(["new"]);
    desk.commit("edit");
    expect((await list()).prompts[7]?.tags).toEqual(["new"]);
    desk.write({ [pathOf(count)]: version(count, "more") });
    expect((await list()).prompts.length).toBe(count + 1);
    writeFileSync(desk.path(".git", "info", "exclude"), `${nameOf(count)}/\n`);
    expect(desk.status()).toBe("");
    expect((await list()).prompts.length).toBe(count + 1);
  });

  it("is read anew when the kept file is damaged, of another tree, or gone", async () => {
    await list();
    const first = await list();
    const kept = readFileSync(file(), "utf8");
    for (const text of ["", "{", kept.replace("old", "odd"), kept.slice(0, -9), kept.replace("[", "[1,")]) {
      writeFileSync(file(), text);
      expect(await list()).toEqual(first);
      expect(readFileSync(file(), "utf8")).toBe(kept);
    }
  });

  it("has what the files say where git shows another object in the place of theirs, and later too", async () => {
    await list();
    const before = desk.git("rev-parse", `HEAD:${pathOf(7)}`);
    writeFileSync(desk.path("other.md"), version(7, "replaced"));
    desk.git("replace", before, desk.git("hash-object", "-w", "other.md"));
    expect((await list()).prompts[7]?.tags).toEqual(["old"]);
    desk.git("pack-refs", "--all");
    expect((await list()).prompts[7]?.tags).toEqual(["old"]);
    desk.git("replace", "--delete", before);
    expect((await list()).prompts[7]?.tags).toEqual(["old"]);
  });

  it("is not kept where the git directory cannot be written to", async () => {
    writeFileSync(desk.path(".git", "promptsync"), "in the way");
    expect((await list()).prompts.length).toBe(count);
    expect(existsSync(file())).toBe(false);
  });
});
