// The most memory that a run holds at once.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const report = fileURLToPath(new URL("./peak.js", import.meta.url));

/** Rows in MB: `validate` of everything on 1,000 × 10 and 10,000 × 10 versions, and `list` on the larger. */
export function memory() {
  const row = (cwd, name, words, goal) => {
    const { stderr } = spawnSync(process.execPath, ["--import", report, bin, ...words], {
      cwd,
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
    const peak = Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1_000;
    return { name, against: "MB", median: peak, min: peak, max: peak, goal };
  };
  const rows = [];
  for (const [prompts, goal] of [[1_000], [10_000, 400]]) {
    const cwd = makeRegistry({ prompts, versions: 10 });
    try {
      const size = `${prompts.toLocaleString("en")} × 10`;
      rows.push(row(cwd, `peak memory of validate, ${size}`, ["validate"], goal));
      rows.push(row(cwd, `peak memory of list, ${size}`, ["list"]));
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  }
  return rows;
}
