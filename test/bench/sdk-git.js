// What the library costs to begin with, beside what git needs to hand out the same.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { summary } from "./measure.js";
import { environment, makeRegistry } from "./registry.js";
import { writeBundle } from "./sdk-bundle.js";

const { PromptManager, openSource, resolve } = await import("../../dist/index.js");

const never = new AbortController().signal;

/** Rows of a start from git and from a bundle; wall clock, because git is another process. */
export async function besideGit(folder) {
  return [await aliasesFromGit(), await bodiesFromBundle(folder)];
}

/** Which version every alias of 1,000 prompts serves, from a repository that was never opened before. */
async function aliasesFromGit() {
  const directory = makeRegistry({ prompts: 1_000, versions: 10 });
  try {
    const own = async () => {
      const source = openSource({ repository: "." }, { directory, environment, timeoutMs: 60_000 });
      const { catalog } = await source.load(undefined, never);
      for (const name of catalog.prompts.keys()) resolve(catalog, { name, alias: "production" });
      source.close();
    };
    const git = gitIn(directory);
    const row = await compare(own, () => git(["ls-tree", "-r", "-z", "HEAD"]));
    return { name: "aliases of 1,000 prompts from git", against: "git ls-tree -r", ...row, goal: 6 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The verified bodies of 10,000 prompts in memory, against git's copies of 10,000 blobs. */
async function bodiesFromBundle(folder) {
  const source = { bundle: writeBundle(folder, 10_000) };
  const directory = makeRegistry({ prompts: 10_000, versions: 1 });
  try {
    const git = gitIn(directory);
    const listed = String(git(["ls-tree", "-r", "--format=%(objectname)", "HEAD"]));
    const own = async () => {
      const prompts = new PromptManager({ source });
      await prompts.prefetch();
      await prompts.close();
    };
    const row = await compare(own, () => git(["cat-file", "--batch"], listed));
    return { name: "10,000 bodies from a bundle", against: "git cat-file --batch", ...row, goal: 0.25 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function gitIn(cwd) {
  return (args, input) => {
    const { status, stdout, stderr } = spawnSync("git", args, {
      ...{ cwd, input, env: environment },
      maxBuffer: 1 << 30,
    });
    if (status !== 0) throw new Error(String(stderr));
    return stdout;
  };
}

/** The ratios of some rounds; the first one only warms. */
async function compare(own, base) {
  const ratios = [];
  let note = "";
  for (let round = 0; round < 12; round++) {
    const [ours, theirs] = [await milliseconds(own), await milliseconds(base)];
    note = `${ours.toFixed(0)} ms`;
    if (round > 0) ratios.push(ours / theirs);
  }
  return { ...summary(ratios), note };
}

async function milliseconds(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
