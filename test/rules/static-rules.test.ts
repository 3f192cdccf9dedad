import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.js";
import { lint } from "../../src/rules/lint.js";
import { fixtures as gateFixtures } from "./gate-fixtures.js";
import { calmState, welcome, worldOf, type Files } from "./world.js";

/** A registry, and all that any rule finds in it: rule, file without the registry folder, line and column. */
interface Fixture {
  readonly title: string;
  readonly files: Files;
  readonly findings: readonly string[];
}

const calm = { "promptsync.yaml": calmState, "chat/welcome/1.0.0.md": welcome("1.0.0") };
const state = (lines: string): string => `${calmState}${lines}`;

const fixtures: readonly Fixture[] = [
  { title: "a calm registry", files: calm, findings: [] },
  { title: "an empty registry", files: {}, findings: [] },
  {
    title: "two versions, a README, dot-files and a full state",
    files: {
      ...calm,
      "chat/welcome/1.0.1.md": welcome("1.0.1"),
      "README.md": "",
      ".gitattributes": "",
      "promptsync.yaml": state(
        '    aliases:\n      production:\n        serve: "1.0.0"\n        canary: { serve: "1.0.1", percent: 33.33, seed: s, state: running, steps: [1, 33.33, 100] }\n',
      ),
    },
    findings: [],
  },
  {
    title: "a prompt with a state file of its own",
    files: {
      "promptsync.yaml": "schema: promptsync/v1\n",
      "chat/welcome/1.0.0.md": welcome("1.0.0"),
      "chat/welcome/promptsync.yaml": 'owner: team-support\ndefault: "1.0.0"\n',
    },
    findings: [],
  },
  {
    title: "a path that is none",
    files: { ...calm, "chat/Triage/v1.2.md": welcome("1.0.0") },
    findings: ["layout-path-invalid chat/Triage/v1.2.md:1:1"],
  },
  {
    title: "a copied file with its old number",
    files: { ...calm, "chat/welcome/1.0.1.md": welcome("1.0.0").replace("input:", "summary: x\ninput:") },
    findings: [
      "layout-identity-mismatch chat/welcome/1.0.1.md:3:10",
      "registry-version-unreachable promptsync.yaml:3:3",
    ],
  },
  {
    title: "one name in two groups",
    files: { ...calm, "task/welcome/1.0.0.md": welcome("1.0.0") },
    findings: ["layout-name-duplicate task/welcome/1.0.0.md:1:1"],
  },
  {
    title: "paths that differ in case",
    files: { ...calm, "chat/Welcome/1.0.0.md": welcome("1.0.0") },
    findings: [
      "layout-path-invalid chat/Welcome/1.0.0.md:1:1",
      "layout-case-collision chat/welcome/1.0.0.md:1:1",
    ],
  },
  {
    title: "a stray file",
    files: { ...calm, "chat/welcome/notes.txt": "remember" },
    findings: ["layout-unexpected-file chat/welcome/notes.txt:1:1"],
  },
  {
    title: "a file with a byte order mark",
    files: { ...calm, "chat/welcome/1.0.0.md": `\uFEFF${welcome("1.0.0")}` },
    findings: ["layout-encoding-invalid chat/welcome/1.0.0.md:1:1"],
  },
  {
    title: "a key that stands twice",
    files: { ...calm, "chat/welcome/1.0.0.md": welcome("1.0.0", "model: a\nmodel: b\n") },
    findings: ["schema-yaml-invalid chat/welcome/1.0.0.md:8:1"],
  },
  {
    title: "a second version without a summary, and one without a version",
    files: {
      ...calm,
      "chat/welcome/1.0.1.md": welcome("1.0.1").replace("summary: Warmer\n", ""),
      "chat/welcome/1.0.2.md": welcome("1.0.2").replace('version: "1.0.2"\n', ""),
    },
    findings: [
      "schema-field-missing chat/welcome/1.0.1.md:3:1",
      "schema-field-missing chat/welcome/1.0.2.md:2:1",
      "registry-version-unreachable promptsync.yaml:3:3",
    ],
  },
  {
    title: "a number where a text belongs",
    files: { ...calm, "chat/welcome/1.0.0.md": welcome("1.0.0", "model: 4\n") },
    findings: ["schema-field-invalid chat/welcome/1.0.0.md:7:8"],
  },
  {
    title: "a mistyped key",
    files: { ...calm, "chat/welcome/1.0.0.md": welcome("1.0.0", "modle: x\n") },
    findings: ["schema-field-unknown chat/welcome/1.0.0.md:7:1"],
  },
  {
    title: "an input schema of an unknown type",
    files: { ...calm, "chat/welcome/1.0.0.md": welcome("1.0.0", "input:\n  schema:\n    name: strin\n") },
    findings: ["schema-input-invalid chat/welcome/1.0.0.md:6:11"],
  },
  {
    title: "an output schema of an unknown type",
    files: { ...calm, "chat/welcome/1.0.0.md": welcome("1.0.0", "output:\n  schema:\n    score: int\n") },
    findings: ["schema-output-invalid chat/welcome/1.0.0.md:9:12"],
  },
  {
    title: "a state with a mistyped section",
    files: { ...calm, "promptsync.yaml": state("alias: {}\n") },
    findings: ["registry-invalid promptsync.yaml:6:1"],
  },
  {
    title: "a version with conflict markers",
    files: {
      ...calm,
      "chat/welcome/1.0.1.md": welcome("1.0.1").replace(
        /^summary: .*$/m,
        "<<<<<<< HEAD\nsummary: Kinder\n=======\nsummary: Warmer\n>>>>>>> theirs",
      ),
    },
    findings: [
      "schema-yaml-invalid chat/welcome/1.0.1.md:4:1",
      "registry-version-unreachable promptsync.yaml:3:3",
    ],
  },
  {
    title: "a state with conflict markers",
    files: { ...calm, "promptsync.yaml": state("<<<<<<< HEAD\n=======\n>>>>>>> other\n") },
    findings: ["registry-invalid promptsync.yaml:6:1"],
  },
  {
    title: "an alias that serves a version nobody made, and a block of no prompt",
    files: {
      ...calm,
      "promptsync.yaml": state('    aliases:\n      dev:\n        serve: "9.0.0"\n  welcom:\n    owner: x\n'),
    },
    findings: [
      "registry-reference-dangling promptsync.yaml:8:16",
      "registry-reference-dangling promptsync.yaml:9:3",
    ],
  },
  {
    title: "a capability that links no prompt, and a tenant, a rule and an emergency of unknown versions",
    files: {
      ...calm,
      "promptsync.yaml": `schema: promptsync/v1
capabilities:
  greet:
    links:
      welcom: { priority: 1 }
prompts:
  welcome:
    owner: team-support
    default: "1.0.0"
    rules:
      a: { when: {}, serve: "9.0.0" }
    tenants:
      acme: { aliases: { dev: { serve: "9.0.0" } } }
emergencies:
  inc-1: { prompt: welcome, serve: "9.0.0", status: active, label: leak, post_mortem_due: 2030-01-01 }
`,
    },
    findings: [
      "registry-reference-dangling promptsync.yaml:5:7",
      "registry-reference-dangling promptsync.yaml:11:29",
      "registry-alias-unknown promptsync.yaml:13:26",
      "registry-reference-dangling promptsync.yaml:13:40",
      "registry-reference-dangling promptsync.yaml:15:36",
    ],
  },
  {
    title: "a prompt without a default",
    files: { ...calm, "promptsync.yaml": calmState.replace('    default: "1.0.0"\n', "") },
    findings: ["registry-default-missing promptsync.yaml:3:3"],
  },
  {
    title: "a prompt without an owner",
    files: { ...calm, "promptsync.yaml": calmState.replace("    owner: team-support\n", "") },
    findings: ["registry-owner-missing promptsync.yaml:4:5"],
  },
  {
    title: "an owner that is not listed",
    files: {
      ...calm,
      "promptsync.yaml": calmState.replace("prompts:", "owners:\n  team-sales: {}\nprompts:"),
    },
    findings: ["registry-owner-missing promptsync.yaml:6:12"],
  },
  {
    title: "a deprecation that leads back to the version itself, and lines that no version is of",
    files: {
      ...calm,
      "promptsync.yaml": state(
        '    deprecations: { "1.0.0": { replacement: "1.0.0" } }\n    maintained: ["1.4", "7", "1", "2.0"]\n',
      ),
    },
    findings: [
      "registry-deprecated-in-use promptsync.yaml:5:14",
      "registry-reference-dangling promptsync.yaml:6:45",
      "registry-reference-dangling promptsync.yaml:7:25",
      "registry-reference-dangling promptsync.yaml:7:35",
    ],
  },
  {
    title: "maintained lines that are none",
    files: { ...calm, "promptsync.yaml": state("    maintained: [nope, '1.x', 1.2, '01']\n") },
    findings: [
      "registry-invalid promptsync.yaml:6:18",
      "registry-invalid promptsync.yaml:6:24",
      "registry-invalid promptsync.yaml:6:31",
      "registry-invalid promptsync.yaml:6:36",
    ],
  },
  {
    title: "days that no calendar has",
    files: {
      ...calm,
      "promptsync.yaml": `${calmState}    deprecations: { "1.0.0": { deprecated: 2026-02-29, deadline: 2028-02-29 } }
flags:
  tone: { owner: me, created: 2026-00-10, expires: 2026-02-31 }
emergencies:
  inc-1: { prompt: welcome, serve: "1.0.0", status: resolved, opened: 2026-01-01T24:00:00Z, post_mortem_due: 2026-04-31 }
`,
    },
    findings: [
      "registry-invalid promptsync.yaml:6:44",
      "registry-invalid promptsync.yaml:8:31",
      "registry-invalid promptsync.yaml:8:52",
      "registry-invalid promptsync.yaml:10:71",
      "registry-invalid promptsync.yaml:10:110",
    ],
  },
  {
    title: "a canary that is wrong in every way",
    files: {
      ...calm,
      "promptsync.yaml": state(
        '    aliases:\n      dev:\n        serve: "1.0.0"\n        canary: { serve: "1.0.0", percent: 100.001, seed: s, state: off, steps: [10, 5] }\n',
      ),
    },
    findings: [
      "registry-canary-invalid promptsync.yaml:9:26",
      "registry-canary-invalid promptsync.yaml:9:44",
      "registry-canary-invalid promptsync.yaml:9:69",
      "registry-canary-invalid promptsync.yaml:9:81",
    ],
  },
];

const found = (files: Files) =>
  lint(worldOf(files), rules).map(
    ({ rule, file, line, column }) => `${rule} ${file.replace("prompt-templates/", "")}:${line}:${column}`,
  );

describe("every rule on every registry", () => {
  it.each(fixtures)("$title", ({ files, findings }) => {
    expect(found(files)).toEqual(findings);
  });

  it("finds the same in files of another order", () => {
    for (const { files } of fixtures) {
      expect(found(Object.fromEntries(Object.entries(files).reverse()))).toHaveLength(found(files).length);
    }
  });

  it("says what happened and what to do, in one line each and no full stop", () => {
    for (const { files } of fixtures) {
      for (const { message, hint } of lint(worldOf(files), rules)) {
        expect(message).toMatch(/^[^\n]+[^.\n]$/);
        expect(hint).toMatch(/^[^\n]+[^.\n]$/);
      }
    }
  });
});

describe("a rule", () => {
  const own = rules.filter(
    ({ category, scope }) => scope === "static" && ["layout", "schema", "registry"].includes(category),
  );

  it.each(own)("$id has a registry here that breaks it", ({ id }) => {
    const isHere = fixtures.some(({ findings }) => findings.some((finding) => finding.startsWith(`${id} `)));
    expect(isHere || gateFixtures.some(({ rule }) => rule === id)).toBe(true);
  });

  it.each(rules)("$id has a page and a category that its name begins with", (rule) => {
    expect(rule.id.startsWith(`${rule.category}-`)).toBe(true);
    for (const text of [rule.checks, rule.why, rule.wrong, rule.right]) expect(text).not.toBe("");
    expect(rule.checks).not.toMatch(/\.$/);
    expect(rules.filter(({ id }) => id === rule.id)).toHaveLength(1);
  });
});

describe("lint", () => {
  const files = {
    ...calm,
    "chat/welcome/notes.txt": "",
    "chat/welcome/1.0.0.md": welcome("1.0.0", "model: 4\n"),
  };
  const severities = (overrides?: Parameters<typeof lint>[2]) =>
    lint(worldOf(files), rules, overrides).map(({ rule, severity }) => [rule, severity]);

  it("gives each finding its rule's severity, the prompt and the version", () => {
    expect(lint(worldOf(files), rules)).toMatchObject([
      { rule: "schema-field-invalid", severity: "error", prompt: "welcome", version: "1.0.0" },
      { rule: "layout-unexpected-file", severity: "warning", prompt: null, version: null },
    ]);
  });

  it("lets the settings change a category or a rule, the rule winning", () => {
    expect(severities({ layout: "error", "schema-field-invalid": "off" })).toEqual([
      ["layout-unexpected-file", "error"],
    ]);
    expect(severities({ schema: "off", "schema-field-invalid": "info", layout: "off" })).toEqual([
      ["schema-field-invalid", "info"],
    ]);
  });
});
