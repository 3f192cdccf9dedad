import { describe, expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

/** A registry with `tone` 1.0.0, and a draft of `reply` that includes it by range. */
async function replyDesk(): Promise<Desk> {
  const desk = createDesk();
  await desk.done("init");
  desk.remove("prompts/welcome.md");
  desk.write({ "prompts/tone.txt": "Be {{ mood }}.\n" });
  await desk.done("push");
  desk.write({ "prompts/reply.txt": 'You help {{ name }}.\n{% include "tone@^1" %}\n' });
  return desk;
}

describe("includes", () => {
  test("a push pins what the draft includes and records its digest", async () => {
    const desk = await replyDesk();
    await desk.done("push reply");
    const text = desk.read("prompt-templates/reply/1.0.0.md");
    expect(text).toContain('{% include "tone@1.0.0" %}');
    expect(text).toMatch(/^closure: sha256:[0-9a-f]{64}$/m);
    expect(desk.read("prompts/reply.txt")).toContain("tone@^1");
  });

  test("a draft that floats can be pushed as it stands, and one that means nothing cannot", async () => {
    const desk = await replyDesk();
    const found = async (): Promise<string[]> => {
      const { findings } = JSON.parse((await desk.type("validate --json")).stdout) as {
        findings: { rule: string; message: string }[];
      };
      return findings.flatMap(({ rule, message }) => (rule === "draft-invalid" ? [message] : []));
    };
    expect(await found()).toEqual([]);
    desk.write({ "prompts/reply.txt": 'You help {{ name }}.\n{% include "tone@^9" %}\n' });
    expect(await found()).toEqual(['include "tone@^9" is not pinned']);
  });

  test("who includes a prompt that is a draft only is told to push that first", async () => {
    const desk = await replyDesk();
    desk.write({
      "prompts/rules.txt": "Be brief.\n",
      "prompts/reply.txt": '{% include "rules@latest" %}\n',
    });
    expect((await desk.refusal("push reply rules")).hint).toContain("`promptsync push rules`");
    await desk.done("push rules");
    await desk.done("push reply");
  });

  test("what an include needs is asked of the caller", async () => {
    const desk = await replyDesk();
    await desk.done("push reply");
    const { variables } = await desk.ask<{ variables: readonly { name: string }[] }>("show reply");
    expect(variables.map(({ name }) => name)).toEqual(["name", "mood"]);
    const { stdout } = await desk.done("render reply --var name=Ada --var mood=kind");
    expect(stdout).toBe("You help Ada.\nBe kind.\n");
  });

  test("a floating draft becomes a new version when what it includes has moved", async () => {
    const desk = await replyDesk();
    await desk.done("push reply");
    desk.write({ "prompts/tone.txt": "Be {{ mood }}, always.\n" });
    await desk.done("push tone");
    const { pushed } = await desk.ask<{ pushed: readonly { name: string; version: string }[] }>("push reply");
    expect(pushed).toMatchObject([{ name: "reply", previous: "1.0.0" }]);
  });

  test("an included version that was changed by hand is noticed before anything is rendered", async () => {
    const desk = await replyDesk();
    await desk.done("push reply");
    const path = "prompt-templates/tone/1.0.0.md";
    desk.write({ [path]: desk.read(path).replace("Be", "Never be") });
    const refusal = await desk.refusal("render reply --var name=Ada --var mood=kind");
    expect(refusal).toMatchObject({ code: "TEMPLATE_INCLUDE", exitCode: 2 });
  });

  test("`diff --at` knows what was included then, even when it is gone today", async () => {
    const desk = await replyDesk();
    await desk.done("push reply");
    desk.git("tag", "then");
    desk.write({
      "prompts/tone.txt": "Be {{ voice }}.\n",
      "prompts/reply.txt": 'You help {{ name }}.\n{% include "tone@^2" %}\n',
    });
    await desk.done("push tone --bump major");
    await desk.done("push reply");
    desk.remove("prompt-templates/tone/1.0.0.md");
    desk.commit("tidy up");
    const { diffs } = await desk.ask<{
      diffs: readonly { name: string; changes: readonly { kind: string; at: string }[] }[];
    }>("diff reply --at then");
    expect(diffs[0]?.changes.map(({ kind, at }) => `${kind} ${at}`)).toMatchInlineSnapshot(`
      [
        "input-removed body",
        "input-required-added body",
        "include-changed /closure",
        "wording-changed body",
      ]
    `);
  });

  test("an include that does not exist is refused with its place in the draft", async () => {
    const desk = await replyDesk();
    desk.write({ "prompts/bad.md": '---\ndescription: d\n---\nHello\n{% include "tome@1.0.0" %}\n' });
    const refusal = await desk.refusal("push bad");
    expect(refusal).toMatchObject({ code: "TEMPLATE_INCLUDE", file: "prompts/bad.md", line: 5, exitCode: 2 });
    expect(refusal.hint).toContain("did you mean `tone`?");
  });

  test("a prompt that includes itself is refused", async () => {
    const desk = await replyDesk();
    desk.write({ "prompts/tone.txt": 'Be {{ mood }}.\n{% include "tone" %}\n' });
    expect(await desk.refusal("push tone")).toMatchObject({ code: "TEMPLATE_INCLUDE" });
  });
});
