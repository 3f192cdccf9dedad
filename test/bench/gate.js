// What the hook and the check of a pull request cost beside node and git, and how they grow with the registry.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countGit } from "./count-git.js";
import {
  ajvOn,
  asPackage,
  changesetStatus,
  commitlint,
  described,
  installPeers,
  writeInto,
} from "./gate-peers.js";
import { ratio } from "./measure.js";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const node = `'${process.execPath}' -e 0`;

const committed = "validate --base main --committed";

/** Rows for `validate`: of the index, of a branch, of HEAD, and of everything. */
export async function gate() {
  await installPeers();
  return [
    onRegistry({ prompts: 1_000, changed: 1 }, (cwd) => [
      row(cwd, "validate --staged", "node", node),
      row(cwd, "validate --staged", "node + git diff --cached", `git diff --cached --name-only && ${node}`),
    ]),
    ...[1_000, 10_000].map((prompts) =>
      onRegistry({ prompts, changed: 10, isCommitted: true }, (cwd) => [
        row(cwd, committed, "node", node, 1.6),
        row(cwd, committed, "node + git diff", `git diff --raw main HEAD && ${node}`),
        row(cwd, "validate --base main", "node", node),
        row(cwd, "validate --base main", "node + git diff", `git diff --raw main && ${node}`),
      ]),
    ),
    onRegistry({ prompts: 1_000, changed: 10, isCommitted: true, isPackage: true }, (cwd) => [
      row(cwd, committed, "changeset status", changesetStatus, 0.2),
      row(cwd, committed, "commitlint", commitlint, 0.15),
    ]),
    onRegistry({ prompts: 1_000, changed: 0 }, ofEverything),
  ].flat();
}

/** What was kept of the run before is thrown away for the one row, and used for the other. */
function ofEverything(cwd) {
  const { command, folder } = ajvOn(join(cwd, "prompt-templates"));
  const forget = `rm -rf .git/promptsync && '${process.execPath}' '${bin}' validate`;
  const options = { base: ["sh", "-c", command], runs: 3, cwd, env: environment };
  const cold = ratio("validate, cold", "ajv-cli", { ...options, ours: ["sh", "-c", forget] });
  rmSync(folder, { recursive: true, force: true });
  return [
    { ...cold, goal: 0.3 },
    { ...row(cwd, "validate", "node", node, 2.5), name: "validate, again" },
  ];
}

function row(cwd, words, against, base, goal) {
  const ours = [process.execPath, bin, ...words.split(" ")];
  const note = `${countGit(ours, { cwd, env: environment })} git`;
  const figures = ratio(words, against, { ours, base: ["sh", "-c", base], runs: 5, cwd, env: environment });
  return { ...figures, goal, note };
}

/** Rows measured in a registry of ten versions a prompt, to which the next minor version of some prompts is added. */
function onRegistry({ prompts, changed, isCommitted = false, isPackage = false }, measure) {
  const cwd = makeRegistry({ prompts, versions: 10 });
  const git = (...args) => {
    const { status, stderr } = spawnSync("git", args, { cwd, env: environment });
    if (status !== 0) throw new Error(String(stderr));
  };
  const commit = (subject) => {
    git("add", "--all");
    git("commit", "--quiet", "--message", subject);
  };
  try {
    if (isPackage) {
      writeInto(cwd, asPackage);
      commit("build: a package with changesets");
    }
    git("switch", "--quiet", "--create", "work");
    for (let index = 0; index < changed; index++) {
      const folder = join(
        cwd,
        "prompt-templates",
        `group-${index}`,
        `prompt-${String(index).padStart(5, "0")}`,
      );
      const text = readFileSync(join(folder, "1.9.0.md"), "utf8").replaceAll("1.9.0", "1.10.0");
      writeFileSync(join(folder, "1.10.0.md"), text);
    }
    if (isPackage) writeInto(cwd, described);
    git("add", "--all");
    if (isCommitted) commit("feat: next versions");
    const size = `${(prompts * 10).toLocaleString("en")} versions, ${changed} changed`;
    return measure(cwd).map((it) => ({ ...it, name: `${it.name} (${size})` }));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
