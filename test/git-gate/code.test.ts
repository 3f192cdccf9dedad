import { describe, expect, it } from "vitest";
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

const state = (production: string, lines = ""): string => `schema: promptsync/v1
prompts:
  triage:
    owner: team-support
    default: "1.1.0"
    aliases:
      production:
        serve: "${production}"
${lines}`;

const calls = `import { PromptManager } from "promptsync";
const prompts = new PromptManager();
export async function sort(ticket: string, name: string) {
  const prompt = await prompts.getPrompt("triage", { versionOrAlias: "production" });
  return [prompt.format({ ticket }), (await prompts.getPrompt(name)).format({ ticket })];
}
`;

/** A branch that moves production to 2.0.0, which requires `locale`; the code does not pass it. */
function movesOverMajor() {
  const desk = openBranch();
  desk.git("switch", "--quiet", "main");
  desk.write({ "prompt-templates/promptsync.yaml": state("1.1.0"), "src/sort.ts": calls });
  desk.commit("production serves");
  desk.git("push", "--quiet", "origin", "main");
  desk.git("switch", "--quiet", "--create", "move");
  desk.write({
    [`${home}/2.0.0.md`]: triage(
      "2.0.0",
      "Sort for {{ locale }}: {{ ticket }}",
      "    locale: string\nchanges: Pass locale.\n",
    ),
    "prompt-templates/promptsync.yaml": state("2.0.0"),
  });
  desk.commit("move");
  return desk;
}

describe("an alias that moves over a major version", () => {
  it("is an error that names the callers, where the code is scanned", async () => {
    const desk = movesOverMajor();
    const alone = await validate(desk);
    expect(alone.findings).toMatchObject([{ rule: "registry-alias-crosses-major", severity: "warning" }]);
    const { findings, exitCode } = await validate(desk, "--git-commit HEAD");
    expect(exitCode).toBe(1);
    expect(findings.filter(({ severity }) => severity === "error")).toMatchObject([
      {
        rule: "registry-alias-crosses-major",
        message: "triage@production moves 1.1.0 → 2.0.0; 1 call site checked, 1 lacks `locale`",
        hint: "mend src/sort.ts:4:32 first: it does not pass `locale`",
        data: { from: "1.1.0", to: "2.0.0", callers: [{ call: "src/sort.ts:4:32", lacks: ["locale"] }] },
      },
      { rule: "code-variable-missing", data: { order: "prompts-first" } },
    ]);
  });

  it("stays a warning that says what was checked, when the callers are ready", async () => {
    const desk = movesOverMajor();
    desk.write({ "src/sort.ts": calls.replace("format({ ticket }),", "format({ ticket, locale: 'de' }),") });
    const commit = desk.commit("pass locale");
    const { findings } = await validate(desk, `--git-commit ${commit}`);
    expect(findings.find(({ rule }) => rule === "registry-alias-crosses-major")).toMatchObject({
      severity: "warning",
      message: "triage@production moves 1.1.0 → 2.0.0; 1 call site checked",
    });
    expect(findings.find(({ rule }) => rule === "code-variable-unknown")).toMatchObject({
      data: { order: "code-first" },
    });
  });

  it("shows the call sites in the blast radius of text, Markdown and JSON", async () => {
    const desk = movesOverMajor();
    const { stdout } = await desk.type("validate --git-commit HEAD");
    expect(stdout).toContain(
      "triage, alias production: 1.1.0 → 2.0.0 for 1 call site: src/sort.ts:4:32\n1 of 2 calls resolved",
    );
    const markdown = await desk.type("validate --git-commit HEAD --format md");
    expect(markdown.stdout).toContain("| prompt | served through | from | to | call sites |");
    expect(markdown.stdout).toContain("1 of 2 calls resolved");
    const json = await desk.type("validate --git-commit HEAD --json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      touched: [
        {
          prompt: "triage",
          what: "alias production",
          from: "1.1.0",
          to: "2.0.0",
          callers: ["src/sort.ts:4:32"],
        },
      ],
    });
  });
});

it("a finding in the code can be waived, and still is when its lines move", async () => {
  const desk = movesOverMajor();
  const { findings } = await validate(desk, "--git-commit HEAD");
  const missing = findings.find(({ rule }) => rule === "code-variable-missing");
  const words = '--reason "the service is switched off in March" --expires 2026-12-01';
  const now = { now: new Date("2026-11-02") };
  await desk.done(`waive ${missing?.fingerprint ?? ""} ${words}`, now);
  desk.write({ "src/sort.ts": `// moved\n\n${calls}` });
  desk.commit("comment");
  const { stdout } = await desk.type("validate --json --git-commit HEAD --now 2026-11-03");
  const after = JSON.parse(stdout) as { findings: { rule: string; waiver?: object }[] };
  expect(after.findings.find(({ rule }) => rule === "code-variable-missing")?.waiver).toBeDefined();
  expect(after.findings.map(({ rule }) => rule)).not.toContain("waiver-stale");
});

it("`code.modules` names other modules that give PromptSync", async () => {
  const desk = openBranch();
  desk.write({
    "src/sort.ts": `import { PromptManager } from "@acme/prompts";\nconst prompts = new PromptManager();\n(await prompts.getPrompt("triag")).format({ ticket: "x" });\n`,
  });
  desk.commit("call");
  expect((await validate(desk, "--git-commit HEAD")).summary["calls"]).toBe(0);
  desk.write({ ".promptsyncrc": 'code:\n  modules: ["@acme/prompts"]\n' });
  const { found, summary } = await validate(desk, "--git-commit HEAD");
  expect([found, summary["calls"]]).toEqual([["code-prompt-unknown"], 1]);
});
