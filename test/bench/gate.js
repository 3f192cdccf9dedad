// What the hook and the check of a pull request cost beside node and git, and how they grow with the registry.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countGit } from "./count-git.js";
import { ratio } from "./measure.js";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const node = `'${process.execPath}' -e 0`;

/** Rows for `validate --staged` with one staged version, and for `validate --base` with ten changed ones. */
export function gate() {
  return [
    onRegistry({ prompts: 1_000, changed: 1 }, (cwd) => [
      row(cwd, "validate --staged", "node", node),
      row(cwd, "validate --staged", "node + git diff --cached", `git diff --cached --name-only && ${node}`),
    ]),
    ...[1_000, 10_000].map((prompts) =>
      onRegistry({ prompts, changed: 10, isCommitted: true }, (cwd) => [
        row(cwd, "validate --base main", "node", node, 1.6),
        row(cwd, "validate --base main", "node + git diff", `git diff --raw main && ${node}`),
      ]),
    ),
  ].flat();
}

function row(cwd, words, against, base, goal) {
  const ours = [process.execPath, bin, ...words.split(" ")];
  const note = `${countGit(ours, { cwd, env: environment })} git`;
  const figures = ratio(words, against, { ours, base: ["sh", "-c", base], runs: 5, cwd, env: environment });
  return { ...figures, goal, note };
}

/** Rows measured in a registry of ten versions a prompt, to which the next minor version of some prompts is added. */
function onRegistry({ prompts, changed, isCommitted = false }, measure) {
  const cwd = makeRegistry({ prompts, versions: 10 });
  const git = (...args) => {
    const { status, stderr } = spawnSync("git", args, { cwd, env: environment });
    if (status !== 0) throw new Error(String(stderr));
  };
  try {
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
    git("add", "--all");
    if (isCommitted) git("commit", "--quiet", "--message", "next versions");
    const size = `${(prompts * 10).toLocaleString("en")} versions, ${changed} changed`;
    return measure(cwd).map((it) => ({ ...it, name: `${it.name} (${size})` }));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
