import { beforeAll, expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";
import { rolloutFiles } from "./rollout/story.js";

interface Segment {
  readonly prompt: string;
  readonly from: string;
  readonly to: string | null;
  readonly version: string | null;
  readonly reason: string;
  readonly rule: string | null;
  readonly arm: string | null;
  readonly digest: string | null;
  readonly error: string | null;
  readonly commit: string;
  readonly author: string;
  readonly subject: string;
}

const stateFile = "prompt-templates/promptsync.yaml";
let desk: Desk;
let first: string | null;

const trace = async (words: string) =>
  desk.ask<{ prompt: string | null; segments: Segment[]; skewed: unknown[] }>(`trace ${words}`);
const told = ({ from, to, version, error, rule }: Segment): string =>
  `${from.slice(0, 10)} ${to?.slice(0, 10) ?? "now"} ${version ?? error ?? ""} ${rule ?? "-"}`;

/** February to June: a canary, a tenant, a yank, an alias that comes late, and edits by hand. */
beforeAll(async () => {
  desk = createDesk({ files: rolloutFiles });
  first = desk.head();
  const on = async (day: string, ...lines: string[]): Promise<void> => {
    desk.setDate(`${day}T00:00:00Z`);
    for (const line of lines) await desk.done(line);
  };
  await on("2026-02-01", "canary set --version qualify-lead@2.0.0 --alias production --percentage 50");
  await on("2026-02-10", "prompt set refund owner team-money");
  await on("2026-03-01", "tenant set acme qualify-lead@1.0.0 --alias production");
  await on("2026-04-01", "canary promote qualify-lead --alias production");
  await on("2026-05-01", "alias set beta refund@2.0.0");
  desk.setDate("2026-06-01T00:00:00Z");
  desk.write({ [stateFile]: "schema: [\n" });
  desk.commit("break the state by hand");
  desk.setDate("2026-06-02T00:00:00Z");
  desk.git("revert", "--no-edit", "HEAD");
});

test("tells what a user was served, and which commit decided", async () => {
  const { prompt, segments, skewed } = await trace("qualify-lead --alias production --key user-2");
  expect(prompt).toBe("qualify-lead");
  expect(skewed).toEqual([]);
  const split = segments[1]?.arm === "candidate" ? "2.0.0 canary.candidate" : "1.1.0 canary.baseline";
  expect(segments.map(told)).toEqual([
    "2026-01-01 2026-02-01 1.1.0 alias",
    `2026-02-01 2026-04-01 ${split}`,
    "2026-04-01 2026-06-01 2.0.0 alias",
    "2026-06-01 2026-06-02 STATE_INVALID -",
    "2026-06-02 now 2.0.0 alias",
  ]);
  expect(segments[0]).toMatchObject({ commit: first, author: "Ada Lovelace", subject: "welcome" });
  expect(segments[2]).toMatchObject({
    reason: "STATIC",
    subject: expect.stringMatching(/^promptsync: canary promote/) as string,
  });
  expect(segments[2]?.digest).toBe((await desk.ask("resolve qualify-lead@2.0.0")).digest);
});

test("another user, tenant or reference has another history", async () => {
  const acme = await trace("qualify-lead --alias production --tenant acme --key user-2");
  expect(acme.segments.map(told)).toContain("2026-03-01 2026-06-01 1.0.0 tenant.acme");
  const pinned = await trace("qualify-lead@1.0.0");
  expect(pinned.segments.map(told)[0]).toBe("2026-01-01 2026-06-01 1.0.0 pinned");
});

test("that an alias was not there yet is told too, and that it never was is an error", async () => {
  const { segments } = await trace("refund@beta");
  expect(segments.slice(0, 2).map(told)).toEqual([
    "2026-01-01 2026-05-01 ALIAS_NOT_FOUND -",
    "2026-05-01 2026-06-01 2.0.0 alias",
  ]);
  expect(await desk.refusal("trace refund@nowhere")).toMatchObject({ code: "ALIAS_NOT_FOUND", exitCode: 2 });
  expect(await desk.refusal("trace refnd --alias production")).toMatchObject({
    code: "PROMPT_NOT_FOUND",
    hint: expect.stringContaining("did you mean `refund`?") as string,
  });
});

test("`--since` and `--until` keep the stretches that reach into the time", async () => {
  const { segments } = await trace("qualify-lead --alias production --since 2026-02-01 --until 2026-03-31");
  expect(segments.map(told)).toHaveLength(1);
  expect(segments[0]).toMatchObject({ from: "2026-02-01T00:00:00Z", to: "2026-04-01T00:00:00Z" });
  for (const words of ["--since soon", "--until 2026-02-30", "--since 2026-03-02 --until 2026-03-01"])
    expect(await desk.refusal(`trace refund ${words}`)).toMatchObject({ code: "USAGE", exitCode: 2 });
});

test("without a name, every prompt that ever had an answer is traced", async () => {
  const { prompt, segments } = await trace("--alias beta");
  expect(prompt).toBeNull();
  expect([...new Set(segments.map((segment) => segment.prompt))]).toEqual(["refund"]);
  const all = await trace("--alias production");
  expect([...new Set(all.segments.map((segment) => segment.prompt))]).toEqual(["qualify-lead", "refund"]);
});

test("costs four git processes, however long the history is", async () => {
  const file = desk.path("../trace");
  await desk.done("trace refund --alias production", {
    environment: { ...desk.environment, PROMPTSYNC_TRACE_GIT: file } as never,
  });
  expect(
    desk
      .read(file)
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as string[])[0]),
  ).toEqual(["rev-parse", "cat-file", "rev-list", "log"]);
});

test("what a version file was changed to is another answer, and so is a version that vanished", async () => {
  const bad = createDesk({ files: rolloutFiles });
  const version = "prompt-templates/refund/1.0.0.md";
  bad.setDate("2026-02-01T00:00:00Z");
  bad.write({ [version]: bad.read(version).replace("Decide on", "Grant") });
  bad.commit("change a version");
  bad.setDate("2026-03-01T00:00:00Z");
  bad.remove(version);
  bad.commit("delete a version");
  const { segments } = await bad.ask<{ segments: Segment[] }>("trace refund@production");
  expect(segments.map(told)).toEqual([
    "2026-01-01 2026-02-01 1.0.0 alias",
    "2026-02-01 2026-03-01 1.0.0 alias",
    "2026-03-01 now VERSION_NOT_FOUND -",
  ]);
  expect(segments[0]?.digest).not.toBe(segments[1]?.digest);
});

test("a prompt is followed through the groups that it was in, with its own state file", async () => {
  const moved = createDesk({ files: rolloutFiles });
  const on = (day: string): void => {
    moved.setDate(`${day}T00:00:00Z`);
  };
  on("2026-02-01");
  await moved.done("split refund");
  on("2026-03-01");
  await moved.done("alias set production refund@2.0.0");
  const folders = ["", "money/", "money/back/", ""];
  for (const [index, folder] of folders.slice(1).entries()) {
    on(`2026-0${index + 4}-01`);
    const to = `prompt-templates/${folder}refund`;
    moved.write({ [`${to}/../.keep`]: "" });
    moved.git("mv", `prompt-templates/${folders[index] ?? ""}refund`, to);
    moved.remove(`${to}/../.keep`);
    moved.commit(`move refund to ${folder}`);
  }
  on("2026-08-01");
  await moved.done("alias set production refund@1.0.0");
  const { segments } = await moved.ask<{ segments: Segment[] }>("trace refund@production");
  expect(segments.map(told)).toEqual([
    "2026-01-01 2026-03-01 1.0.0 alias",
    "2026-03-01 2026-08-01 2.0.0 alias",
    "2026-08-01 now 1.0.0 alias",
  ]);
});

test("a state file that the versions of its prompt left says nothing from then on", async () => {
  const left = createDesk({ files: rolloutFiles });
  left.setDate("2026-02-01T00:00:00Z");
  await left.done("split refund");
  left.setDate("2026-03-01T00:00:00Z");
  const folder = "prompt-templates/refund";
  for (const file of ["1.0.0.md", "2.0.0.md"]) {
    left.write({ [`prompt-templates/money/refund/${file}`]: left.read(`${folder}/${file}`) });
    left.remove(`${folder}/${file}`);
  }
  left.commit("move the versions alone");
  left.setDate("2026-04-01T00:00:00Z");
  left.git("mv", `${folder}/promptsync.yaml`, "prompt-templates/money/refund/promptsync.yaml");
  left.commit("and the state");
  const expected = [
    "2026-01-01 2026-03-01 1.0.0 alias",
    "2026-03-01 2026-04-01 ALIAS_NOT_FOUND -",
    "2026-04-01 now 1.0.0 alias",
  ];
  const one = await left.ask<{ segments: Segment[] }>("trace refund@production");
  expect(one.segments.map(told)).toEqual(expected);
  const all = await left.ask<{ segments: Segment[] }>("trace --alias production");
  expect(all.segments.filter(({ prompt }) => prompt === "refund").map(told)).toEqual(expected);
});

test("a merge is one step, and a clock that had gone back is reported", async () => {
  const merged = createDesk({ files: rolloutFiles });
  merged.git("switch", "--quiet", "--create", "aside");
  merged.setDate("2026-02-01T00:00:00Z");
  await merged.done("alias set production refund@2.0.0");
  merged.git("switch", "--quiet", "main");
  merged.setDate("2026-03-01T00:00:00Z");
  merged.git("merge", "--quiet", "--no-ff", "--message", "merge the move", "aside");
  merged.setDate("2026-02-15T00:00:00Z");
  merged.write({
    [stateFile]: merged.read(stateFile).replace(/(refund:[^]*production:\n\s+serve: )"2.0.0"/, '$1"1.0.0"'),
  });
  merged.commit("back, with a wrong clock");
  const { segments, skewed } = await merged.ask<{ segments: Segment[]; skewed: unknown[] }>(
    "trace refund@production",
  );
  expect(segments.map(({ from, version, subject }) => [from, version, subject])).toEqual([
    ["2026-01-01T00:00:00Z", "1.0.0", "welcome"],
    ["2026-03-01T00:00:00Z", "2.0.0", "merge the move"],
    ["2026-03-01T00:00:00Z", "1.0.0", "back, with a wrong clock"],
  ]);
  expect(skewed).toEqual([
    { commit: merged.head(), date: "2026-02-15T00:00:00Z", effective: "2026-03-01T00:00:00Z" },
  ]);
});

test("reads well", async () => {
  const { stdout } = await desk.done("trace qualify-lead --alias production --no-color");
  expect(stdout.replaceAll(/[0-9a-f]{12}/g, "<commit>")).toMatchSnapshot();
});

test("on a terminal of 80 columns the times, versions and commits are whole", async () => {
  const { stdout } = await desk.done("trace qualify-lead@production --no-color", { columns: 80 });
  const [head = "", ...lines] = stdout.trimEnd().split("\n");
  expect(head.split(/ {2,}/)).toEqual(["FROM", "UNTIL", "VERSION", "WHY", "COMMIT"]);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(line.length).toBeLessThanOrEqual(80);
    expect(line).toMatch(/^[\d: -]{16} {2}([\d: -]{16}|now {13}) {2}[\w.]+ .* [0-9a-f]{12}$/);
  }
});
