// The library in one process: which version is served and what a call costs, beside the cached reads of two hosted
// registries; and what a bundle costs to read, in time and in memory.
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { summary } from "./measure.js";
import { writeBundle } from "./sdk-bundle.js";
import { besideGit } from "./sdk-git.js";
import { warmLangfuse, warmLangsmith } from "./sdk-peers.js";

const { PromptManager, openSource, resolve } = await import("../../dist/index.js");

/** Rows of decisions, of calls, of starts and of a refresh. */
export async function sdk() {
  const folder = mkdtempSync(join(tmpdir(), "promptsync-bench-"));
  try {
    return [
      ...(await calls(folder)),
      ...(await starts(folder)),
      ...(await besideGit(folder)),
      await coldReaders(folder),
      await refresh(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function calls(folder) {
  const source = { bundle: writeBundle(folder, 100) };
  const { catalog } = await openSource(source, {
    directory: folder,
    environment: {},
    timeoutMs: 60_000,
  }).load(undefined, new AbortController().signal);
  const prompts = new PromptManager({ source });
  await prompts.prefetch();
  const [langfuse, langsmith] = [await warmLangfuse(), await warmLangsmith()];
  const variables = { customer: "Ada", company: "Acme" };
  const get = () => langfuse.get();
  const serve = () => prompts.getPrompt("prompt-00007@production");
  const format = async () => (await serve()).format(variables);
  const compile = async () => (await get()).compile(variables);
  const rows = [
    [
      "resolve(), alias",
      () => resolve(catalog, { name: "prompt-00007", alias: "production" }),
      "langfuse",
      get,
      0.12,
    ],
    ["resolve(), default", () => resolve(catalog, { name: "no-alias" }), "langfuse", get, 0.08],
    [
      "resolve(), canary",
      () => resolve(catalog, { name: "canary", alias: "production", key: "user-42" }),
      "langfuse",
      get,
      0.35,
    ],
    [
      "resolve(), tenant + flags + canary",
      () =>
        resolve(catalog, {
          name: "canary",
          alias: "production",
          key: "user-42",
          tenant: "acme",
          flags: { short: false },
        }),
      "langfuse",
      get,
      0.45,
    ],
    ["getPrompt", serve, "langfuse", get],
    ["get (does not wait)", () => prompts.get("prompt-00007@production"), "langfuse", get],
    ["getPrompt + format", format, "langfuse get + compile", compile],
    ["getPrompt", serve, "langsmith pullPromptCommit", () => langsmith.pull()],
  ];
  const results = [];
  for (const [name, own, against, base, goal] of rows) {
    const times = [];
    for (let round = 0; round < 11; round++) times.push([await timeOfCall(own), await timeOfCall(base)]);
    const note = `${summary(times.map(([it]) => it)).median.toFixed(2)} µs`;
    results.push({ name, against, ...summary(times.map(([a, b]) => a / b)), goal, note });
  }
  await prompts.close();
  langfuse.stop();
  langsmith.stop();
  return results;
}

/** Microseconds of processor time of one call of so many; a wall clock sees other programs. */
async function time(run, count) {
  const start = process.cpuUsage();
  for (let call = 0; call < count; call++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return microseconds(start) / count;
}

/** The same among as many calls as take 10 ms: one collection, or another program, is little beside them. */
async function timeOfCall(run) {
  for (let count = 5_000; ; count *= 2) {
    const each = await time(run, count);
    if (each * count > 10_000) return each;
  }
}

function microseconds(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** From nothing to the first answer, against `JSON.parse` of the bundle, which checks nothing. */
async function starts(folder) {
  const rows = [];
  for (const count of [1_000, 10_000]) {
    const bundle = writeBundle(folder, count);
    const start = async () => {
      const prompts = new PromptManager({ source: { bundle } });
      await prompts.getPrompt("prompt-00007@production");
      return prompts;
    };
    const ratios = [];
    for (let round = 0; round < 5; round++) {
      const own = await time(start, 1);
      ratios.push(own / (await time(() => JSON.parse(readFileSync(bundle, "utf8")), 1)));
    }
    const note = `${((await time(start, 1)) / 1_000).toFixed(0)} ms`;
    rows.push({
      name: `start from a bundle of ${count}`,
      against: "JSON.parse of it",
      ...summary(ratios),
      note,
    });
    if (globalThis.gc !== undefined) rows.push(await memory(bundle, start, count));
  }
  return rows;
}

/** What stays in memory of a bundle, against its size on disk; wants `node --expose-gc`. */
async function memory(bundle, start, count) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const prompts = await start();
  globalThis.gc();
  const own = process.memoryUsage().heapUsed - before;
  await prompts.close();
  const note = `${(own / count).toFixed(0)} kB for 1,000 prompts`;
  return {
    name: `memory of ${count} prompts`,
    against: "the bundle's bytes",
    ...summary([own / statSync(bundle).size]),
    note,
  };
}

/** How often the source is read when 50 callers come before the first read is done. */
async function coldReaders(folder) {
  const bundle = writeBundle(folder, 1_000);
  const opened = openSource({ bundle }, { directory: folder, environment: {}, timeoutMs: 60_000 });
  let reads = 0;
  const load = (...given) => {
    reads += 1;
    return opened.load(...given);
  };
  const prompts = new PromptManager({ source: { ...opened, load } });
  const call = (_, index) => prompts.getPrompt(`prompt-${String(index).padStart(5, "0")}@production`);
  await Promise.all(Array.from({ length: 50 }, call));
  await prompts.close();
  return { name: "50 cold readers", against: "reads of the source", ...summary([reads]), goal: 1 };
}

/** The longest turn of the event loop while 10 of 10,000 prompts change and move, against the 5 ms that are allowed. */
async function refresh(folder) {
  const prompts = new PromptManager({ source: { bundle: writeBundle(folder, 10_000) } });
  await prompts.prefetch();
  const ratios = [];
  for (let round = 1; round <= 5; round++) {
    writeBundle(folder, 10_000, { changed: 10, round });
    const longest = watchTurns();
    await prompts.refresh();
    ratios.push(longest() / 5);
  }
  await prompts.close();
  const note = `${(summary(ratios).median * 5).toFixed(0)} ms`;
  return { name: "longest turn, refresh 10 of 10,000", against: "5 ms", ...summary(ratios), goal: 1, note };
}

/**
 * Measures every turn of the event loop until it is asked for the longest, in ms that the main thread was busy: at most
 * what the clock says, which counts other programs too, and at most what the process used, which counts all its threads.
 */
function watchTurns() {
  let start = { clock: performance.now(), used: process.cpuUsage() };
  let longest = 0;
  let isOver = false;
  const look = () => {
    longest = Math.max(longest, Math.min(performance.now() - start.clock, microseconds(start.used) / 1_000));
    start = { clock: performance.now(), used: process.cpuUsage() };
  };
  const turn = () => {
    look();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    look();
    isOver = true;
    return longest;
  };
}
