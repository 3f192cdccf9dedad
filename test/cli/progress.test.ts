import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { operation } from "../../src/operations/operation.js";
import type { OperationTable } from "../../src/operations/table.js";
import { promptsync } from "../support/terminal.js";
import type { World } from "../support/terminal.js";

/** A command that takes as long as it is told to, in ms, and says something after half of it. */
const wait = operation<{ time: string }, { done: boolean }>({
  arguments: [{ name: "<time>", summary: "How long" }],
  examples: [],
  run: async ({ time }, context) => {
    await vi.advanceTimersByTimeAsync(Number(time) / 2);
    context.note("half");
    await vi.advanceTimersByTimeAsync(Number(time) / 2);
    return { done: true };
  },
  text: () => "done",
});

/** A command that says four times how far it is, in steps as long as it is told to, in ms. */
const count = operation<{ time: string }, { done: boolean }>({
  arguments: [{ name: "<time>", summary: "How long a step takes" }],
  examples: [],
  run: async ({ time }, context) => {
    for (let step = 1; step <= 4; step++) {
      await vi.advanceTimersByTimeAsync(Number(time));
      context.progress(`${step} of 4`);
    }
    return { done: true };
  },
  text: () => "done",
});

const table: OperationTable = {
  wait: { summary: "Wait", load: () => Promise.resolve({ default: wait }) },
  count: { summary: "Count", load: () => Promise.resolve({ default: count }) },
};

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const stderrOf = async (line: string, world: World) =>
  (await promptsync(line.split(" "), world, table)).stderr;

test("work longer than a second shows a line on a terminal, which goes before anything is said", async () => {
  expect(await stderrOf("wait 4000 --no-color", { columns: 80 })).toBe("promptsync wait …\r\u001b[Khalf\n");
});

test("shorter work shows nothing", async () => {
  expect(await stderrOf("wait 900", { columns: 80 })).toBe("half\n");
});

test("a pipe and `--quiet` show nothing", async () => {
  expect(await stderrOf("wait 4000", {})).toBe("half\n");
  expect(await stderrOf("wait 4000 --quiet", { columns: 80 })).toBe("");
});

test("work that says how far it is redraws the line, and not before a second has passed", async () => {
  const line = "promptsync count";
  const text = await stderrOf("count 400 --no-color", { columns: 80 });
  expect(text.split("\r\u001b[K")).toEqual([`${line} …`, `${line}: 3 of 4 …`, `${line}: 4 of 4 …`, ""]);
  expect(await stderrOf("count 100 --no-color", { columns: 80 })).toBe("");
  expect(await stderrOf("count 400 --no-color", {})).toBe("");
});
