import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of the built command line, in which nothing was compiled yet. */
let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "promptsync-compiled-"));
  for (const part of ["bin", "dist/bin", "package.json"]) {
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      filter: (path) => !path.endsWith("compiled"),
    });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterEach(() => {
  rmSync(copy, { recursive: true });
});

interface Start {
  readonly environment?: NodeJS.ProcessEnv;
  /** Options of Node. */
  readonly node?: readonly string[];
  readonly bin?: string;
  readonly uid?: number;
}

function run(words: readonly string[], start: Start = {}) {
  const { environment = {}, node = [], bin = join(copy, "bin/promptsync.js"), ...as } = start;
  const options = { cwd: root, encoding: "utf8", env: { ...process.env, ...environment }, ...as } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, bin, ...words], options);
  return { status, stdout, stderr };
}

const kept = (command: string) =>
  join(copy, "dist/bin/compiled", `${process.version}-${process.platform}-${process.arch}`, command);
const inodeOf = (command: string) => statSync(kept(command), { throwIfNoEntry: false })?.ino;

test("what a command compiled is kept once, and again when the command needed more", () => {
  const first = run(["resolve", "greet-user"]);
  expect(first.status).toBe(0);
  const inode = inodeOf("resolve");
  expect(inode).toBeDefined();
  expect(run(["resolve", "greet-user"])).toEqual(first);
  expect(inodeOf("resolve")).toBe(inode);
  expect(run(["resolve", "greet-user", "--at", "HEAD"]).status).toBe(0);
  expect(inodeOf("resolve")).not.toBe(inode);
});

/** How many of the scripts that a command compiled V8 would not take back. */
function refusedOf(command: string): readonly (boolean | undefined)[] {
  const bytes = readFileSync(kept(command));
  let at = bytes.indexOf(10) + 1;
  const table = JSON.parse(bytes.toString("latin1", 0, at)) as [string, number][];
  const code = new Map(table.map(([id, length]) => [id, bytes.subarray(at, (at += length))]));
  const folder = join(copy, "dist/bin");
  return readdirSync(folder, { encoding: "latin1" }).flatMap((name) => {
    const source = name.endsWith(".cjs") ? readFileSync(join(folder, name), "latin1") : "";
    const cachedData = code.get(source.slice(-16));
    // V8 looks at the length alone, and remembers a text that it has compiled in this process.
    const other = source.slice(0, -16) + randomBytes(8).toString("hex");
    const text = `(function(exports,require,module,__filename,__import){${other}\n})`;
    return cachedData === undefined ? [] : [new Script(text, { cachedData }).cachedDataRejected];
  });
}

/** A repository of which git knows so many files that `validate` changes how V8 collects garbage. */
function hugeRepository(): string {
  const directory = join(copy, "huge");
  const git = (args: readonly string[], input = "") =>
    expect(spawnSync("git", args, { cwd: copy, input, encoding: "utf8" })).toMatchObject({ status: 0 });
  git(["init", "--quiet", "--initial-branch=main", directory]);
  const blob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
  const names = Array.from({ length: 60_000 }, (_, index) => `0100644 ${blob}\tfolder/file-${index}\n`);
  git(["-C", directory, "update-index", "--index-info"], names.join("").replaceAll(/^0/gm, ""));
  return directory;
}

test("a command leaves code that V8 takes back, also one that changes how V8 works", () => {
  for (const words of [["validate"], ["-C", hugeRepository(), "validate"], ["list"]]) {
    expect(run(words).status).toBe(0);
    const refused = refusedOf(words[0] === "-C" ? "line" : (words[0] ?? ""));
    expect(refused.length).toBeGreaterThan(3);
    expect(refused).not.toContain(true);
  }
});

test.each(["validate", "list"])("what %s left is enough the next time", (command) => {
  run([command]);
  const inode = inodeOf(command);
  run([command]);
  expect(inodeOf(command)).toBe(inode);
});

test("another command, and an option, do not mix with it", () => {
  run(["list"]);
  run(["-C", ".", "list"]);
  expect(readdirSync(join(kept("list"), "..")).sort()).toEqual(["line", "list"]);
});

test.each(["../../../../x", "psuh", "con", "a".repeat(252), "a".repeat(300)])(
  "a word that is no command leaves nothing: %s",
  (word) => {
    const { status, stderr } = run([word]);
    expect(status).toBe(2);
    expect(stderr.split("\n")).toHaveLength(3);
    expect(existsSync(join(copy, "dist/bin/compiled"))).toBe(false);
  },
);

test("what was compiled by another V8 is replaced", () => {
  run(["list"]);
  const bytes = readFileSync(kept("list"));
  const start = bytes.indexOf(10) + 1;
  const table = JSON.parse(bytes.toString("latin1", 0, start)) as [string, number][];
  for (let [index, at] = [0, start]; index < table.length; at += table[index++]?.[1] ?? 0)
    bytes[at + 4] = ~(bytes[at + 4] ?? 0); // the head of compiled code: a magic number, then V8's version
  writeFileSync(kept("list"), bytes);
  expect(refusedOf("list")).not.toContain(false);
  run(["list"]);
  expect(refusedOf("list")).not.toContain(true);
});

const major = Number(process.versions.node.split(".")[0]);
test.each([
  ["--max-old-space-size=200"],
  ["--jitless"],
  ["--frozen-intrinsics"],
  ["--disallow-code-generation-from-strings"],
  [major < 23 ? "--experimental-permission" : "--permission", "--allow-fs-read=*", "--allow-child-process"],
])("with %s it says the same, at first and again", (...node) => {
  const plain = run(["list"], { node, environment: { NODE_DISABLE_COMPILE_CACHE: "1" } });
  expect(plain.status).toBe(0);
  const withoutIds = (text: string) => text.replaceAll(/node:\d+/g, "node");
  for (const round of ["first", "again"]) {
    const { stderr, ...said } = run(["list"], { node });
    expect({ round, ...said }).toEqual({ round, status: 0, stdout: plain.stdout });
    expect(withoutIds(stderr)).toBe(withoutIds(plain.stderr));
  }
});

test("coverage of V8 is written all the same", () => {
  const folder = join(copy, "coverage");
  for (const files of [1, 2]) {
    const { status, stderr } = run(["list"], { environment: { NODE_V8_COVERAGE: folder } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readdirSync(folder)).toHaveLength(files);
  }
});

test("first runs at the same time leave one sound file", async () => {
  const bin = join(copy, "bin/promptsync.js");
  const codes = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, [bin, "list"], { cwd: root, stdio: "ignore" });
    return new Promise((resolve) => child.on("close", resolve));
  });
  expect(await Promise.all(codes)).toEqual([0, 0, 0, 0]);
  expect(readdirSync(join(kept("list"), ".."))).toEqual(["list"]);
  expect(refusedOf("list")).not.toContain(true);
});

test("an interrupt leaves nothing", async () => {
  const idle = "data:text/javascript,setInterval(() => undefined, 1000)";
  const child = spawn(process.execPath, ["--import", idle, join(copy, "bin/promptsync.js"), "list"], {
    cwd: root,
  });
  child.stdout.once("data", () => child.kill("SIGINT"));
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(130);
  expect(existsSync(join(copy, "dist/bin/compiled"))).toBe(false);
});

test("a package that was removed meanwhile stays removed", () => {
  const gone = JSON.stringify(join(copy, "dist"));
  const remove = `import { rmSync } from "node:fs"; process.on("exit", () => rmSync(${gone}, { recursive: true }))`;
  const { status, stderr } = run(["list"], { node: ["--import", `data:text/javascript,${remove}`] });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(existsSync(join(copy, "dist"))).toBe(false);
});

test("a link to the command, and a path with blanks and other letters, are as good", () => {
  const place = join(copy, "Ä shop — 用户's");
  mkdirSync(join(place, "node_modules/.bin"), { recursive: true });
  mkdirSync(join(place, "store"));
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(copy, part), join(place, "store", part), { recursive: true });
  symlinkSync("../store", join(place, "node_modules/promptsync"));
  symlinkSync("../promptsync/bin/promptsync.js", join(place, "node_modules/.bin/promptsync"));
  const first = run(["list"], { bin: join(place, "node_modules/.bin/promptsync") });
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(run(["list"], { bin: join(place, "node_modules/.bin/promptsync") })).toEqual(first);
  expect(readdirSync(join(place, "store/dist/bin/compiled"))).toHaveLength(1);
});

test.each([
  ["cut short", (bytes: Buffer) => bytes.subarray(0, -1)],
  ["empty", () => Buffer.alloc(0)],
  ["something else", () => Buffer.from("null\n")],
])("what is %s is compiled again", (_, damage) => {
  const first = run(["list"]);
  const good = readFileSync(kept("list"));
  writeFileSync(kept("list"), damage(good));
  expect(run(["list"])).toEqual(first);
  expect(readFileSync(kept("list")).length).toBeGreaterThan(good.length / 2);
});

test("code that changed is compiled anew, also with the same length", () => {
  const summary = "Print the version";
  expect(run(["--help"]).stdout).toContain(summary);
  const file = join(copy, "dist/bin/start.cjs");
  const source = readFileSync(file, "latin1").replace(summary, "Print the Version");
  writeFileSync(file, source.slice(0, -16) + "0123456789abcdef");
  expect(run(["--help"]).stdout).toContain("Print the Version");
});

test("a package that cannot be written to works all the same", () => {
  writeFileSync(join(copy, "dist/bin/compiled"), "");
  const { status, stderr } = run(["list"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("a full disk keeps nothing", (context) => {
  const folder = join(copy, "dist/bin/compiled");
  mkdirSync(folder);
  const { status, error, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=96k", "tmpfs", folder]);
  context.skip(status !== 0, `a small disk needs the right to mount: ${String(error ?? stderr)}`);
  try {
    expect(run(["list"])).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(kept("list"), ".."))).toEqual([]);
  } finally {
    spawnSync("umount", ["-l", folder]);
  }
});

const nobody = 65534;
const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)("somebody who may not write into the package, or not look, reads all the same", () => {
  chmodSync(copy, 0o755);
  for (const mode of [0o755, 0o700]) {
    const folder = join(kept("list"), "..");
    mkdirSync(folder, { recursive: true, mode });
    chmodSync(folder, mode);
    expect(run(["--help"], { uid: nobody })).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(folder)).toEqual([]);
  }
});

test.runIf(isRoot)("root keeps nothing in a package of somebody else, who could not remove it", () => {
  chownSync(join(copy, "dist/bin"), nobody, nobody);
  expect(run(["list"])).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(join(copy, "dist/bin/compiled"))).toBe(false);
});

test("nothing is kept when Node is told to keep no compiled code", () => {
  run(["list"], { environment: { NODE_DISABLE_COMPILE_CACHE: "1" } });
  expect(existsSync(join(copy, "dist/bin/compiled"))).toBe(false);
});
