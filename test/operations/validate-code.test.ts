import { describe, expect, it } from "vitest";
import { validateCode, type CodeRequest } from "../../src/operations/validate-code.js";
import { openWorkspace, type Workspace } from "../../src/store/workspace.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";

function version(name: string, number: string, body: string, schema = ""): string {
  return `---\nname: ${name}\nversion: "${number}"\nsummary: Says hello\n${schema}---\n${body}\n`;
}

function state(production: string, dev: string): string {
  return `schema: promptsync/v1
prompts:
  refund:
    default: "1.0.0"
    aliases:
      dev:
        serve: "${dev}"
      production:
        serve: "${production}"
`;
}

const prompts = {
  [`${registry}/promptsync.yaml`]: state("1.0.0", "2.0.0"),
  [`${registry}/refund/1.0.0.md`]: version("refund", "1.0.0", "{{ order }}"),
  [`${registry}/refund/2.0.0.md`]: version(
    "refund",
    "2.0.0",
    "{{ order }} {{ locale }} {{ tone }}",
    "input:\n  schema:\n    order: string\n    locale: string\n    tone: string\n  default:\n    tone: formal\n",
  ),
};

const code = `import { PromptManager } from "promptsync";
const prompts = new PromptManager();
export async function refund(order: string) {
  const prompt = await prompts.getPrompt("refund", { versionOrAlias: "production" });
  return prompt.format({ order });
}
`;

const files = { ...prompts, "src/refund.ts": code };

async function inWorkspace<T>(sandbox: Sandbox, use: (workspace: Workspace) => Promise<T>): Promise<T> {
  const { directory, environment } = sandbox;
  const workspace = await openWorkspace({ directory, config: undefined, environment, tool: "0.0.0" });
  try {
    return await use(workspace);
  } finally {
    workspace.close();
  }
}

async function check(sandbox: Sandbox, request: CodeRequest = {}) {
  const { findings, summary } = await inWorkspace(sandbox, (workspace) => validateCode(workspace, request));
  return {
    summary,
    findings: findings.map(({ rule, file, line, message }) => `${file}:${line} ${message} (${rule})`),
  };
}

const lacksLocale =
  "src/refund.ts:5 `format` lacks `locale`, which refund@2.0.0 (alias dev) needs (code-variable-missing)";

describe("validateCode", () => {
  it("judges the code of a commit that is not checked out against the prompts of the working tree", async () => {
    const sandbox = createSandbox({ files });
    const old = sandbox.head() ?? "";
    sandbox.write({ "src/refund.ts": "export {};\n" });
    sandbox.commit("another way");
    expect(await check(sandbox)).toEqual({
      summary: { calls: 0, resolved: 0, unresolved: 0, files: 0 },
      findings: [],
    });
    expect(await check(sandbox, { gitCommit: old })).toEqual({
      summary: { calls: 1, resolved: 1, unresolved: 0, files: 1 },
      findings: [],
    });
    sandbox.write({ [`${registry}/promptsync.yaml`]: state("2.0.0", "2.0.0") });
    expect((await check(sandbox, { gitCommit: old })).findings).toEqual([
      lacksLocale.replace("alias dev", "alias production"),
    ]);
  });

  it("asks whether the code would do with another alias or version", async () => {
    const sandbox = createSandbox({ files });
    expect((await check(sandbox, { gitCommit: "main", alias: "dev" })).findings).toEqual([lacksLocale]);
    expect((await check(sandbox, { gitCommit: "main", alias: "production" })).findings).toEqual([]);
    expect((await check(sandbox, { version: "v2.0.0" })).findings).toEqual([
      lacksLocale.replace("alias dev", "pinned"),
    ]);
    expect((await check(sandbox, { version: "^1" })).findings).toEqual([]);
  });

  it("says which order of deployment breaks", async () => {
    const sandbox = createSandbox({ files });
    sandbox.write({ [`${registry}/promptsync.yaml`]: state("2.0.0", "2.0.0") });
    const report = await inWorkspace(sandbox, async (workspace) =>
      validateCode(workspace, { gitCommit: "main", base: await workspace.catalogAt("main") }),
    );
    expect(report.findings).toMatchObject([
      { rule: "code-variable-missing", data: { variable: "locale", order: "prompts-first" } },
    ]);
  });

  it("takes globs, wrappers and severities from the settings", async () => {
    const settings = `code:
  include: ["src/**"]
  exclude: ["**/*.test.ts"]
  wrappers:
    - function: render
      variables: 1
`;
    const sandbox = createSandbox({
      files: {
        ...prompts,
        ".promptsyncrc": settings,
        "src/use.ts": 'import { render } from "./render";\nrender("refund@dev", { order: 1 });\n',
        "src/use.test.ts": 'import { render } from "./render";\nrender("refnd", {});\n',
        "scripts/a.ts": 'render("refnd", {});\n',
      },
    });
    expect(await check(sandbox)).toEqual({
      summary: { calls: 1, resolved: 1, unresolved: 0, files: 1 },
      findings: [
        "src/use.ts:2 `render` lacks `locale`, which refund@2.0.0 (alias dev) needs (code-variable-missing)",
      ],
    });
  });

  it("counts the calls that it could not read", async () => {
    const dynamic = `${code}export const any = async (name: string) => (await prompts.getPrompt(name)).format({});\n`;
    const { summary } = await check(createSandbox({ files: { ...files, "src/refund.ts": dynamic } }));
    expect(summary).toEqual({ calls: 2, resolved: 1, unresolved: 1, files: 1 });
  });

  it.each([
    [{ gitCommit: "no-such-commit" }, "REVISION_NOT_FOUND"],
    [{ gitCommit: "--help" }, "REVISION_NOT_FOUND"],
    [{ alias: "prodution" }, "ALIAS_NOT_FOUND"],
    [{ version: "9.0.0" }, "VERSION_NOT_FOUND"],
    [{ version: "not a version" }, "REFERENCE_INVALID"],
    [{ alias: "dev", version: "1.0.0" }, "USAGE"],
  ])("refuses %o with %s", async (request, expected) => {
    const sandbox = createSandbox({ files });
    await expect(check(sandbox, request)).rejects.toMatchObject({ code: expected });
  });

  it("takes the code of HEAD in a bare repository", async () => {
    const sandbox = createSandbox({ files });
    sandbox.git("clone", "--quiet", "--bare", ".", "../bare.git");
    expect((await check(sandbox.in("../bare.git"), { alias: "dev" })).findings).toEqual([lacksLocale]);
  });

  it("needs as many git processes for many files as for one", async () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`src/${index}.ts`, code]));
    const counts = [files, { ...files, ...many }].map((it) =>
      inWorkspace(createSandbox({ files: it }), async (workspace) => {
        await validateCode(workspace, { gitCommit: "main" });
        return workspace.repository.git.processes;
      }),
    );
    const [one, other] = await Promise.all(counts);
    expect(other).toBe(one);
  });
});
