// What a command costs beside an empty node, and what it starts and loads.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { countGit } from "./count-git.js";
import { ratio } from "./measure.js";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const node = [process.execPath, "-e", "0"];

/** Rows for `--version`, `--help`, and the reading commands on 100 × 10 versions. */
export function start() {
  const cwd = makeRegistry({ prompts: 100, versions: 10 });
  try {
    const row = (words, goal) => {
      const ours = [process.execPath, bin, ...words.split(" ")];
      const git = countGit(ours, { cwd, env: environment });
      return {
        ...ratio(words, "node -e 0", { ours, base: node, cwd, env: environment }),
        goal,
        note: `${git} git`,
      };
    };
    return [
      row("--version", 1.15),
      row("--help", 1.4),
      row("list"),
      row("resolve prompt-00042@production", 1.6),
      row("render prompt-00042@production --var company=Acme", 1.8),
      row("validate"),
      row("status"),
    ];
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
