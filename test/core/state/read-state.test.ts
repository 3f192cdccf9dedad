import { describe, expect, it } from "vitest";
import { compareStates } from "../../../src/core/state/compare-states.js";
import { readState } from "../../../src/core/state/read-state.js";
import { versionsServed } from "../../../src/core/state/versions-served.js";
import { registry, stateText } from "../registry.js";

const home = "prompt-templates/promptsync.yaml";
const read = (text: string) => readState([{ path: home, text }], home);
const problems = (text: string) =>
  read(text).problems.map(({ message, line, column }) => [message, line, column]);

describe("the state", () => {
  it("is read as it stands, and empty where there is no file", () => {
    const {
      state,
      problems: found,
      locate,
    } = read(stateText('prompts:\n  welcome:\n    default: "1.0.0"\n'));
    expect(found).toEqual([]);
    expect(state.prompts?.["welcome"]?.default).toBe("1.0.0");
    expect(locate(["prompts", "welcome", "default"])).toMatchObject({ file: home, line: 4, column: 14 });
    expect(readState([], home)).toMatchObject({ state: { schema: "promptsync/v1" }, problems: [] });
  });

  it.each([
    ["", "the file holds no map", 1, 1],
    ["- a\n", "the file holds no map", 1, 1],
    ["prompts: {}\n", "`schema` is missing", 1, 1],
    ["schema: promptsync/v2\n", '`schema` must be `promptsync/v1`, got "promptsync/v2"', 1, 9],
    ["schema: promptsync/v1\nprompts: {a: 1, a: 2}\n", "key `a` appears twice", 2, 17],
    ["schema: promptsync/v1\nx-a: &a 1\n", "YAML anchors (`&name`) are not allowed", 2, 9],
    ["schema: promptsync/v1\nx-a: {<<: {b: 1}}\n", "merge keys (`<<`) are not allowed", 2, 7],
    ["schema: promptsync/v1\n__proto__: {a: 1}\n", "`__proto__` is no allowed key", 2, 1],
    ["schema: promptsync/v1\n<<<<<<< HEAD\nowners: {}\n", "the file has conflict markers", 2, 1],
  ])("refuses %j", (text, message, line, column) => {
    expect(problems(text)).toEqual([[message, line, column]]);
    expect(read(text).state).toEqual({ schema: "promptsync/v1" });
  });

  it("takes a line of equal signs in a text for what it is", () => {
    expect(problems(stateText("prompts:\n  welcome:\n    purpose: |\n      Title\n      =======\n"))).toEqual(
      [],
    );
  });
});

describe("a prompt's own state file", () => {
  const split = (own: string, main = stateText("")) =>
    registry({ "task/welcome": ["1.0.0"] }, main, { own: { "task/welcome": own } }).stateText;

  it("is the prompt's block", () => {
    const { state, problems: found, locate } = split('default: "1.0.0"\n');
    expect(found).toEqual([]);
    expect(state.prompts?.["welcome"]).toEqual({ default: "1.0.0" });
    expect(locate(["prompts", "welcome", "default"])).toMatchObject({
      file: "prompt-templates/task/welcome/promptsync.yaml",
      line: 1,
      column: 10,
    });
  });

  it("is checked where its block would stand", () => {
    expect(split("defalt: x\n").problems).toMatchObject([
      {
        file: "prompt-templates/task/welcome/promptsync.yaml",
        message: "`defalt` is no known key in `prompts.welcome`; did you mean `default`?",
        line: 1,
        column: 1,
      },
    ]);
  });

  it("may not stand beside a block in the main file", () => {
    expect(split("owner: a\n", stateText("prompts: { welcome: { owner: b } }\n")).problems).toMatchObject([
      {
        message:
          "the block of `welcome` stands in `prompt-templates/promptsync.yaml` and in `prompt-templates/task/welcome/promptsync.yaml`",
      },
    ]);
  });
});

it("two files of one prompt are both named", () => {
  const own = (group: string) => ({
    path: `prompt-templates/${group}/welcome/promptsync.yaml`,
    text: "owner: a\n",
    prompt: "welcome",
  });
  expect(readState([own("task"), own("chat")], "prompt-templates/promptsync.yaml").problems).toMatchObject([
    {
      message:
        "the block of `welcome` stands in `prompt-templates/task/welcome/promptsync.yaml` and in `prompt-templates/chat/welcome/promptsync.yaml`",
    },
  ]);
});

describe("the versions that a state names", () => {
  it("are all listed, with whether somebody may get them", () => {
    const { state } = read(
      stateText(`
prompts:
  welcome:
    default: "1.0.0"
    recommended: "1.0.1"
    aliases: { dev: { serve: "1.0.2", canary: { serve: "1.0.3", percent: 1, seed: s, state: paused } } }
    rules: { a: { when: {}, serve: "1.0.4" } }
    tenants: { acme: { aliases: { dev: { serve: "1.0.5" } } } }
    overrides: { chat: { c: { serve: "1.0.6" } } }
    deprecations: { "1.0.7": { replacement: "1.0.8" } }
    yanked: { "1.0.9": {} }
emergencies:
  a: { prompt: welcome, serve: "2.0.0", status: active }
  b: { prompt: welcome, serve: "2.0.1", status: resolved }
`),
    );
    const named = [...versionsServed(state)];
    const served = named.filter(({ isServed }) => isServed).map(({ version }) => version);
    expect(served).toEqual(["1.0.0", "1.0.2", "1.0.3", "1.0.4", "1.0.5", "1.0.6", "2.0.0"]);
    expect(named.filter(({ isServed }) => !isServed).map(({ version }) => version)).toEqual([
      "1.0.1",
      "1.0.7",
      "1.0.8",
      "1.0.9",
      "2.0.1",
    ]);
  });
});

describe("two states", () => {
  const between = (before: string, after: string) =>
    compareStates(read(stateText(before)).state, read(stateText(after)).state);

  it("that differ in order only are the same", () => {
    expect(between("prompts: { a: { owner: x }, b: {} }", "prompts: { b: {}, a: { owner: x } }")).toEqual([]);
  });

  it("tell what the audit trail would have recorded", () => {
    const records = between(
      'prompts: { welcome: { default: "1.0.0", aliases: { dev: { serve: "1.0.0" }, qa: { serve: "1.0.0" } } } }',
      'prompts: { welcome: { default: "1.0.1", aliases: { dev: { serve: "1.0.1" } }, yanked: { "1.0.0": { reason: rude } } } }',
    );
    expect(records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: "default-set", prompt: "welcome", from: "1.0.0", to: "1.0.1" }),
        expect.objectContaining({
          action: "alias-set",
          prompt: "welcome",
          alias: "dev",
          from: "1.0.0",
          to: "1.0.1",
        }),
        expect.objectContaining({ action: "alias-remove", prompt: "welcome", alias: "qa", from: "1.0.0" }),
        expect.objectContaining({ action: "yank", prompt: "welcome", version: "1.0.0", reason: "rude" }),
      ]),
    );
  });
});
