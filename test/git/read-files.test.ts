import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import type { Listing } from "../../src/core/listing.js";
import { openRepository } from "../../src/store/git/repository.js";
import { listCommit, listIndex, listWorktree } from "../../src/store/listing/list.js";
import { readFiles, type ReadFile } from "../../src/store/listing/read-files.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const path = "welcome/1.0.0.md";
const file = `${registry}/${path}`;

const open = (sandbox: Sandbox) =>
  openRepository(sandbox.directory, { environment: sandbox.environment, cwd: sandbox.directory });

async function readWorktree(sandbox: Sandbox, limit?: number): Promise<ReadFile[]> {
  const repository = await open(sandbox);
  const listing = await listWorktree(repository, registry);
  return readFiles(repository, listing, listing.files, limit === undefined ? {} : { limit });
}

const refusal = (details: object) => [
  { path, error: expect.objectContaining({ code: "FILE_UNREADABLE", file, ...details }) as unknown },
];

test("the working tree, the index and a commit are read as they are", async () => {
  const sandbox = createSandbox({ files: { [file]: "committed\n" } });
  sandbox.write({ [file]: "staged\n" });
  sandbox.git("add", ".");
  sandbox.write({ [file]: "on disk\n" });
  const repository = await open(sandbox);
  const read = (listing: Listing) => readFiles(repository, listing, listing.files);
  expect(await read(await listWorktree(repository, registry))).toEqual([{ path, text: "on disk\n" }]);
  expect(await read(await listIndex(repository, registry))).toEqual([{ path, text: "staged\n" }]);
  const commit = { commit: sandbox.head() ?? "", label: "main" };
  expect(await read(await listCommit(repository, registry, commit))).toEqual([{ path, text: "committed\n" }]);
});

test("a thousand blobs are read by one git process", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `${registry}/welcome/1.0.${String(index)}.md`,
      `Welcome ${String(index)}\n`,
    ]),
  );
  const sandbox = createSandbox({ files: many });
  const repository = await open(sandbox);
  const listing = await listIndex(repository, registry);
  const before = repository.git.processes;
  const texts = await readFiles(repository, listing, listing.files);
  expect(texts).toHaveLength(1000);
  expect(texts).toContainEqual({ path: "welcome/1.0.999.md", text: "Welcome 999\n" });
  expect(repository.git.processes - before).toBe(1);
});

test("a file over the limit is not read, on disk and as a blob", async () => {
  const sandbox = createSandbox({ files: { [file]: "x".repeat(50_000) } });
  const tooLarge = refusal({ message: `\`${file}\` has 50000 bytes, more than 1000` });
  expect(await readWorktree(sandbox, 1000)).toEqual(tooLarge);
  const repository = await open(sandbox);
  const listing = await listIndex(repository, registry);
  expect(await readFiles(repository, listing, listing.files, { limit: 1000 })).toEqual(tooLarge);
});

test("a file that is not UTF-8 names the line, column and offset of the first wrong byte", async () => {
  const sandbox = createSandbox();
  sandbox.write({ [file]: Buffer.from("Grüße\nan M\xfcller\n".replace("Grüße", "Gruss"), "latin1") });
  expect(await readWorktree(sandbox)).toEqual(refusal({ line: 2, column: 5, data: { offset: 10 } }));
});

test.for([
  ["a lone continuation byte", [0x61, 0x80], 1],
  ["a cut-off character at the end", [0x61, 0xe4, 0xbd], 1],
  ["an overlong form", [0xc0, 0xaf], 0],
  ["a surrogate", [0x61, 0xc3, 0xa9, 0xed, 0xa0, 0x80], 3],
] as const)("%s is found at its offset", async ([, bytes, offset]) => {
  const sandbox = createSandbox();
  sandbox.write({ [file]: Uint8Array.from(bytes) });
  expect(await readWorktree(sandbox)).toEqual(refusal({ data: { offset } }));
});

test("a byte order mark and NUL reach the parser unchanged", async () => {
  const sandbox = createSandbox();
  sandbox.write({ [file]: "\ufeff---\0\n" });
  expect(await readWorktree(sandbox)).toEqual([{ path, text: "\ufeff---\0\n" }]);
});

test("a link is not read", async () => {
  const sandbox = createSandbox();
  sandbox.write({ "../secret.md": "secret\n", [`${registry}/welcome/.keep`]: "" });
  symlinkSync(`${sandbox.root}/secret.md`, sandbox.path(file));
  expect((await readWorktree(sandbox)).at(-1)).toEqual(
    refusal({ message: `\`${file}\` is a symbolic link` })[0],
  );
});

test("a file that vanished after it was listed is reported, not thrown", async () => {
  const sandbox = createSandbox({ files: { [file]: "Welcome\n" } });
  const repository = await open(sandbox);
  const listing = await listWorktree(repository, registry);
  sandbox.remove(file);
  expect(await readFiles(repository, listing, listing.files)).toEqual(
    refusal({ message: `\`${file}\` cannot be read (ENOENT)` }),
  );
});

test("CRLF that git made at checkout is read as what git stores, and says so", async () => {
  const sandbox = createSandbox({ files: { [file]: "Welcome\n{{ name }}\n" } });
  sandbox.git("config", "core.autocrlf", "true");
  sandbox.remove(file);
  sandbox.git("checkout", "--quiet", "--", file);
  expect(sandbox.read(file)).toBe("Welcome\r\n{{ name }}\r\n");
  expect(await readWorktree(sandbox)).toEqual([{ path, text: "Welcome\n{{ name }}\n", converted: true }]);
});

test("CRLF that somebody wrote stays CRLF", async () => {
  const sandbox = createSandbox({ files: { [file]: "Welcome\n" } });
  sandbox.write({ [file]: "Welcome\r\n" });
  expect(await readWorktree(sandbox)).toEqual([{ path, text: "Welcome\r\n" }]);
});

test("a sparse checkout reads from git what is not on disk", async () => {
  const sandbox = createSandbox({
    files: { [file]: "Welcome\n", [`${registry}/refund/1.0.0.md`]: "Refund\n" },
  });
  sandbox.git("sparse-checkout", "set", "--cone", `${registry}/refund`);
  expect(await readWorktree(sandbox)).toContainEqual({ path, text: "Welcome\n" });
});
