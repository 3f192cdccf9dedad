// What a change costs in a checkout of 100,000 files, beside a commit of one file that git makes there.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { countGit } from "./count-git.js";
import { ratio } from "./measure.js";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));

/** A row for `alias set`, each time to another version, against `git commit --only` of a file of one line. */
export function write() {
  const cwd = makeRegistry({ prompts: 10_000, versions: 10 });
  try {
    writeFileSync(join(cwd, "notes.txt"), "0\n");
    for (const args of [
      ["add", "notes.txt"],
      ["commit", "--quiet", "--message", "notes"],
    ])
      spawnSync("git", args, { cwd, env: environment });
    const turn = "n=$(($(cat .git/turn 2>/dev/null || echo 0) + 1)); echo $n > .git/turn;";
    const ours = ["sh", "-c", `${turn} exec "$0" "$1" alias set production prompt-00042@1.$((n % 9)).0`];
    const base = [
      "sh",
      "-c",
      `${turn} echo $n > notes.txt; exec git commit --quiet --only --message n -- notes.txt`,
    ];
    const command = [...ours, process.execPath, bin];
    const note = `${countGit(command, { cwd, env: environment })} git`;
    const figures = ratio("alias set, 10,000 × 10", "git commit --only", {
      ours: command,
      base,
      runs: 9,
      cwd,
      env: environment,
    });
    return [{ ...figures, goal: 0.45, note }];
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
