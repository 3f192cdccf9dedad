import { renameSync } from "node:fs";
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
