import { symlinkSync } from "node:fs";
import type { Desk } from "../support/desk.js";
import type { Random } from "../support/random.js";
import { triage } from "./story.js";

const registry = "prompt-templates";

/** The prompts of the registry, each with its folder. */
const folders: Readonly<Record<string, string>> = {
  tone: "shared/tone",
  greet: "task/greet",
  refund: "task/deep/refund",
  welcome: "welcome",
  triage: "support/triage",
  lone: "support/lone",
};

const versionText = (name: string, version: string, body: string, lines = ""): string =>
  triage(version, body, lines).replace("name: triage", `name: ${name}`);

/** Files of a registry that has a bit of everything, with findings of its own. */
export function registryFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, folder] of Object.entries(folders)) {
    for (const minor of [0, 1, 2]) {
      const includes = name === "greet" ? '{% include "tone@1.0.0" %} ' : "";
      files[`${registry}/${folder}/1.${minor}.0.md`] = versionText(
        name,
        `1.${minor}.0`,
        `${includes}Sort ${minor}: {{ ticket }}`,
      );
    }
  }
  files[`${registry}/support/lone/promptsync.yaml`] = 'owner: team\ndefault: "1.2.0"\n';
  files[`${registry}/support/README.md`] = "# Support\n";
  files[`${registry}/support/notes.txt`] = "stray\n";
  files[`${registry}/promptsync.yaml`] = `schema: promptsync/v1
project:
  default_alias: production
aliases:
  dev:
    protected: false
  production:
    protected: true
capabilities:
  answer:
    links:
      greet:
        priority: 10
flags:
  concise:
    expires: 2026-01-01
prompts:
  greet:
    owner: team
    default: "1.1.0"
    aliases:
      dev:
        serve: "1.2.0"
      production:
        serve: "1.1.0"
        canary:
          serve: "1.2.0"
          percent: 10
          seed: greet/production
          state: running
    deprecations:
      "1.0.0":
        reason: old
        deadline: 2026-12-31
    tenants:
      acme:
        aliases:
          production:
            serve: "1.0.0"
  # the money
  refund:
    purpose: |
      Decides
        on refunds
    default: "1.2.0"
    aliases:
      production:
        serve: "1.2.0"
  tone:
    owner: team
    default: "1.0.0"
    deprecations:
      "1.0.0":
        replacement: "1.1.0"
    yanked:
      "1.1.0":
        reason: leaks
  triage:
    owner: team
    default: "1.1.0"
  welcome:
    owner: team
    default: "1.2.0"
emergencies:
  inc-1:
    prompt: triage
    alias: production
    serve: "1.0.0"
    status: resolved
waivers:
  - rule: template-variable-unused
    target: greet
    reason: removed with the next release
    expires: 2027-01-31
    until: "9.0.0"
`;
  return files;
}

/** One thing that somebody does to the registry. */
type Deed = (desk: Desk, random: Random) => void;

const path = (name: string, file: string): string => `${registry}/${folders[name] ?? name}/${file}`;
const anyPrompt = (random: Random): string => random.of(Object.keys(folders));

const bodies = [
  "Sort: {{ ticket }}",
  "Sort: {{ tickt }}",
  'Sort {% include "tone@1.1.0" %}: {{ ticket }}',
  'Sort {% include "tone@9.0.0" %}: {{ ticket }}',
  'Sort {% include "tone@production" %}: {{ ticket }}',
  'Sort {% include "nobody@1.0.0" %}: {{ ticket }}',
  'Sort {% import "welcome@1.0.0" as w %}: {{ ticket }}',
  "Sort {{ ticket",
];

function editState(desk: Desk, change: (text: string) => string): void {
  const file = `${registry}/promptsync.yaml`;
  if (desk.exists(file)) desk.write({ [file]: change(desk.read(file)) });
}

/** What may happen to a registry between two commits. */
export const deeds: Readonly<Record<string, Deed>> = {
  "a next version": (desk, random) => {
    const name = anyPrompt(random);
    const version = random.of(["1.3.0", "1.2.1", "1.0.1", "2.0.0", "1.4.0", "1.3.0-beta.1"]);
    const lines = random.of(["", "    locale: string\n"]);
    desk.write({ [path(name, `${version}.md`)]: versionText(name, version, random.of(bodies), lines) });
  },
  "a new prompt": (desk, random) => {
    const name = random.of(["fresh", "greet", "refund", "greet-2"]);
    const folder = random.of([name, `task/${name}`, `new/${name}`, `a/b/${name}`]);
    desk.write({ [`${registry}/${folder}/1.0.0.md`]: versionText(name, "1.0.0", random.of(bodies)) });
  },
  "an edit of a merged version": (desk, random) => {
    const name = anyPrompt(random);
    desk.write({ [path(name, "1.1.0.md")]: versionText(name, "1.1.0", random.of(bodies)) });
  },
  "a deleted version": (desk, random) => {
    desk.remove(path(anyPrompt(random), `1.${random.below(3)}.0.md`));
  },
  "a moved prompt": (desk, random) => {
    const name = anyPrompt(random);
    for (const minor of [0, 1, 2]) {
      const from = path(name, `1.${minor}.0.md`);
      if (!desk.exists(from)) continue;
      desk.write({ [`${registry}/moved/${name}/1.${minor}.0.md`]: desk.read(from) });
      desk.remove(from);
    }
  },
  "a renamed version": (desk, random) => {
    const name = anyPrompt(random);
    if (!desk.exists(path(name, "1.1.0.md"))) return;
    const text = desk.read(path(name, "1.1.0.md")).replace("1.1.0", "1.5.0");
    desk.write({ [path(name, "1.5.0.md")]: text });
    desk.remove(path(name, "1.1.0.md"));
  },
  "a stray file": (desk, random) => {
    const files = ["notes.txt", "Triage/1.0.0.md", "triage/v1.md", "lone/1.3.0.MD", ".hidden", "readme.md"];
    desk.write({ [`${registry}/support/${random.of(files)}`]: "---\n---\n" });
  },
  "a twin": (desk, random) => {
    const twins = [
      "Support/triage/1.0.0.md",
      "support/TRIAGE/1.1.0.md",
      "welcome/1.0.0.MD",
      "WELCOME/1.3.0.md",
    ];
    desk.write({ [`${registry}/${random.of(twins)}`]: versionText("triage", "1.0.0", "{{ ticket }}") });
  },
  "a link": (desk, random) => {
    const at = desk.path(`${registry}/support/triage/${random.of(["1.6.0.md", "link.txt"])}`);
    if (!desk.exists(at)) symlinkSync("1.0.0.md", at);
  },
  "a version with Windows lines": (desk) => {
    desk.write({
      [path("triage", "1.3.0.md")]: versionText("triage", "1.3.0", "{{ ticket }}").replaceAll("\n", "\r\n"),
    });
  },
  "an alias move": (desk, random) => {
    const to = random.of(["1.0.0", "1.2.0", "7.0.0", "1.3.0"]);
    editState(desk, (text) => text.replace('serve: "1.1.0"', `serve: "${to}"`));
  },
  "an edit of one block": (desk, random) => {
    const edits: readonly (readonly [string, string])[] = [
      ['    owner: team\n    default: "1.1.0"\n', '    default: "1.3.0"\n'],
      ["percent: 10", "percent: 110"],
      ["acme:\n        aliases:\n          production:", "acme:\n        aliases:\n          prodution:"],
      ["  # the money\n", "  # the money, and more\n"],
      ["  welcome:\n", "  wellcome:\n"],
      ["deadline: 2026-12-31", "deadline: 2026-12-01"],
      ['      dev:\n        serve: "1.2.0"\n', ""],
      ["on refunds", "on refunds: {"],
      [
        '  tone:\n    owner: team\n    default: "1.0.0"\n',
        '  tone:\n    owner: "team\n    default: "1.0.0"\n',
      ],
      ["  triage:\n", '  "triage":\n'],
      ["  triage:\n", "  greet:\n    owner: x\n  triage:\n"],
    ];
    const [from, to] = random.of(edits);
    editState(desk, (text) => text.replace(from, to));
  },
  "an edit around the blocks": (desk, random) => {
    const edits: readonly (readonly [string, string])[] = [
      ["      greet:\n        priority: 10", "      gret:\n        priority: 10"],
      ["expires: 2026-01-01", "expires: 2027-01-01"],
      ["    prompt: triage\n    alias: production", "    prompt: nobody\n    alias: production"],
      ['    serve: "1.0.0"\n    status: resolved', '    serve: "8.0.0"\n    status: active'],
      ["default_alias: production", "default_alias: prod"],
      ["    protected: true", "    protected: [no]"],
      ['until: "9.0.0"', 'until: "1.1.0"'],
      [
        "emergencies:\n",
        'emergencies:\n  inc-2:\n    prompt: welcome\n    alias: dev\n    serve: "1.0.0"\n    status: active\n',
      ],
    ];
    const [from, to] = random.of(edits);
    editState(desk, (text) => text.replace(from, to));
  },
  "a split": (desk) => {
    const block = '  welcome:\n    owner: team\n    default: "1.2.0"\n';
    editState(desk, (text) => text.replace(block, ""));
    desk.write({ [path("welcome", "promptsync.yaml")]: 'owner: team\ndefault: "1.2.0"\n' });
  },
  "an edit of a prompt's own file": (desk, random) => {
    const text = random.of(['default: "1.2.0"\n', 'owner: team\ndefault: "3.0.0"\n', "owner: [", ""]);
    desk.write({ [path("lone", "promptsync.yaml")]: text });
  },
  "no state": (desk, random) => {
    if (random.below(3) === 0) desk.remove(`${registry}/promptsync.yaml`);
  },
};
