import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { aliasMove, applyIn, makePlan, registryFiles } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const sources = compileSources();
const child = new URL("../support/apply-child.js", import.meta.url).pathname;

/** Applies a plan in another process; plans without a base are made for the HEAD that it finds. */
function applyElsewhere(sandbox: Sandbox, plan: object, tries: number): Promise<Record<string, unknown>> {
  const request = JSON.stringify({ directory: sandbox.directory, plan, tries });
  const process_ = spawn(process.execPath, [child, sources, request], {
    cwd: sandbox.directory,
    env: sandbox.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  process_.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) =>
    process_.on("close", () => {
      resolve(JSON.parse(output) as Record<string, unknown>);
    }),
  );
}

test("six processes in one work tree lose no change and make no merge", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const plans = Array.from({ length: 6 }, (_, index) => {
    const number = `1.1.${String(index)}`;
    const writes = { [`prompt-templates/welcome/${number}.md`]: `Welcome ${number}\n` };
    return { ...makePlan(sandbox, { writes, edits: [], message: `add ${number}\n` }), base: null };
  });
  const answers = await Promise.all(plans.map((plan) => applyElsewhere(sandbox, plan, 30)));
  expect(answers.filter((answer) => "error" in answer)).toEqual([]);
  expect(sandbox.git("log", "--format=%s").split("\n").sort()).toEqual([
    ...Array.from({ length: 6 }, (_, index) => `add 1.1.${String(index)}`),
    "welcome",
  ]);
  expect(sandbox.git("rev-list", "--merges", "HEAD")).toBe("");
  expect(sandbox.status()).toBe("");
  expect(sandbox.git("fsck", "--strict", "--no-dangling")).toBe("");
}, 120_000);

test("two runs at the same time on the same commit: one wins, the other is told", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const plan = (to: string) => makePlan(sandbox, { writes: {}, edits: [aliasMove(to)] });
  const results = await Promise.allSettled([
    applyIn(sandbox, plan("2.0.0"), { lockLimit: 5000 }),
    applyIn(sandbox, plan("3.0.0"), { lockLimit: 5000 }),
  ]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  const lost = results.find((result) => result.status === "rejected");
  expect(lost?.reason).toMatchObject({ code: "HEAD_MOVED" });
  expect(sandbox.status()).toBe("");
});

test("a run that waits too long names the process it waited for", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  let second: Promise<unknown> = Promise.resolve();
  await applyIn(sandbox, makePlan(sandbox), {
    onStep: async (step) => {
      if (step !== "write file") return;
      second = applyIn(sandbox, makePlan(sandbox), { lockLimit: 100 }).catch((error: unknown) => error);
      await second;
    },
  });
  expect(await second).toMatchObject({ code: "LOCKED", data: { pid: process.pid } });
});
