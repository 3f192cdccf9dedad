import { spawnSync } from "node:child_process";
import {
  cpSync,
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

function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const options = { cwd: root, encoding: "utf8", env: { ...process.env, ...environment } } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, "bin", "promptsync.js"), ...words],
    options,
  );
  return { status, stdout, stderr };
}

const kept = (command: string) =>
  join(copy, "dist/bin/compiled", `${process.version}-${process.arch}`, command);
const inodeOf = (command: string) => statSync(kept(command), { throwIfNoEntry: false })?.ino;

test("what a command compiled is kept once, and again when the command needed more", () => {
  const first = run(["resolve", "greet-user"]);
  expect(first.status).toBe(0);
  const inode = inodeOf("resolve");
  expect(inode).toBeDefined();
  expect(run(["resolve", "greet-user"])).toEqual(first);
  expect(inodeOf("resolve")).toBe(inode);
  expect(run(["resolve", "greet-user", "--at", "1999"]).status).not.toBe(0);
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
    const text = `(function(exports,require,module,__filename,__import){${source}\n})`;
    return cachedData === undefined ? [] : [new Script(text, { cachedData }).cachedDataRejected];
  });
}

test("a command that changes how V8 works leaves code that V8 takes back", () => {
  for (const command of ["validate", "list"]) {
    run([command]);
    const refused = refusedOf(command);
    expect(refused.length).toBeGreaterThan(3);
    expect(refused).not.toContain(true);
  }
});

test("another command, and a word that is none, do not mix with it", () => {
  run(["list"]);
  run(["../../../../x"]);
  expect(inodeOf("list")).toBeDefined();
  expect(inodeOf("line")).toBeDefined();
  expect(inodeOf("resolve")).toBeUndefined();
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

test("nothing is kept when Node is told to keep no compiled code", () => {
  run(["list"], { NODE_DISABLE_COMPILE_CACHE: "1" });
  expect(statSync(join(copy, "dist/bin/compiled"), { throwIfNoEntry: false })).toBeUndefined();
});
