import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { displayWidth } from "../../src/operations/text/width.js";
import { split, production, type Served } from "../analytics/story.js";
import { createDesk, type Desk } from "../support/desk.js";

const version = (number: string) =>
  `---\nname: welcome\nversion: "${number}"\nsummary: shorter\n---\nWelcome.\n`;

const registry = (percent: number) => `schema: promptsync/v1
prompts:
  welcome:
    default: "1.0.0"
    aliases:
      production:
        serve: "1.0.0"
        canary:
          serve: "1.1.0"
          percent: ${percent}
          seed: welcome/production/2026-11-02
          state: running
`;

const log = ".promptsync/usage.jsonl";

let desk: Desk;
let commit: string;
beforeEach(() => {
  desk = createDesk({
    files: {
      "prompt-templates/promptsync.yaml": registry(10),
      "prompt-templates/welcome/1.0.0.md": version("1.0.0"),
      "prompt-templates/welcome/1.1.0.md": version("1.1.0"),
    },
  });
  commit = desk.head() ?? "";
});
afterEach(() => {
  rmSync(desk.directory, { recursive: true, force: true });
});

/** What the application would log for these callers: one event each, and how it went. */
function events(count: number, change: Partial<Served> = {}, percent = 10): object[] {
  return Array.from({ length: count }, (_, index) => {
    const event = {
      ...split(`user-${index}`, production(percent)),
      catalog: { commit, tree: null },
      ...change,
    };
    const { time, prompt, version: served, alias } = event;
    const metrics = { success: index % 10 !== 0, latency_ms: 100 + index, cost_usd: 0.001 };
    return [event, { event: "metrics", time, prompt, version: served, alias, metrics }];
  }).flat();
}

const write = (lines: readonly object[], file = log, more = "") => {
  desk.write({ [file]: `${lines.map((line) => JSON.stringify(line)).join("\n")}\n${more}` });
};

interface Document {
  readonly files: readonly string[];
  readonly events: number;
  readonly first: string | null;
  readonly usage: readonly {
    readonly version: string;
    readonly arm: string;
    readonly served: number;
    readonly success: { readonly count: number };
    readonly latency: { readonly p50: number };
  }[];
  readonly splits: readonly { readonly percent: number; readonly events: number; readonly verdict: string }[];
  readonly unknown: number;
  readonly unexplained: number;
  readonly malformed: number;
  readonly malformedLines: readonly { readonly file: string; readonly line: number }[];
}

const ask = (line = "analytics") => desk.ask<Document>(line);

describe("a log of a thousand callers under a 10 % canary", () => {
  test("gives usage by version and arm, and a right split", async () => {
    write(events(1000));
    const { files, events: count, usage, splits, unknown, unexplained } = await ask();
    expect([files, count, unknown, unexplained]).toEqual([[log], 2000, 0, 0]);
    expect(usage.map(({ version: served, arm }) => [served, arm])).toEqual([
      ["1.0.0", "baseline"],
      ["1.1.0", "candidate"],
    ]);
    expect(usage.map(({ served }) => served).reduce((a, b) => a + b)).toBe(1000);
    expect(usage.map(({ success }) => success.count).reduce((a, b) => a + b)).toBe(1000);
    expect(splits).toMatchObject([{ percent: 10, events: 1000, verdict: "ok" }]);
  });

  test("says a mismatch when another share than the state's was served", async () => {
    const lines = events(2000).filter(
      (line, index) => !("arm" in line && line.arm === "candidate" && index % 4 < 2),
    );
    write(lines);
    const { stdout } = await desk.done("analytics");
    expect(stdout).toMatch(/✗ canary 1\.1\.0 on production at 10 %: mismatch/);
  });

  test("is checked with the state of each event's commit", async () => {
    const before = events(300);
    desk.write({ "prompt-templates/promptsync.yaml": registry(50) });
    commit = desk.commit("more users");
    write([...before, ...events(300, {}, 50)]);
    const { splits, unexplained } = await ask();
    expect(splits.map(({ percent, events: count }) => [percent, count])).toEqual([
      [10, 300],
      [50, 300],
    ]);
    expect(unexplained).toBe(0);
  });

  test("is checked with a prompt's own state file too", async () => {
    await desk.done("analytics --help");
    const block = registry(10)
      .split("\n")
      .slice(3)
      .map((line) => line.slice(4))
      .join("\n");
    desk.write({
      "prompt-templates/promptsync.yaml": "schema: promptsync/v1\n",
      "prompt-templates/welcome/promptsync.yaml": block,
    });
    commit = desk.commit("split");
    write(events(500));
    expect((await ask()).splits).toMatchObject([{ events: 500, verdict: "ok" }]);
  });

  test("names what the state at the commit does not serve, and commits that are not here", async () => {
    write([
      ...events(10, { version: "1.1.0", arm: "candidate", bucket: 9999 }),
      ...events(5, { catalog: { commit: "f".repeat(40), tree: null } }),
      ...events(2, { catalog: { commit: null, tree: null } }),
    ]);
    const { stdout } = await desk.done("analytics");
    expect(stdout).toMatch(/10 events got what promptsync.yaml at their commit does not serve/);
    expect(stdout).toMatch(/7 events of canaries not checked/);
  });

  test("is narrowed by prompt, version, alias and time", async () => {
    write([
      ...events(10),
      ...events(10, { alias: "dev" }),
      ...events(10, { time: "2026-11-05T10:00:00.000Z" }),
      ...events(10, { prompt: "refund" }),
    ]);
    const count = async (options: string) => (await ask(`analytics ${options}`)).events;
    expect(await count("welcome")).toBe(60);
    expect(await count("--alias dev")).toBe(20);
    expect(await count("--since 2026-11-03")).toBe(20);
    expect(await count("--until 2026-11-04")).toBe(60);
    const { usage } = await ask("analytics welcome --version v1.0.0");
    expect(usage.map(({ version: served }) => served)).toEqual(["1.0.0"]);
  });
});

describe("the lines of a log", () => {
  test("that hold no event are counted and named; the last may be half written", async () => {
    const hostile = [
      "not json",
      "[]",
      "null",
      '{"event":"served"}',
      '{"event":"served","time":"2026-11-02","prompt":"../../etc","version":"1.0.0"}',
      '{"event":"served","time":"soon","prompt":"welcome","version":"1.0.0"}',
      '{"event":"metrics","time":"2026-11-02","prompt":"welcome","version":"1"}',
      `"${"x".repeat(1 << 17)}"`,
      "",
    ].join("\n");
    write(events(1), log, `${hostile}{"event":"serv`);
    const { events: count, malformed, malformedLines } = await ask();
    expect([count, malformed]).toEqual([2, 8]);
    expect(malformedLines.slice(0, 2)).toEqual([
      { file: log, line: 3 },
      { file: log, line: 4 },
    ]);
  });

  test("are read from the files that were set aside too, and from no other", async () => {
    write(events(1), `${log}.20261101T100000000Z-0a1b2c`);
    write(events(1), `${log}.bak`);
    write(events(1));
    expect((await ask()).files).toEqual([`${log}.20261101T100000000Z-0a1b2c`, log]);
  });

  test("are read from the file of the settings, or from those that are named", async () => {
    desk.write({ ".promptsyncrc": "usage: logs/app.jsonl\n" });
    write(events(1), "logs/app.jsonl");
    write(events(1), "other.jsonl");
    expect((await ask()).files).toEqual(["logs/app.jsonl"]);
    expect((await ask("analytics --from other.jsonl logs/app.jsonl")).events).toBe(4);
  });

  test("need no repository when the files are named", async () => {
    write(events(100));
    const elsewhere = join(desk.directory, "..");
    const { stdout } = await desk.done(`analytics --from ${join(desk.directory, log)} --json`, {
      directory: elsewhere,
    });
    expect(JSON.parse(stdout)).toMatchObject({ events: 200, unknown: 100, splits: [] });
  });
});

describe("the answer", () => {
  test("is refused without a log, for an unknown prompt, and for a date that is none", async () => {
    expect(await desk.refusal("analytics")).toMatchObject({ code: "FILE_NOT_FOUND", exitCode: 2 });
    write(events(1));
    expect(await desk.refusal("analytics welcom")).toMatchObject({ code: "PROMPT_NOT_FOUND" });
    expect(await desk.refusal("analytics --from none.jsonl")).toMatchObject({ code: "FILE_NOT_FOUND" });
    expect(await desk.refusal("analytics --from prompt-templates")).toMatchObject({
      code: "FILE_UNREADABLE",
    });
    expect(await desk.refusal("analytics --since soon")).toMatchObject({ code: "USAGE" });
    expect(await desk.refusal("analytics --version 1")).toMatchObject({ code: "VERSION_INVALID" });
  });

  test("fits the terminal: bars at 80 columns, fewer columns below", async () => {
    write(events(1000));
    const widths: number[] = [];
    for (const columns of [120, 80, 60, 40]) {
      const { stdout } = await desk.done("analytics", { columns });
      expect(Math.max(...stdout.split("\n").map(displayWidth))).toBeLessThanOrEqual(columns);
      const head = stdout.split("\n")[1] ?? "";
      widths.push(head.trim().split(/\s+/).length);
      expect(stdout.includes("█")).toBe(columns >= 80);
    }
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  test("has no bars in a pipe", async () => {
    write(events(100));
    expect((await desk.done("analytics")).stdout).toMatchInlineSnapshot(`
      "welcome  100 served
      VERSION  ARM        SERVED   SHARE  SUCCESS  OF    P50    P90    P99    EACH    COST
      1.0.0    baseline       87  87.0 %   88.5 %  87  151ms  191ms  199ms  $0.001  $0.087
      1.1.0    candidate      13  13.0 %  100.0 %  13  146ms  171ms  182ms  $0.001  $0.013
      ✓ canary 1.1.0 on production at 10 %: ok, 13 of 100 events, expected 10 (p = 0.317)
      "
    `);
  });

  test("of a log without events says so", async () => {
    desk.write({ [log]: "" });
    expect((await desk.done("analytics")).stdout).toBe("no events in 1 file\n");
  });
});
