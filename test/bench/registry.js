// Makes a repository with a registry of prompts × versions, committed.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The world of a generated repository: no settings of the machine. */
export const environment = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
};
delete environment.NODE_EXTRA_CA_CERTS; // makes every start of node slower, ours and the base

/** Makes the repository and returns its folder; whoever asks removes it. */
export function makeRegistry({ prompts, versions }) {
  const root = mkdtempSync(join(tmpdir(), "promptsync-bench-"));
  const state = ["schema: promptsync/v1", "project:", "  default_alias: production", "prompts:"];
  for (let index = 0; index < prompts; index++) {
    const name = `prompt-${String(index).padStart(5, "0")}`;
    const folder = join(root, "prompt-templates", `group-${index % 10}`, name);
    mkdirSync(folder, { recursive: true });
    for (let minor = 0; minor < versions; minor++) {
      writeFileSync(join(folder, `1.${minor}.0.md`), versionText(name, `1.${minor}.0`));
    }
    const newest = `"1.${versions - 1}.0"`;
    state.push(
      `  ${name}:`,
      "    owner: team",
      `    default: ${newest}`,
      "    aliases:",
      "      production:",
      `        serve: ${newest}`,
    );
  }
  writeFileSync(join(root, "prompt-templates", "promptsync.yaml"), `${state.join("\n")}\n`);
  const git = (...args) => {
    const { status, stderr } = spawnSync("git", args, { cwd: root, env: environment, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "registry");
  return root;
}

function versionText(name, version) {
  return `---
name: ${name}
version: "${version}"
summary: Says what changed in ${version}
model: gpt-4o-mini
config:
  temperature: 0.2
input:
  schema:
    company: string, the company that is spoken about
    notes?: string, what the team noted
tags:
  - bench
---
You speak about {{ company }} as ${name} does in ${version}.
{% if notes %}
The team noted: {{ notes }}
{% endif %}
Answer in at most three sentences, and name the source of every figure.
`;
}
