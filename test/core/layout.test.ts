import { describe, expect, it } from "vitest";
import { placeFile } from "../../src/core/layout.js";

const place = (path: string) => placeFile({ path, mode: "file" });
const wrong = (path: string) => {
  const placed = place(path);
  return placed.kind === "wrong" ? [placed.problem.rule, placed.problem.hint] : [placed.kind];
};
const noGuess = "give it a folder named for the prompt and a full version";

describe("a file of the registry", () => {
  it("is a version at [<group>/]<name>/<x.y.z>.md", () => {
    expect(place("welcome/1.0.0.md")).toEqual({
      kind: "version",
      group: "",
      name: "welcome",
      version: "1.0.0",
    });
    expect(place("sales/emea/qualify-lead/1.0.4-emergency.1.md")).toEqual({
      kind: "version",
      group: "sales/emea",
      name: "qualify-lead",
      version: "1.0.4-emergency.1",
    });
    expect(place("2026/welcome/1.0.0.md").kind).toBe("version");
  });

  it("is the state at the top, or a prompt's own state in its folder", () => {
    expect(place("promptsync.yaml")).toEqual({ kind: "state" });
    expect(place("task/qualify-lead/promptsync.yaml")).toEqual({ kind: "state", prompt: "qualify-lead" });
  });

  it("is not judged when it is a dot-file or a README", () => {
    for (const path of [
      ".gitattributes",
      "welcome/.DS_Store",
      ".git/welcome/1.0.0.md",
      "README.md",
      "task/readme.MD",
    ])
      expect(place(path)).toEqual({ kind: "ignored" });
  });

  it.each([
    ["support/Triage/v1.2.md", "layout-path-invalid", "move it to `support/triage/1.2.0.md`"],
    ["welcome/1.0.0.MD", "layout-path-invalid", "move it to `welcome/1.0.0.md`"],
    ["welcome/1.md", "layout-path-invalid", "move it to `welcome/1.0.0.md`"],
    ["my group/welcome/1.0.0.md", "layout-path-invalid", "move it to `my-group/welcome/1.0.0.md`"],
    ["welcome./1.0.0.md", "layout-path-invalid", "move it to `welcome/1.0.0.md`"],
    ["welcome/1.0.0+build.md", "layout-path-invalid", noGuess],
    ["welcome/notes.md", "layout-path-invalid", noGuess],
    ["1.0.0.md", "layout-path-invalid", noGuess],
    ["con/1.0.0.md", "layout-path-invalid", "folder `con` is a reserved word; choose another name"],
    ["support/nul/1.0.0.md", "layout-path-invalid", "folder `nul` is a reserved word; choose another name"],
    ["com1/welcome/1.0.0.md", "layout-path-invalid", "folder `com1` is a reserved word; choose another name"],
    ["v1/1.0.0.md", "layout-path-invalid", "folder `v1` reads as a version; choose another name"],
    [
      "用户/1.0.0.md",
      "layout-path-invalid",
      "folder `用户` may hold only a-z, 0-9 and single `.`, `_`, `-` between them; choose another name",
    ],
    ["welcome/1.0.0.md.", "layout-unexpected-file", "move it out of the registry or delete it"],
    ["welcome/notes.txt", "layout-unexpected-file", "move it out of the registry or delete it"],
    ["welcome/promptsync.yml", "layout-unexpected-file", "rename it to `promptsync.yaml`"],
    ["PromptSync.yaml", "layout-unexpected-file", "rename it to `promptsync.yaml`"],
  ])("may not be %s", (path, rule, hint) => {
    expect(wrong(path)).toEqual([rule, hint]);
  });

  it("is judged by itself, whatever was asked before", () => {
    const order = ["welcome/1.0.0.md", "welcome/1.x.md", "v1/1.0.0.md", "v1/2.0.0.md", "welcome/1.1.0.md"];
    const kinds = order.map((path) => place(path).kind);
    expect(kinds).toEqual(["version", "wrong", "wrong", "wrong", "version"]);
    expect(place(".git/1.0.0.md").kind).toBe("ignored");
    expect(place("welcome/.old/1.0.0.md").kind).toBe("ignored");
    expect(place("a//1.0.0.md").kind).toBe("wrong");
    expect(place("/1.0.0.md").kind).toBe("wrong");
  });

  it("is never a link or a submodule", () => {
    expect(placeFile({ path: "welcome/1.0.0.md", mode: "link" })).toMatchObject({
      problem: { rule: "layout-path-invalid", message: "`welcome/1.0.0.md` is a symbolic link" },
    });
    expect(placeFile({ path: "welcome", mode: "module" })).toMatchObject({
      problem: { message: "`welcome` is a submodule" },
    });
  });
});
