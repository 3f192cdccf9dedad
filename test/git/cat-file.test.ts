import { expect, test } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { createSandbox } from "../support/sandbox.js";

test("thousands of objects of all sizes arrive whole and in the order of the question", async () => {
  const sandbox = createSandbox();
  const texts = Array.from({ length: 3000 }, (_, index) =>
    `${index} ${"再见 ".repeat(index % 500 === 7 ? 100_000 : index % 97)}`.trim(),
  );
  const blobs = texts.map((text) => `blob\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  const files = texts.map(
    (text, index) => `M 100644 inline ${index}.txt\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const commit = `commit refs/heads/main\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 4\nmany\n`;
  sandbox.run("git", ["fast-import", "--quiet"], { input: [...blobs, commit, ...files].join("") });
  const { directory, environment } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const names = texts.map((_, index) => `main:${index}.txt`);
  const asked = ["main:none.txt", ...names, names[7] ?? "", "main:none.txt"];
  const read = await repository.objects.read(asked, 1_000_000);
  const expected = texts.map((text) => (Buffer.byteLength(text) > 1_000_000 ? null : text));
  expect(read.map((it) => it && (it.bytes?.toString() ?? null))).toEqual([
    null,
    ...expected,
    expected[7],
    null,
  ]);
  expect((await repository.objects.info(["main:0.txt"]))[0]?.size).toBe(1);
  repository.close();
});
