import { expect, it } from "vitest";
import { home, openBranch, triage, validate } from "./story.js";

it("the code of a commit is judged with the prompts of the branch", async () => {
  const desk = openBranch();
  const call = 'const prompt = await prompts.getPrompt("triage", { versionOrAlias: "production" });';
  desk.write({
    "src/sort.ts": `import { PromptManager } from "promptsync";\nconst prompts = new PromptManager();\n${call}\nprompt.format({ tickt: "x" });\n`,
    [`${home}/1.2.0.md`]: triage("1.2.0", "Sort: {{ ticket }}"),
    "prompt-templates/promptsync.yaml": `${desk.read("prompt-templates/promptsync.yaml")}    aliases:\n      production:\n        serve: "1.2.0"\n`,
  });
  const commit = desk.commit("sort");
  const { found, summary, exitCode } = await validate(desk, `--git-commit ${commit} --alias production`);
  expect(found).toContain("code-variable-missing");
  expect([summary["calls"], exitCode]).toEqual([1, 1]);
});
