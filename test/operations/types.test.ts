import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../support/sandbox.js";
import { promptsync } from "../support/terminal.js";

const project = new URL("../..", import.meta.url).pathname;
const table = {
  types: { group: "Check", summary: "Print types", load: () => import("../../src/operations/types.js") },
};

const state = `schema: promptsync/v1
project:
  default_alias: production
prompts:
  qualify-lead:
    purpose: Scores an inbound lead */ or not
    default: "1.0.0"
    aliases:
      dev:
        serve: "2.0.0"
      production:
        serve: "1.0.0"
        canary:
          serve: "1.1.0"
          percent: 10
          seed: s
          state: running
    tenants:
      acme:
        aliases:
          audited:
            serve: "1.0.0"
  refund:
    default: "1.0.0"
  welcome:
    default: "1.0.0"
`;

function version(name: string, number: string, schema: string, body = "Hello"): string {
  return `---\nname: ${name}\nversion: "${number}"\nsummary: Says hello\n${schema}---\n${body}\n`;
}

const registry = "prompt-templates";
const files = {
  [`${registry}/promptsync.yaml`]: state,
  [`${registry}/qualify-lead/1.0.0.md`]: version(
    "qualify-lead",
    "1.0.0",
    "input:\n  schema:\n    company: string, the lead\n    notes?: string\n",
    "{{ company }} {{ notes }}",
  ),
  [`${registry}/qualify-lead/1.1.0.md`]: version(
    "qualify-lead",
    "1.1.0",
    "input:\n  schema:\n    company: string\n    tone(enum): [formal, friendly]\n    score: integer\n  default:\n    score: 3\n",
    "{{ company }} {{ tone }} {{ score }}",
  ),
  [`${registry}/qualify-lead/2.0.0.md`]: version(
    "qualify-lead",
    "2.0.0",
    "input:\n  schema:\n    lead:\n      name: string\n      tags?(array): string\n",
    "{{ lead.name }}",
  ),
  [`${registry}/refund/1.0.0.md`]: version(
    "refund",
    "1.0.0",
    "",
    "{{ order }} {% if tone %}{{ tone }}{% endif %}",
  ),
  [`${registry}/welcome/1.0.0.md`]: version("welcome", "1.0.0", "input:\n  schema: {}\n"),
};

function run(sandbox: Sandbox, ...argv: string[]) {
  const environment = sandbox.environment as Record<string, string>;
  return promptsync(argv, { directory: sandbox.directory, environment }, table);
}

const generated = async () => (await run(createSandbox({ files }), "types")).stdout;

describe("promptsync types", () => {
  it("writes what each version takes, and what suits every version that an alias may serve", async () => {
    expect(await generated()).toMatchInlineSnapshot(`
      "// Made by \`promptsync types\`. Do not edit; run it again when prompts or aliases change.
      /* eslint-disable */
      export {};

      declare module "promptsync" {
        interface PromptRegistry {
          /** Scores an inbound lead * / or not */
          "qualify-lead": {
            variables: { company: string; notes?: string | null; tone: "formal" | "friendly"; score?: number }; // 1.0.0, 1.1.0
            aliases: {
              audited: { company: string; notes?: string | null }; // 1.0.0
              dev: { lead: { name: string; tags?: readonly string[] | null } }; // 2.0.0
              production: { company: string; notes?: string | null; tone: "formal" | "friendly"; score?: number }; // 1.0.0, 1.1.0
            };
            versions: {
              "1.0.0": { company: string; notes?: string | null };
              "1.1.0": { company: string; tone: "formal" | "friendly"; score?: number };
              "2.0.0": { lead: { name: string; tags?: readonly string[] | null } };
            };
          };
          "refund": {
            variables: { order: unknown; tone?: unknown }; // 1.0.0
            aliases: {};
            versions: {
              "1.0.0": { order: unknown; tone?: unknown };
            };
          };
          "welcome": {
            variables: Record<string, never>; // 1.0.0
            aliases: {};
            versions: {
              "1.0.0": Record<string, never>;
            };
          };
        }
      }
      "
    `);
  });

  it("writes a file, and leaves one alone that holds the text already", async () => {
    const sandbox = createSandbox({ files });
    const first = await run(sandbox, "types", "--out", "src/prompts.d.ts", "--json");
    expect(JSON.parse(first.stdout)).toMatchObject({ path: "src/prompts.d.ts", changed: true, prompts: 3 });
    expect(sandbox.read("src/prompts.d.ts")).toBe(await generated());
    const second = await run(sandbox, "types", "--out", "src/prompts.d.ts");
    expect(second.stdout).toBe("src/prompts.d.ts holds the types of 3 prompts already\n");
  });

  it("never overwrites a file that it did not make", async () => {
    const sandbox = createSandbox({ files });
    sandbox.write({ "mine.ts": "export {};\n" });
    const { exitCode, stderr } = await run(sandbox, "types", "--out", "mine.ts");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("FILE_EXISTS");
    expect(sandbox.read("mine.ts")).toBe("export {};\n");
  });

  it("refuses a broken version that is served, and leaves out one that is not", async () => {
    const broken = { ...files, [`${registry}/refund/0.9.0.md`]: "no front-matter\n" };
    expect((await run(createSandbox({ files: broken }), "types")).stdout).not.toContain("0.9.0");
    const served = { ...files, [`${registry}/refund/1.0.0.md`]: "no front-matter\n" };
    const { exitCode, stderr } = await run(createSandbox({ files: served }), "types");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("PROMPT_INVALID");
  });
});

/** What does not compile, by case: the code of each error. */
let errors: Map<string, string[]>;

const right = {
  "a variable of the default alias":
    'await ask("qualify-lead", {}).then((p) => p.format({ company: "x", tone: "formal" }));',
  "an optional variable":
    'const p = await ask("refund"); p.format({ order: 1, tone: "formal" }); p.messages({ order: 1 });',
  "a variable with a default is left out":
    'const p = await ask("qualify-lead", { versionOrAlias: "production" }); p.format({ company: "x", tone: "friendly" });',
  "a nested variable":
    'const p = await ask("qualify-lead", { versionOrAlias: "dev" }); p.format({ lead: { name: "x", tags: ["a"] } });',
  "an exact version":
    'const p = await ask("qualify-lead", { versionOrAlias: "1.0.0" }); p.format({ company: "x" });',
  "an alias that only a tenant has":
    'const p = await ask("qualify-lead", { versionOrAlias: "audited" }); p.format({ company: "x" });',
  "a selector in the name": 'const p = await ask("qualify-lead@dev"); p.format({ lead: { name: "x" } });',
  "a range takes anything":
    'const p = await ask("qualify-lead", { versionOrAlias: "^1.0" }); p.format({ any: 1 });',
  "nothing where nothing is required": 'const p = await ask("welcome"); p.format(); p.format({});',
  "other options": 'await ask("refund", { key: "user-1" });',
  "the helper types":
    'const v: VariablesOf<"qualify-lead", "dev"> = { lead: { name: "x" } }; const a: AliasOf<"qualify-lead"> = "audited"; const n: PromptName = "refund"; void [v, a, n];',
  "two aliases need what both need":
    'declare const alias: "production" | "audited"; const p = await ask("qualify-lead", { versionOrAlias: alias }); p.format({ company: "x", tone: "formal" });',
};

const wrong = {
  "a missing variable": 'const p = await ask("qualify-lead"); p.format({ company: "x" });',
  "a missing variable in messages": 'const p = await ask("qualify-lead"); p.messages({ tone: "formal" });',
  "a misspelt variable": 'const p = await ask("refund"); p.format({ order: 1, tnoe: "formal" });',
  "no variables where one is required": 'const p = await ask("refund"); p.format();',
  "a variable of another type":
    'const p = await ask("qualify-lead", { versionOrAlias: "1.0.0" }); p.format({ company: 3 });',
  "a value outside of its enum":
    'const p = await ask("qualify-lead"); p.format({ company: "x", tone: "rude" });',
  "a variable where there is none": 'const p = await ask("welcome"); p.format({ name: "x" });',
  "an unknown prompt": 'await ask("qualify-led");',
  "an unknown alias": 'await ask("qualify-lead", { versionOrAlias: "prodution" });',
  "an alias of another prompt": 'await ask("refund", { versionOrAlias: "production" });',
  "an unknown alias in the name": 'await ask("qualify-lead@prodution");',
  "an unknown version": 'await ask("qualify-lead", { versionOrAlias: "9.0.0" });',
  "what only one of two aliases needs":
    'declare const alias: "production" | "audited"; const p = await ask("qualify-lead", { versionOrAlias: alias }); p.format({ company: "x" });',
};

const face = {
  // The face of the package as it is built.
  "promptsync.d.ts": 'export * from "../../../dist/index.js";',
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "esnext",
      moduleResolution: "bundler",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
      paths: { promptsync: ["./promptsync.d.ts"] },
    },
    include: ["*.ts"],
  }),
};

const head = `import { PromptManager, type VariablesOf, type AliasOf, type PromptName } from "promptsync";
const { getPrompt: ask } = new PromptManager();
`;

/** Compiles pieces of code, and more files; the codes of the errors by the name of the piece. */
function compile(
  cases: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Map<string, string[]> {
  const cache = join(project, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "promptsync-types-"));
  try {
    const names = Object.keys(cases);
    const written = names.map((name, index) => [
      `case${index}.ts`,
      `${head}${cases[name] ?? ""}\nexport {};\n`,
    ]);
    for (const [name = "", text = ""] of [...Object.entries({ ...face, ...more }), ...written])
      writeFileSync(join(folder, name), text);
    const tsc = join(project, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
      encoding: "utf8",
      cwd: folder,
    });
    const found = new Map(names.map((name): [string, string[]] => [name, []]));
    for (const [line, file = "", code = ""] of stdout.matchAll(/^(\S+?)\(\d+,\d+\): error (TS\d+).*$/gm)) {
      const name = names[Number(/^case(\d+)\.ts$/.exec(file)?.[1] ?? -1)];
      if (name === undefined) throw new Error(line);
      found.get(name)?.push(code);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

beforeAll(async () => {
  errors = compile({ ...right, ...wrong }, { "prompts.d.ts": await generated() });
});

it("without generated types every name, alias and variable compiles", () => {
  const loose =
    'const p = await ask("any", { versionOrAlias: "any" }); p.format({ any: 1 }); p.format(); p.messages();';
  const found = compile({ loose, "a number as name": "await ask(3);" });
  expect([...found.values()].map((codes) => codes.length)).toEqual([0, 1]);
});

describe("the compiler with these types", () => {
  it.each(Object.keys(right))("accepts: %s", (name) => {
    expect(errors.get(name)).toEqual([]);
  });

  it.each(Object.keys(wrong))("refuses: %s", (name) => {
    expect(errors.get(name)).toHaveLength(1);
  });
});
