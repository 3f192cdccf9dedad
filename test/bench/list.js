// What a list of many prompts costs: from the files, and from what was kept of the same tree.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { countGit } from "./count-git.js";
import { ratio } from "./measure.js";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const list = [process.execPath, bin, "list", "--json"];
const node = `'${process.execPath}' -e 0`;

/** Rows for `list` on 1,000 × 10 versions with and without what was kept, and on 10,000 × 10. */
export function lists() {
  const small = makeRegistry({ prompts: 1_000, versions: 10 });
  const large = makeRegistry({ prompts: 10_000, versions: 10 });
  try {
    const uncached = ["sh", "-c", 'rm -rf .git/promptsync && exec "$0" "$@"', ...list];
    const tree = ["sh", "-c", `git ls-tree -r HEAD >/dev/null && ${node}`];
    const row = (cwd, name, against, ours, base, goal) => {
      const git = countGit(ours, { cwd, env: environment });
      return {
        ...ratio(name, against, { ours, base, runs: 5, cwd, env: environment }),
        goal,
        note: `${git} git`,
      };
    };
    const empty = [process.execPath, "-e", "0"];
    return [
      row(small, "list, 1,000 × 10, cached", "node -e 0", list, empty, 1.45),
      row(small, "list, 1,000 × 10, first time", "git ls-tree -r + node", uncached, tree, 1.6),
      row(
        small,
        "list --group group-3, 1,000 × 10",
        "git ls-tree -r + node",
        [...list, "--group", "group-3"],
        tree,
        1.6,
      ),
      row(large, "list, 10,000 × 10, cached", "node -e 0", list, empty),
    ];
  } finally {
    for (const folder of [small, large]) rmSync(folder, { recursive: true, force: true });
  }
}
