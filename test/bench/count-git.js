import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How many git processes a command line starts. */
export function countGit([program, ...args], { cwd, env }) {
  const folder = mkdtempSync(join(tmpdir(), "promptsync-trace-"));
  const trace = join(folder, "git");
  try {
    spawnSync(program, args, { cwd, env: { ...env, PROMPTSYNC_TRACE_GIT: trace }, stdio: "ignore" });
    return readFileSync(trace, "utf8").split("\n").length - 1;
  } catch (error) {
    if (error.code === "ENOENT") return 0;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
