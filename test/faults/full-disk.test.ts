import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { deskIn } from "../support/desk.js";
import { commands, copyScene, makeScene } from "./scene.js";

/** Mounts something over a folder until the test is over; says why when the system does not let us. */
function mount(...args: readonly string[]): string {
  const { status, error, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0) return stderr || String(error);
  // Lazily: a git process that ends in this moment may still be in there.
  onTestFinished(() => void spawnSync("umount", ["-l", args.at(-1) ?? ""]));
  return "";
}

test("on a full disk nothing is changed, and with room the same command works", (context) => {
  const scene = makeScene();
  const small = scene.sandbox.path("../small");
  mkdirSync(small);
  const why = mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", small);
  context.skip(why !== "", `a small disk needs the right to mount: ${why}`);
  return onSmallDisk(scene, small);
});

async function onSmallDisk(scene: ReturnType<typeof makeScene>, small: string): Promise<void> {
  scene.sandbox.run("cp", ["-a", ".", `${small}/work`]);
  const desk = deskIn(scene.sandbox.in(`${small}/work`));
  const { words } = commands["alias set"];
  // Whatever is left is filled, then a little is given back each time: the command fails at another place.
  const fill = (bytes: number) =>
    desk.run("sh", ["-c", `cat /dev/zero > ../fill 2>/dev/null; truncate -s -${String(bytes)} ../fill`]);
  let failed = 0;
  for (let free = 0; desk.head() === scene.start && free < 200_000; free += 4096) {
    desk.remove("../fill");
    fill(free);
    const run = await desk.typeWords(words);
    if (run.exitCode === 0) break;
    failed++;
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toMatch(/\[(FILE_UNWRITABLE|GIT_FAILED)\]\nhint: \S/);
    expect(desk.head()).toBe(scene.start);
    expect(desk.git("fsck", "--strict", "--no-dangling")).toBe("");
  }
  expect(failed).toBeGreaterThan(3);
  expect(desk.head("HEAD~1")).toBe(scene.start);
  desk.remove("../fill");
  expect(desk.status()).toBe(scene.status);
}

test("on a read-only file system reading works, and writing says so", async (context) => {
  const scene = makeScene();
  const { place } = copyScene(scene, "frozen");
  let why = mount("--bind", place.directory, place.directory);
  if (why === "") why = mount("-o", "remount,ro,bind", place.directory);
  context.skip(why !== "", `a read-only file system needs the right to mount: ${why}`);
  const desk = deskIn(place);
  expect(await desk.ask("list")).toMatchObject({ prompts: [{ name: "welcome" }] });
  expect(await desk.ask("resolve welcome@dev")).toMatchObject({ version: "1.1.0" });
  const { exitCode, code } = await desk.refusal(commands["alias set"].words.join(" "));
  expect([exitCode, code]).toEqual([2, expect.stringMatching(/FILE_UNWRITABLE|GIT_FAILED/) as string]);
  expect(desk.head()).toBe(scene.start);
});
