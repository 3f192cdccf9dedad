// What reading the past costs beside git itself, over 10,000 commits that move an alias.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toRequest } from "../../dist/operations/resolve-options.js";
import { resolve } from "../../dist/core/resolve/resolve.js";
import { openWorkspace } from "../../dist/store/workspace.js";
import { countGit } from "./count-git.js";
import { ratio, summary } from "./measure.js";
import { environment, file } from "./registry.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const stateFile = "prompt-templates/promptsync.yaml";
const started = 1_700_000_000;
const [commits, prompts, versions] = [10_000, 10, 10];

/** Rows for `resolve --at`, `log`, `trace` and blame. */
export async function history() {
  const cwd = makeHistory();
  try {
    const shell = (line) => ["sh", "-c", line];
    const node = `'${process.execPath}' -e 0`;
    const raw = `git log --raw -- ${stateFile} >/dev/null && ${node}`;
    const middle = new Date((started + commits * 30) * 1000).toISOString().replace(".000Z", "Z");
    const row = (words, against, base, goal) => {
      const ours = [process.execPath, bin, ...words.split(" ")];
      const git = countGit(ours, { cwd, env: environment });
      const figures = ratio(words, against, { ours, base: shell(base), runs: 5, cwd, env: environment });
      return { ...figures, goal, note: `${git} git` };
    };
    const before = `git log -1 --first-parent --before=${middle} >/dev/null && ${node}`;
    const firstParent = `git log --first-parent >/dev/null && ${node}`;
    return [
      row(`resolve prompt-3@production --at ${middle}`, "git log -1 --before + node", before, 1.3),
      await secondQuery(cwd),
      row("log prompt-3 --json", "git log --raw + node", raw, 1.3),
      row("trace prompt-3@production --json", "git log --raw + node", raw, 2.5),
      row("trace prompt-3@production --json", "git log --first-parent + node", firstParent),
      row("resolve prompt-3@production", "node", node, 1.6),
    ];
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** What another date costs in a process that has answered one, beside git that is asked for the commit alone. */
async function secondQuery(cwd) {
  const workspace = await openWorkspace({ directory: cwd, config: undefined, environment, tool: "bench" });
  const ref = "prompt-3@production";
  const dateAt = (index) => new Date((started + index * 60) * 1000).toISOString().replace(".000Z", "Z");
  const ask = async (date) => resolve(await workspace.catalogAt(date, "prompt-3"), toRequest({ ref }));
  const time = async (run) => {
    const start = process.hrtime.bigint();
    await run();
    return Number(process.hrtime.bigint() - start);
  };
  await ask(dateAt(commits / 2));
  const processes = workspace.repository.git.processes;
  const ratios = [];
  for (let run = 0; run < 30; run++) {
    const date = dateAt(Math.floor((commits * (run + 1)) / 40));
    const ours = await time(() => ask(date));
    const args = ["log", "-1", "--first-parent", `--before=${date}`];
    ratios.push(ours / (await time(() => spawnSync("git", args, { cwd, env: environment }))));
  }
  const more = workspace.repository.git.processes - processes;
  workspace.close();
  const name = "resolve --at another date, in one process";
  return { name, against: "git log -1 --before", ...summary(ratios), goal: 0.1, note: `${more} git` };
}

/** A repository in which each commit moves one prompt's alias, made as one stream for git. */
function makeHistory() {
  const root = mkdtempSync(join(tmpdir(), "promptsync-bench-"));
  const git = (args, input) => {
    const { status, stderr } = spawnSync("git", args, { cwd: root, env: environment, input });
    if (status !== 0) throw new Error(String(stderr));
  };
  const serve = Array.from({ length: prompts }, () => 0);
  let random = 1;
  const stream = Array.from({ length: commits }, (_, index) => {
    const moved = index % prompts;
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 1;
    serve[moved] = random % versions; // hardly any state comes again
    const message = `move prompt-${moved}`;
    return [
      `commit refs/heads/main\ncommitter Ada <ada@example.com> ${started + index * 60} +0000\n`,
      `data ${message.length}\n${message}\n`,
      ...(index === 0 ? versionFiles() : []),
      file(stateFile, stateText(serve)),
    ].join("");
  });
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["fast-import", "--quiet"], stream.join(""));
  git(["reset", "--quiet", "--hard"]);
  return root;
}

function versionFiles() {
  const names = Array.from({ length: prompts }, (_, index) => `prompt-${index}`);
  return names.flatMap((name) =>
    Array.from({ length: versions }, (_, minor) => {
      const text = `---\nname: ${name}\nversion: "1.${minor}.0"\nsummary: more\n---\nYou are ${name}, ${minor}.\n`;
      return file(`prompt-templates/${name}/1.${minor}.0.md`, text);
    }),
  );
}

function stateText(serve) {
  const blocks = serve.map(
    (minor, index) =>
      `  prompt-${index}:\n    owner: team\n    aliases:\n      production:\n        serve: "1.${minor}.0"\n`,
  );
  return `schema: promptsync/v1\nproject:\n  default_alias: production\nprompts:\n${blocks.join("")}`;
}
