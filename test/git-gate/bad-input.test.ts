import { describe, expect, it } from "vitest";
import { home, openBranch, state, triage, validate } from "./story.js";

const file = "prompt-templates/promptsync.yaml";

describe("bad input is a finding or an error within a second", () => {
  it.each([
    ["conflict markers", `${state}<<<<<<< ours\n=======\n>>>>>>> theirs\n`, "the file has conflict markers"],
    ["a duplicate key", `${state}    default: "1.0.0"\n`, "key `default` appears twice"],
  ])("%s in the state", async (_, text, message) => {
    const desk = openBranch();
    desk.write({ [file]: text });
    const { found, findings, exitCode } = await validate(desk);
    expect([found[0], exitCode]).toEqual(["registry-invalid", 1]);
    expect(findings[0]?.message).toBe(message);
  });

  it("a state of 20 MB", async () => {
    const desk = openBranch();
    desk.write({ [file]: state + "# long\n".repeat(3_000_000) });
    const started = performance.now();
    expect(await desk.refusal("validate")).toMatchObject({ code: "FILE_UNREADABLE", file, exitCode: 2 });
    expect(performance.now() - started).toBeLessThan(2000); // a busy machine
  });

  it("a body of 20 MB", async () => {
    const desk = openBranch();
    desk.write({ [`${home}/1.2.0.md`]: triage("1.2.0", "long ".repeat(4_000_000)) });
    expect((await validate(desk)).found).toContain("layout-encoding-invalid");
  });

  it.each([
    ["recurses into itself", "{ type: object, allOf: [{ $ref: '#' }] }", "never ends"],
    [
      "has a catastrophic pattern",
      "{ type: object, properties: { id: { type: string, pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } } }",
      "exponential time",
    ],
    [
      "has a pattern that is none",
      "{ type: object, properties: { id: { type: string, pattern: '(' } } }",
      "no regular expression",
    ],
    ["refers to nothing", "{ type: object, properties: { id: { $ref: '#/$defs/id' } } }", "is not found"],
    [
      "has a mistyped keyword",
      "{ type: object, propertys: { id: { type: string } } }",
      "`propertys` is no keyword",
    ],
  ])("a schema that %s", async (_, schema, words) => {
    const desk = openBranch();
    const text = triage("1.2.0", "Sort: {{ ticket }}").replace(
      "---\nSort",
      () => `output:\n  format: json\n  schema: ${schema}\n---\nSort`,
    );
    desk.write({ [`${home}/1.2.0.md`]: text });
    const { found, findings } = await validate(desk);
    expect(found).toContain("schema-output-invalid");
    expect(findings.find(({ rule }) => rule === "schema-output-invalid")?.message).toContain(words);
  });

  it("a path at which there is nothing", async () => {
    const desk = openBranch();
    for (const path of ["prompt-template", "..", "/etc"])
      expect(await desk.refusal(`validate ${path}`)).toMatchObject({ code: "FILE_NOT_FOUND", exitCode: 2 });
    for (const path of [".", "prompt-templates", `${home}/1.0.0.md`]) await desk.done(`validate ${path}`);
    desk.remove(`${home}/1.0.0.md`);
    expect((await validate(desk, `${home}/1.0.0.md`)).found).toEqual(["immutable-version-deleted"]);
  });

  it("a commit that does not exist", async () => {
    const desk = openBranch();
    expect(await desk.refusal("validate --base deadbeef")).toMatchObject({
      code: "REVISION_NOT_FOUND",
      exitCode: 2,
    });
  });

  it("a rule in the settings that does not exist", async () => {
    const desk = openBranch();
    desk.write({ ".promptsyncrc": "rules:\n  bump-gapp: off\n" });
    const { code, hint, exitCode } = await desk.refusal("validate");
    expect([code, hint, exitCode]).toEqual(["CONFIG_INVALID", "did you mean `bump-gap`?", 2]);
  });
});
