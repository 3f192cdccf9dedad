import { mkdirSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Repository } from "../../../src/store/git/repository.js";
import { keepRepository } from "../../../src/store/sources/keep-repository.js";
import { createSandbox } from "../../support/sandbox.js";

test("whoever finds the repository replaced at the same time gets one new one, and kills nobody's git", async () => {
  const sandbox = createSandbox({ files: { "a.txt": "one\n" } });
  const { directory, environment } = sandbox;
  const kept = keepRepository({ directory, environment, label: "shop", timeoutMs: 20_000 });
  const opened = new Set<Repository>();
  let works = 0;
  const use = () =>
    kept.use(new AbortController().signal, async (repository) => {
      works += 1;
      opened.add(repository);
      const { stdout } = await repository.git.run(["log", "-1", "--format=%s"]);
      return stdout.toString().trim();
    });
  await use();
  renameSync(sandbox.path(".git"), sandbox.path("../old.git"));
  sandbox.git("init", "--quiet");
  sandbox.commit("two");
  expect(await Promise.all([use(), use(), use()])).toEqual(["two", "two", "two"]);
  expect(works).toBe(4);
  expect(opened.size).toBe(2);
  kept.close();
});

test("a repository that was deleted and made anew is seen, whatever number the file system gives it", async () => {
  const sandbox = createSandbox({ files: { "a.txt": "one\n" } });
  const { directory, environment } = sandbox;
  const kept = keepRepository({ directory, environment, label: "shop", timeoutMs: 20_000 });
  const opened = () => kept.use(new AbortController().signal, (repository) => Promise.resolve(repository));
  const first = await opened();
  expect(await opened()).toBe(first);
  const folder = sandbox.path(".git");
  mkdirSync(sandbox.path("../old.git"));
  for (const name of readdirSync(folder)) renameSync(join(folder, name), sandbox.path("../old.git", name));
  rmdirSync(folder);
  mkdirSync(folder); // it is the last number that became free, and most file systems give it again
  sandbox.git("init", "--quiet");
  sandbox.commit("two");
  const second = await opened();
  expect(second).not.toBe(first);
  expect(second.head.commit).toBe(sandbox.head());
  kept.close();
});
