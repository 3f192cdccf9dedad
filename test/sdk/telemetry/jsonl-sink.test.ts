import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createReporter } from "../../../src/sdk/telemetry/reporter.js";
import { jsonlSink, type JsonlOptions } from "../../../src/sdk/telemetry/jsonl-sink.js";
import { filesSetAside } from "../../../src/store/usage/append-lines.js";
import { readLines, type Line } from "../../../src/store/usage/read-lines.js";
import { measured, served } from "./story.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "promptsync-usage-"));
  file = join(folder, "logs", "usage.jsonl");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const now = () => Date.UTC(2026, 10, 2, 10);

async function report(count: number, options: Partial<JsonlOptions> = {}): Promise<number> {
  const reporter = createReporter({ now, sinks: [jsonlSink({ file, ...options })] });
  for (let index = 0; index < count; index += 1) {
    reporter.report(served());
    await reporter.flush();
  }
  await reporter.close();
  return reporter.failed;
}

const linesOf = (path: string) => readFileSync(path, "utf8").split("\n");

async function read(path: string, limit = 1000): Promise<Line[]> {
  const all: Line[] = [];
  for await (const lines of readLines(path, limit)) all.push(...lines);
  return all;
}

test("an event is one line of JSON, in a folder that is made when it is missing", async () => {
  const reporter = createReporter({ now, sinks: [jsonlSink({ file })] });
  reporter.report(served());
  reporter.report(measured({ latency_ms: 250 }));
  await reporter.close();
  const events = linesOf(file)
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { event: string });
  expect(events.map(({ event }) => event)).toEqual(["served", "metrics"]);
  expect(events[0]).toEqual({ ...served(), time: "2026-11-02T10:00:00.000Z" });
});

test("a file that is full is set aside, and the oldest of those go", async () => {
  const size = JSON.stringify({ ...served(), time: new Date(now()).toISOString() }).length + 1;
  await report(10, { maxBytes: 2 * size, keep: 3 });
  expect(linesOf(file)).toHaveLength(3);
  expect(await filesSetAside(file)).toHaveLength(3);
});

test("without files to keep, only the current one stays", async () => {
  await report(3, { maxBytes: 1, keep: 0 });
  expect(readdirSync(join(folder, "logs"))).toEqual(["usage.jsonl"]);
});

test("files of others are left alone", async () => {
  await report(1);
  writeFileSync(`${file}.bak`, "mine");
  writeFileSync(`${file}.2026`, "mine");
  await report(5, { maxBytes: 1, keep: 1 });
  expect(readdirSync(join(folder, "logs")).filter((name) => /\.(bak|2026)$/.test(name))).toHaveLength(2);
});

test("a half line is ended before the next one begins", async () => {
  await report(1);
  appendFileSync(file, '{"event":"ser');
  await report(1);
  expect(linesOf(file).map((line) => line.length > 20)).toEqual([true, false, true, false]);
});

test("a folder in the place of the file fails the write and nothing else", async () => {
  file = folder;
  expect(await report(2)).toBe(2);
});

test("lines of several processes never mix, and none is lost when the file is set aside", async () => {
  const script = fileURLToPath(new URL("../../support/usage-child.js", import.meta.url));
  const compiled = fileURLToPath(new URL("../../../dist/sdk/telemetry/jsonl-sink.js", import.meta.url));
  const children = ["a", "b", "c"].map((name) => execa(process.execPath, [script, compiled, file, name]));
  await Promise.all(children);
  const texts = [...(await filesSetAside(file)), file].flatMap((path) => linesOf(path).filter(Boolean));
  const counts = new Map<string, number>();
  for (const text of texts) {
    const { prompt } = JSON.parse(text) as { prompt: string };
    counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({ a: 60, b: 60, c: 60 });
  expect((await filesSetAside(file)).length).toBeGreaterThan(0);
});

test("lines are read with their numbers; the last may be unfinished", async () => {
  await report(1);
  writeFileSync(file, "one\ntwo ü\n\nhalf");
  expect(await read(file)).toEqual([
    { number: 1, text: "one", isUnfinished: false },
    { number: 2, text: "two ü", isUnfinished: false },
    { number: 3, text: "", isUnfinished: false },
    { number: 4, text: "half", isUnfinished: true },
  ]);
});

test("a line beyond the limit is passed over, whatever its length", async () => {
  await report(1);
  writeFileSync(file, `a\n${"x".repeat(1 << 20)}\nb\n`);
  expect((await read(file)).map(({ text }) => text)).toEqual(["a", null, "b"]);
});

test("lines are whole across the chunks of a large file", async () => {
  await report(1);
  const texts = Array.from({ length: 20_000 }, (_, index) => `${index} ${"ü".repeat(index % 40)}`);
  writeFileSync(file, `${texts.join("\n")}\n`);
  expect((await read(file)).map(({ text }) => text)).toEqual(texts);
});

test("a file that is missing, and one that is a folder, are said by their codes", async () => {
  await expect(read(join(folder, "none"))).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  await expect(read(folder)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
});
