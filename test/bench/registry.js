// Makes a repository with a registry of prompts × versions, committed.
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
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

/** Makes the repository and returns its folder; whoever asks removes it. One stream for git: 100,000 files in seconds. */
export function makeRegistry({ prompts, versions }) {
  const root = mkdtempSync(join(tmpdir(), "promptsync-bench-"));
  const git = (args, input) => {
    const { status, stderr } = spawnSync("git", args, { cwd: root, env: environment, input });
    if (status !== 0) throw new Error(String(stderr));
  };
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["fast-import", "--quiet"], [...streamOf(prompts, versions)].join(""));
  git(["reset", "--quiet", "--hard"]);
  settle(git);
  return root;
}

/** Leaves a checkout as the first `git status` leaves it: of files as young as its index, git reads every byte again. */
function settle(git) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_100); // git tells times apart by the second
  git(["update-index", "--refresh", "-q"]);
}

function* streamOf(prompts, versions) {
  yield "commit refs/heads/main\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 8\nregistry\n";
  const state = ["schema: promptsync/v1", "project:", "  default_alias: production", "prompts:"];
  for (let index = 0; index < prompts; index++) {
    const name = `prompt-${String(index).padStart(5, "0")}`;
    const folder = `prompt-templates/group-${index % 10}/${name}`;
    for (let minor = 0; minor < versions; minor++) {
      yield file(`${folder}/1.${minor}.0.md`, versionText(name, `1.${minor}.0`));
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
  yield file("prompt-templates/promptsync.yaml", `${state.join("\n")}\n`);
}

/** A file in the words of `git fast-import`. */
export function file(path, text) {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
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
