import { spawn } from "node:child_process";
import { expect } from "vitest";
import { compileSources } from "../support/compile.js";
import type { Sandbox } from "../support/sandbox.js";

const sources = compileSources();
const typeLines = new URL("../support/type-lines.js", import.meta.url).pathname;
/** The rounds of each of these tests: one in CI, `FAULT_ROUNDS=20` on demand. */
const howOften = Number(process.env.FAULT_ROUNDS ?? 1);
export const rounds = Array.from({ length: howOften }, (_, index) => index + 1);

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Types lines in a process of its own. */
export function typeIn(place: Sandbox, lines: readonly string[]): Promise<Answer[]> {
  const words = JSON.stringify(lines.map((line) => line.split(" ")));
  const child = spawn(process.execPath, [typeLines, sources, words], {
    cwd: place.directory,
    env: { ...place.environment, GIT_AUTHOR_DATE: undefined, GIT_COMMITTER_DATE: undefined },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  return new Promise((resolve) =>
    child.on("close", () => {
      resolve(JSON.parse(output) as Answer[]);
    }),
  );
}

const state = "prompt-templates/promptsync.yaml";
/** A registry with one prompt. */
export const shop = {
  [state]: 'schema: promptsync/v1\nprompts:\n  welcome:\n    default: "1.0.0"\n',
  "prompt-templates/welcome/1.0.0.md":
    '---\nname: welcome\nversion: "1.0.0"\nsummary: Greets\n---\nWelcome {{ name }}\n',
};

/** What process number `who` types: a new alias each time, all in one file. */
export const aliasLines = (who: number, count: number, more = "") =>
  Array.from(
    { length: count },
    (_, index) => `alias set a${String(who)}-${String(index)} welcome@1.0.0${more}`,
  );

/** Every change that was answered with 0 is in the history exactly once, and nothing else is. */
export function expectEachOnce(place: Sandbox, branch: string, count: number, done: number): void {
  expect(place.git("rev-list", "--merges", branch)).toBe("");
  expect(place.git("rev-list", "--count", branch)).toBe(String(1 + done));
  const aliases = place.git("show", `${branch}:${state}`).match(/^ {6}a\d+-\d+:/gm) ?? [];
  expect(new Set(aliases).size).toBe(count);
  expect(aliases).toHaveLength(count);
  expect(place.git("fsck", "--strict", "--no-dangling")).toBe("");
}
