import { describe, expect, it } from "vitest";
import { readDraft } from "../../src/core/prompt-file/read-draft.js";
import { readVersion } from "../../src/core/prompt-file/read-version.js";
import type { Prompt } from "../../src/core/prompt.js";
import { planPush, type DraftToPush, type PushRequest } from "../../src/plans/plan-push.js";
import { hasSameContent } from "../../src/plans/same-content.js";
import { registry, stateText } from "../core/registry.js";
import { changed, codeOf, stateAfter } from "./story.js";

const version = (number: string, body = "Hello {{ name }}.", matter: object = {}): Prompt => ({
  name: "welcome",
  version: number,
  frontMatter: { name: "welcome", version: number, ...matter },
  body,
});
const known = (...prompts: Prompt[]) => new Map(prompts.map((prompt) => [prompt.version, prompt]));
const draft = (text: string, more: Partial<DraftToPush> = {}): DraftToPush => ({
  name: "welcome",
  group: "chat",
  file: "prompts/chat/welcome.md",
  draft: readDraft(text, "md", "welcome").draft!,
  known: known(version("1.0.0"), version("1.1.0")),
  ...more,
});
const request = (more: Partial<PushRequest> = {}): PushRequest => ({
  owner: "ada@example.com",
  compare: changed("patch"),
  ...more,
});
const state = stateText('prompts:\n  welcome:\n    owner: team\n    default: "1.0.0"\n');
const catalog = registry({ "chat/welcome": ["1.0.0", "1.1.0"] }, state);
const empty = registry({}, stateText(""));
const push = (
  text: string,
  more: Partial<PushRequest> = {},
  from = catalog,
  item: Partial<DraftToPush> = {},
) => planPush(from, [draft(text, item)], request(more));

describe("the first push of a prompt", () => {
  const { plan, pushed } = push(
    "---\nowner: team-sales\npurpose: Greets\ndescription: Hi\n---\nHi {{ name }}.\n",
    {},
    empty,
  );

  it("makes 1.0.0 in the draft's group, and sets owner, purpose, default and recommended", () => {
    expect(pushed).toMatchObject([
      {
        name: "welcome",
        version: "1.0.0",
        previous: null,
        bump: "none",
        requiredBump: "none",
        path: "prompt-templates/chat/welcome/1.0.0.md",
        changes: [],
      },
    ]);
    expect(plan?.effects[0]).toEqual({
      kind: "write",
      path: "prompt-templates/chat/welcome/1.0.0.md",
      content: '---\nname: welcome\nversion: "1.0.0"\ndescription: Hi\n---\nHi {{ name }}.\n',
    });
    expect(stateAfter("schema: promptsync/v1\n", plan)).toBe(
      stateText(
        'prompts:\n  welcome:\n    owner: team-sales\n    purpose: Greets\n    default: "1.0.0"\n    recommended: "1.0.0"\n',
      ),
    );
    expect(plan?.message).toBe(
      "promptsync: push welcome@1.0.0\n\nPromptsync-Action: push\nPromptsync-Prompt: welcome\nPromptsync-Version: 1.0.0\nPromptsync-To: 1.0.0\n",
    );
  });

  it("falls back to the owner of the request", () => {
    expect(stateAfter("schema: promptsync/v1\n", push("Hi", {}, empty).plan)).toContain(
      "owner: ada@example.com",
    );
  });

  it("takes the number that the request or the draft names, without its v", () => {
    expect(push("Hi", { version: "v1.2.3" }, empty).pushed[0]?.version).toBe("1.2.3");
    expect(push("---\nversion: v0.1.0\n---\nHi\n", {}, empty).pushed[0]?.version).toBe("0.1.0");
    expect(codeOf(() => push("Hi", { version: "1.2" }, empty))).toBe("VERSION_INVALID");
  });
});

describe("the next push", () => {
  it.each([
    ["patch", "1.1.1"],
    ["minor", "1.2.0"],
    ["major", "2.0.0"],
  ] as const)("of a change that needs a %s makes %s", (bump, expected) => {
    const { pushed, plan } = push("Hi {{ name }}!\n", { compare: changed(bump) });
    expect(pushed[0]).toMatchObject({ version: expected, previous: "1.1.0", bump, requiredBump: bump });
    expect(plan?.effects).toHaveLength(1);
    expect(plan?.audit).toEqual([
      { action: "push", prompt: "welcome", version: expected, from: "1.1.0", to: expected },
    ]);
  });

  it("takes the suggested step, and a larger one when it is asked for", () => {
    expect(push("Hi", { compare: changed("patch", "minor") }).pushed[0]?.version).toBe("1.2.0");
    expect(push("Hi", { bump: "major" }).pushed[0]?.version).toBe("2.0.0");
    expect(push("Hi", { bump: "patch", compare: changed("patch", "minor") }).pushed[0]?.version).toBe(
      "1.1.1",
    );
  });

  it("refuses a smaller step and names the change that needs more", () => {
    for (const more of [{ bump: "patch" as const }, { version: "1.1.1" }]) {
      expect(() => push("Hi", { ...more, compare: changed("major") })).toThrow(
        expect.objectContaining({
          code: "BUMP_TOO_SMALL",
          message: "`welcome` 1.1.0 → 1.1.1 is patch, and major is needed: input `tone` was removed",
          hint: "`--version 2.0.0` or `--bump auto` would do",
        }) as Error,
      );
    }
    expect(codeOf(() => push("---\nversion: 1.1.1\n---\nHi\n", { compare: changed("minor") }))).toBe(
      "BUMP_TOO_SMALL",
    );
  });

  it("writes a summary: the draft's, else the message, else what changed", () => {
    const summary = (text: string, more: Partial<PushRequest> = {}) => {
      const [effect] = push(text, more).plan?.effects ?? [];
      const content = effect?.kind === "write" ? effect.content : "";
      return readVersion(content, { name: "welcome", version: "1.1.1" }).prompt?.frontMatter.summary;
    };
    expect(summary("---\nsummary: Warmer\n---\nHi\n")).toBe("Warmer");
    expect(summary("Hi", { message: "feat: warmer" })).toBe("feat: warmer");
    expect(summary("Hi", { message: "😀".repeat(300) })).toBe("😀".repeat(250));
    expect(summary("Hi")).toBe("input tone was removed");
    const before = known(version("1.1.0", "Hello", { summary: "Old words" }));
    const { plan } = push("---\nsummary: Old words\n---\nHi\n", {}, catalog, { known: before });
    expect(JSON.stringify(plan?.effects)).toContain("summary: input tone was removed");
  });

  it("keeps the prompt in the group where it is", () => {
    expect(push("Hi", {}, catalog, { group: "elsewhere" }).pushed[0]?.path).toBe(
      "prompt-templates/chat/welcome/1.1.1.md",
    );
  });
});

describe("a version that is asked for", () => {
  it("may not exist or have existed with other content", () => {
    expect(codeOf(() => push("Hi", { version: "1.0.0" }))).toBe("VERSION_EXISTS");
    const removed = registry(
      { welcome: ["1.0.0"] },
      stateText('prompts: { welcome: { removed: { "1.0.1": {}, "1.0.2": {} } } }\n'),
    );
    const before = { known: known(version("1.0.0")) };
    expect(codeOf(() => push("Hi", { version: "1.0.1" }, removed, before))).toBe("VERSION_EXISTS");
    expect(push("Hi", {}, removed, before).pushed[0]?.version).toBe("1.0.3");
  });

  it("that exists with the same content is no change", () => {
    expect(push("Hello {{ name }}.", { version: "1.0.0" })).toMatchObject({
      plan: null,
      pushed: [],
      unchanged: ["welcome"],
    });
  });

  it("below the newest needs a maintained line", () => {
    const lines = registry(
      { welcome: ["1.0.0", "1.1.0", "2.0.0"] },
      stateText('prompts: { welcome: { maintained: ["1.1"] } }\n'),
    );
    const before = { known: known(version("1.0.0"), version("1.1.0"), version("2.0.0")) };
    expect(push("Hi", { version: "1.1.1" }, lines, before).pushed[0]).toMatchObject({
      version: "1.1.1",
      previous: "1.1.0",
      bump: "patch",
    });
    expect(() => push("Hi", { version: "1.0.1" }, lines, before)).toThrow(
      expect.objectContaining({
        code: "VERSION_INVALID",
        message: "`welcome@1.0.1` is below the newest version 2.0.0",
      }) as Error,
    );
  });

  it("may be a pre-release below the newest, whatever it changes", () => {
    const { pushed } = push("Hi", { version: "1.0.1-emergency.1", compare: changed("major") });
    expect(pushed[0]).toMatchObject({
      version: "1.0.1-emergency.1",
      previous: "1.0.0",
      requiredBump: "major",
    });
  });

  it("by a draft that was copied from it is where the draft began, not where it goes", () => {
    expect(push('---\nversion: "1.1.0"\n---\nHi\n').pushed[0]?.version).toBe("1.1.1");
  });
});

describe("a draft that says what the newest version says", () => {
  it("is unchanged, whatever it says about the change", () => {
    expect(push("---\nsummary: New words about nothing\n---\n\nHello {{ name }}.\n\n")).toEqual({
      plan: null,
      pushed: [],
      unchanged: ["welcome"],
      aliases: [],
    });
    expect(hasSameContent(version("1.0.0"), { frontMatter: { model: "x" }, body: "Hello {{ name }}." })).toBe(
      false,
    );
  });

  it("still moves the alias that is named", () => {
    const { plan, aliases } = push("Hello {{ name }}.", { alias: "dev" });
    expect(aliases).toEqual([
      { action: "alias-set", prompt: "welcome", alias: "dev", from: null, to: "1.1.0" },
    ]);
    expect(plan?.message.split("\n")[0]).toBe("promptsync: alias set dev welcome@1.1.0");
  });
});

describe("a push to an alias", () => {
  it("makes the version and moves the alias in one commit", () => {
    const { plan } = push("Hi", { alias: "dev", reason: "pilot" });
    expect(plan?.effects.map(({ kind }) => kind)).toEqual(["write", "edit-state"]);
    expect(stateAfter(state, plan)).toBe(`${state}    aliases:\n      dev:\n        serve: "1.1.1"\n`);
    expect(plan?.message.split("\n")[0]).toBe("promptsync: push welcome@1.1.1 to dev");
    expect(plan?.audit.map(({ action, reason }) => [action, reason])).toEqual([
      ["push", "pilot"],
      ["alias-set", "pilot"],
    ]);
  });

  it("is refused for a bad alias name", () => {
    expect(codeOf(() => push("Hi", { alias: "v1" }))).toBe("NAME_INVALID");
  });
});

describe("a push with a name that is none", () => {
  it("is refused before anything is made", () => {
    expect(codeOf(() => push("Hi", {}, empty, { name: "Welcome" }))).toBe("NAME_INVALID");
    expect(codeOf(() => push("Hi", {}, empty, { group: "../x" }))).toBe("NAME_INVALID");
  });
});
