// How much code a command loads: its own files and those of packages, in kB of source.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment, makeRegistry } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const goal = 200;

/** A row for each command that people and hooks run most. */
export function code() {
  const cwd = makeRegistry({ prompts: 10, versions: 2 });
  try {
    return [
      ...["--version", "--help", "list", "alias list", "version get production"],
      ...["resolve prompt-00003@production", "render prompt-00003 --var company=Acme", "show prompt-00003"],
      ...["status", "diff prompt-00003", "validate --staged", "validate"],
    ].map((line) => {
      const kB = bytesOf(line.split(" "), cwd) / 1024;
      return { name: `code of ${line}`, against: "kB", median: kB, min: kB, max: kB, goal };
    });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** V8's coverage names every script of a process. */
function bytesOf(words, cwd) {
  const folder = mkdtempSync(join(tmpdir(), "promptsync-code-"));
  try {
    const env = { ...environment, NODE_V8_COVERAGE: folder };
    spawnSync(process.execPath, [bin, ...words], { cwd, env, stdio: "ignore" });
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
    const urls = reports.flatMap(({ result }) => result.map(({ url }) => url));
    const files = new Set(urls.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url)));
    return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
