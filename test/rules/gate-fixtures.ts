import { comparePrompts } from "../../src/compare/index.js";
import { readDraft } from "../../src/core/prompt-file/read-draft.js";
import { ruleIds } from "../../src/rules/index.js";
import type { BasePicture, World } from "../../src/rules/rule.js";
import { readWaivers } from "../../src/rules/waivers.js";
import { calmState, welcome, worldOf, type Files } from "./world.js";

/** A registry that breaks one rule, and the same registry mended. */
export interface Fixture {
  readonly rule: string;
  readonly wrong: World;
  readonly right: World;
}

const path = "chat/welcome/1.0.0.md";

/** The world of a registry as `validate` reads it; `before` is its base. */
function world(files: Files, { before, drafts = {} }: { before?: Files; drafts?: Files } = {}): World {
  const read = worldOf(files);
  const bodies = new Map(read.versions.map((it) => [`${it.name}@${it.version}`, it.prompt?.body]));
  return {
    ...read,
    template: { load: (id) => bodies.get(id) ?? null },
    waivers: readWaivers(read.catalog, { ruleIds, today: read.today, horizon: 90 }),
    drafts: Object.entries(drafts).map(([file, text]) => {
      const name = file.replace(/^.*\/|\.md$/g, "");
      return { name, file, hasOwnColumns: true, ...readDraft(text, "md", name) };
    }),
    ...(before === undefined ? {} : { base: pictureOf(before, read) }),
  };
}

function pictureOf(before: Files, { versions }: World): BasePicture {
  const old = worldOf(before);
  const known = new Map(old.versions.map((it) => [it.path, it]));
  const users = new Map<string, string[]>();
  for (const { text, path: user } of old.versions)
    for (const [, id = ""] of text.matchAll(/"(\w+@[\d.]+)"/g))
      users.set(id, [...(users.get(id) ?? []), user]);
  const changes = versions.flatMap((after) => {
    const was = known.get(after.path);
    if (was?.text === after.text) return [];
    const { name, version } = after;
    const status = was === undefined ? ("added" as const) : ("modified" as const);
    return [{ label: "main", status, name, version, path: after.path, after, ...(was && { before: was }) }];
  });
  return {
    label: "main",
    isDiff: true,
    catalog: old.catalog,
    tip: old.catalog,
    changes,
    predecessors: new Map(),
    compare: comparePrompts,
    users,
    isSameBlob: () => false,
  };
}

const one = (lines: string, body?: string): World =>
  world({ "promptsync.yaml": calmState, [path]: welcome("1.0.0", lines, body) });
const state = (lines: string): Files => ({
  "promptsync.yaml": `${calmState}${lines}`,
  [path]: welcome("1.0.0"),
  "chat/welcome/2.0.0.md": welcome("2.0.0"),
});
const input = (schema: string, more = ""): string => `input:\n  schema: ${schema}\n${more}`;
const output = (schema: string, more = ""): string => `output:\n  format: json\n${more}  schema: ${schema}\n`;
const aliases = (serve: string, more = ""): string =>
  `    aliases:\n      production:\n        serve: "${serve}"\n        ${more}\n`;
const moved = (from: string, to: string, settings = ""): World =>
  world(state(`${aliases(to)}${settings}`), { before: state(`${aliases(from)}${settings}`) });
const deprecation = (deadline: string, announced = "2026-10-20"): string =>
  `    deprecations:\n      "1.0.0": { replacement: "2.0.0", deprecated: ${announced}, deadline: ${deadline} }\n`;
const yanked = (version: string): string =>
  `    yanked:\n      "${version}": { reason: leaks the name, since: 2026-10-20 }\n`;
const include = (id: string, more = ""): World =>
  world({
    "promptsync.yaml": `${calmState}  tone:\n    owner: team\n    default: "1.0.0"\n${more}`,
    [path]: welcome("1.0.0", "", `{% include "${id}" %} {{ name }}`),
    "chat/tone/1.0.0.md": '---\nname: tone\nversion: "1.0.0"\n---\nBe warm.\n',
  });
const waiver = (more: string): World =>
  world({
    "promptsync.yaml": `${calmState}waivers:\n  - rule: template-variable-unused\n    target: welcome\n${more}`,
    [path]: welcome("1.0.0", input("{ name: string, tone: string }")),
  });
const arms = (version: string, lines: string, body?: string): World =>
  world({
    "promptsync.yaml": `${calmState}${aliases("1.0.0", `canary: { serve: "${version}", percent: 10, seed: s, state: running }`)}`,
    [path]: welcome("1.0.0"),
    [`chat/welcome/${version}.md`]: welcome(version, lines, body),
  });

export const fixtures: readonly Fixture[] = [
  {
    rule: "schema-input-invalid",
    wrong: one(input("{ type: object, properties: { name: { $ref: '#/$defs/nam' } }, required: [name] }")),
    right: one(
      input(
        "{ type: object, properties: { name: { $ref: '#/$defs/name' } }, required: [name], $defs: { name: { type: string } } }",
      ),
    ),
  },
  {
    rule: "schema-input-invalid",
    wrong: one(
      input("{ type: object, properties: { name: { type: string, pattern: '^(a+)+$' } }, required: [name] }"),
    ),
    right: one(
      input(
        "{ type: object, properties: { name: { type: string, pattern: '^[a-z0-9]+([._-][a-z0-9]+)*$' } }, required: [name] }",
      ),
    ),
  },
  {
    rule: "schema-input-invalid",
    wrong: one(
      input(
        "{ type: object, properties: { name: { type: string, pattern: '^(?!x)(.)\\1$' } }, required: [name] }",
      ),
    ),
    right: one(
      input(
        "{ type: object, properties: { name: { type: string, pattern: '^\\p{L}+$' } }, required: [name] }",
      ),
    ),
  },
  {
    rule: "schema-output-invalid",
    wrong: one(output("{ type: object, allOf: [{ $ref: '#' }] }")),
    right: one(output("{ type: object, properties: { next: { $ref: '#' } } }")),
  },
  {
    rule: "schema-default-invalid",
    wrong: one(input("{ name(enum): [low, normal] }", "  default: { name: high }\n")),
    right: one(input("{ name(enum): [low, normal] }", "  default: { name: low }\n")),
  },
  {
    rule: "schema-output-provider-subset",
    wrong: one(output("{ note?: string }", "  strict: true\n")),
    right: one(output("{ note: string }", "  strict: true\n")),
  },
  {
    rule: "schema-secret-literal",
    wrong: one("", "Hi {{ name }}. The key is AKIAIOSFODNN7EXAMPLE."),
    right: one("", "Hi {{ name }}. The key is AKIA…"),
  },
  {
    rule: "template-conflict-markers",
    wrong: one("", "<<<<<<< HEAD\nHi {{ name }}.\n=======\nHello {{ name }}.\n>>>>>>> work"),
    right: one("", "Hi {{ name }}.\n=======\n<<<<<<< of git, or of you?\n>>>>>>> Both."),
  },
  { rule: "template-syntax-error", wrong: one("", "{% if name %}Hi {{ name }}"), right: one("") },
  { rule: "template-variable-undeclared", wrong: one("", "Hi {{ name }} {{ nmae }}"), right: one("") },
  { rule: "template-variable-unused", wrong: one("", "Hi."), right: one("") },
  {
    rule: "template-optional-unguarded",
    wrong: one(input("{ name?: string }")),
    right: one(input("{ name?: string }"), 'Hi {{ name | default("you") }}.'),
  },
  {
    rule: "template-property-unknown",
    wrong: one(input("{ user: { name: string } }"), "Hi {{ user.nmae }}."),
    right: one(input("{ user: { name: string } }"), "Hi {{ user.name }}."),
  },
  { rule: "template-include-unresolved", wrong: include("tone@1.1.0"), right: include("tone@1.0.0") },
  { rule: "template-include-floating", wrong: include("tone@production"), right: include("tone@1.0.0") },
  {
    rule: "template-example-render-failed",
    wrong: one("examples:\n  - name: angry\n    input: {}\n"),
    right: one("examples:\n  - name: angry\n    input: { name: Ada }\n    output: Hi Ada.\n"),
  },
  {
    rule: "immutable-dependency-changed",
    wrong: dependency("Be cold."),
    right: dependency("Be warm."),
  },
  {
    rule: "registry-alias-unknown",
    wrong: world(
      state(`${aliases("2.0.0")}    tenants:\n      acme: { aliases: { prodution: { serve: "1.0.0" } } }\n`),
    ),
    right: world(
      state(`${aliases("2.0.0")}    tenants:\n      acme: { aliases: { production: { serve: "1.0.0" } } }\n`),
    ),
  },
  {
    rule: "registry-arms-incompatible",
    wrong: arms("2.0.0", input("{ name: string, locale: string }"), "Hi {{ name }} in {{ locale }}."),
    right: arms(
      "1.1.0",
      input("{ name: string, locale: string }", "  default: { locale: en }\n"),
      "Hi {{ name }} in {{ locale }}.",
    ),
  },
  { rule: "registry-alias-crosses-major", wrong: moved("1.0.0", "2.0.0"), right: moved("2.0.0", "2.0.0") },
  {
    rule: "registry-gates-unproven",
    wrong: moved(
      "1.0.0",
      "2.0.0",
      "aliases:\n  production: { protected: true, gates: release }\ngates:\n  release: {}\n",
    ),
    right: moved(
      "2.0.0",
      "2.0.0",
      "aliases:\n  production: { protected: true, gates: release }\ngates:\n  release: {}\n",
    ),
  },
  {
    rule: "registry-yanked-in-use",
    wrong: world(state(`${aliases("2.0.0")}${yanked("1.0.0")}`)),
    right: world({
      ...state(`${aliases("2.0.0")}${yanked("1.0.0")}`),
      ...newDefault(`${aliases("2.0.0")}${yanked("1.0.0")}`),
    }),
  },
  {
    rule: "registry-yanked-in-use",
    wrong: world(state(`${aliases("1.0.0")}${yanked("1.0.0")}`)),
    right: world(newDefault(`${aliases("2.0.0")}${yanked("1.0.0")}`)),
  },
  {
    rule: "registry-yanked-in-use",
    wrong: include("tone@1.0.0", `    yanked: { "1.0.0": { reason: too cold, since: 2026-10-20 } }\n`),
    right: include("tone@1.0.0"),
  },
  {
    rule: "registry-deprecated-in-use",
    wrong: world(state(`${aliases("1.0.0")}${deprecation("2026-12-01")}`)),
    right: world({
      ...state(`${aliases("2.0.0")}${deprecation("2026-12-01")}`),
      ...newDefault(deprecation("2026-12-01")),
    }),
  },
  {
    rule: "registry-sunset-invalid",
    wrong: world(newDefault(deprecation("2026-11-05")), { before: newDefault("") }),
    right: world(newDefault(deprecation("2026-12-05")), { before: newDefault("") }),
  },
  {
    rule: "registry-sunset-invalid",
    wrong: world(newDefault(deprecation("2026-12-05", "2026-09-01")), { before: newDefault("") }),
    right: world(newDefault(deprecation("2026-12-05", "2026-11-01")), { before: newDefault("") }),
  },
  {
    rule: "registry-flag-expired",
    wrong: world(newDefault("flags:\n  new-tone: { owner: me, expires: 2026-11-01 }\n")),
    right: world(newDefault("flags:\n  new-tone: { owner: me, expires: 2026-11-03 }\n")),
  },
  {
    rule: "registry-post-mortem-due",
    wrong: world(newDefault(emergency("2026-11-01"))),
    right: world(newDefault(emergency("2026-11-10"))),
  },
  {
    rule: "registry-post-mortem-due",
    wrong: world(newDefault('emergencies:\n  inc-1: { prompt: welcome, serve: "1.0.0", status: active }\n')),
    right: world(newDefault(emergency("2026-11-10"))),
  },
  {
    rule: "registry-version-unreachable",
    wrong: world(state("")),
    right: world(newDefault("")),
  },
  {
    rule: "draft-invalid",
    wrong: world(newDefault(""), { drafts: { "prompts/bye.md": "Bye {{ name" } }),
    right: world(newDefault(""), { drafts: { "prompts/bye.md": "Bye {{ name }}" } }),
  },
  {
    rule: "waiver-invalid",
    wrong: waiver("    reason: todo\n"),
    right: waiver("    reason: goes away with 2.0.0 in March\n"),
  },
  {
    rule: "waiver-invalid",
    wrong: waiver("    reason: goes away with 2.0.0 in March\n    expires: 2026-11-31\n"),
    right: waiver("    reason: goes away with 2.0.0 in March\n    expires: 2026-11-30\n"),
  },
  {
    rule: "waiver-stale",
    wrong: waiver("    reason: goes away with 2.0.0 in March\n    expires: 2026-11-01\n"),
    right: waiver("    reason: goes away with 2.0.0 in March\n    expires: 2026-12-01\n"),
  },
];

function newDefault(lines: string): Files {
  const files = state(lines);
  return {
    ...files,
    "promptsync.yaml": (files["promptsync.yaml"] ?? "").replace('default: "1.0.0"', 'default: "2.0.0"'),
  };
}

function emergency(due: string): string {
  return `emergencies:\n  inc-1: { prompt: welcome, serve: "1.0.0", label: leak, status: active, post_mortem_due: ${due} }\n`;
}

function dependency(tone: string): World {
  const files = (text: string): Files => ({
    "promptsync.yaml": `${calmState}  tone:\n    owner: team\n    default: "1.0.0"\n`,
    [path]: welcome("1.0.0", "", '{% include "tone@1.0.0" %} {{ name }}'),
    "chat/tone/1.0.0.md": `---\nname: tone\nversion: "1.0.0"\n---\n${text}\n`,
  });
  return world(files(tone), { before: files("Be warm.") });
}
