import { describe, expect, it } from "vitest";
import { assertStateReadable, findPrompt, newestVersion, stateOf } from "../../src/core/catalog.js";
import { stateFilesOf } from "../../src/core/state-files.js";
import { registry, stateText } from "./registry.js";

describe("a catalog", () => {
  it("holds prompts by name and their versions from old to new", () => {
    const catalog = registry({ "task/qualify-lead": ["1.10.0", "1.9.0", "1.10.0-rc.1"], alpha: ["1.0.0"] });
    expect([...catalog.prompts.keys()]).toEqual(["alpha", "qualify-lead"]);
    expect(findPrompt(catalog, "qualify-lead")).toEqual({
      name: "qualify-lead",
      group: "task",
      versions: ["1.9.0", "1.10.0-rc.1", "1.10.0"].map((version) => ({
        version,
        path: `prompt-templates/task/qualify-lead/${version}.md`,
        blob: null,
      })),
    });
  });

  it("keeps the first of two prompts of one name and reports the other", () => {
    const catalog = registry({ "sales/welcome": ["1.0.0"], "task/welcome": ["2.0.0"] });
    expect(findPrompt(catalog, "welcome").versions.map(({ version }) => version)).toEqual(["1.0.0"]);
    expect(catalog.problems).toMatchObject([
      {
        rule: "layout-name-duplicate",
        file: "prompt-templates/task/welcome/2.0.0.md",
        data: { other: "sales" },
      },
    ]);
  });

  it("knows no prompt by a word of JavaScript", () => {
    const catalog = registry({ welcome: ["1.0.0"] }, stateText(""));
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(() => findPrompt(catalog, name)).toThrow(
        expect.objectContaining({ code: "PROMPT_NOT_FOUND" }) as Error,
      );
      expect(stateOf(catalog, name)).toEqual({});
    }
  });

  it("without a state file has the empty state", () => {
    const catalog = registry({ welcome: ["1.0.0"] });
    expect(catalog.state).toEqual({ schema: "promptsync/v1" });
    expect(catalog.stateText.locate(["prompts"]).file).toBe("prompt-templates/promptsync.yaml");
    expect(() => {
      assertStateReadable(catalog);
    }).not.toThrow();
  });

  it("with a state that cannot be read says where, and how much more there is", () => {
    const catalog = registry({ welcome: ["1.0.0"] }, "schema: promptsync/v1\nalias: {}\nprompt: {}\n");
    expect(() => {
      assertStateReadable(catalog);
    }).toThrow(
      expect.objectContaining({
        code: "STATE_INVALID",
        message:
          "`alias` is no known key; did you mean `aliases`? (and 1 more: `promptsync validate` shows all)",
        line: 2,
        column: 1,
        file: "prompt-templates/promptsync.yaml",
      }) as Error,
    );
  });

  it("lists the state files to read, with the prompt that each belongs to", () => {
    const files = ["promptsync.yaml", "task/welcome/1.0.0.md", "task/welcome/promptsync.yaml"].map(
      (path) => ({
        path,
        blob: null,
        mode: "file" as const,
      }),
    );
    expect(stateFilesOf({ files })).toMatchObject([
      { path: "promptsync.yaml" },
      { path: "task/welcome/promptsync.yaml", prompt: "welcome" },
    ]);
  });
});

describe("the newest version", () => {
  it("is the newest release, else the newest pre-release", () => {
    const newest = (...versions: string[]) =>
      newestVersion(findPrompt(registry({ welcome: versions }), "welcome"))?.version;
    expect(newest("1.0.0", "1.0.4-emergency.1")).toBe("1.0.0");
    expect(newest("1.0.0-rc.1", "1.0.0-rc.2")).toBe("1.0.0-rc.2");
  });
});
