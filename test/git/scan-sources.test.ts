import { describe, expect, it } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { readSources, type SourceRequest } from "../../src/store/scan-sources.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const words = ["promptsync", "getPrompt"];
const uses = 'import "promptsync";\n';

const files = {
  "src/a.ts": uses,
  "src/deep/b.py": "import promptsync\n",
  "src/c.ts": "export {};\n",
  "src/-d.js": uses,
  "src/ü e.tsx": uses,
  "docs/promptsync.md": "promptsync\n",
  "node_modules/promptsync/index.js": uses,
  "dist/a.js": uses,
};

/** The paths that are found, and how many git processes it took. */
async function find(sandbox: Sandbox, request: Partial<SourceRequest> = {}) {
  const { directory, environment } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const before = repository.git.processes;
  try {
    const sources = await readSources(repository, { commit: undefined, words, ...request });
    return {
      ...sources,
      paths: sources.files.map(({ path }) => path),
      processes: repository.git.processes - before,
    };
  } finally {
    repository.close();
  }
}

describe("readSources", () => {
  it("finds the files of a commit without checking it out, with two git processes", async () => {
    const sandbox = createSandbox({ files });
    const commit = sandbox.head() ?? "";
    sandbox.remove("src/a.ts");
    sandbox.write({ "src/c.ts": uses });
    sandbox.commit("later");
    const { paths, processes } = await find(sandbox, { commit });
    expect(paths).toEqual(["src/-d.js", "src/a.ts", "src/deep/b.py", "src/ü e.tsx"]);
    expect(processes).toBe(2);
  });

  it("finds the files of the working tree, untracked ones too and ignored ones not, with one git process", async () => {
    const sandbox = createSandbox({ files: { ...files, ".gitignore": "generated/\n" } });
    sandbox.write({ "src/new.ts": uses, "generated/a.ts": uses });
    const { paths, processes } = await find(sandbox);
    expect(paths).toEqual(["src/-d.js", "src/a.ts", "src/deep/b.py", "src/new.ts", "src/ü e.tsx"]);
    expect(processes).toBe(1);
  });

  it("takes the globs of the settings", async () => {
    const sandbox = createSandbox({ files });
    const { paths } = await find(sandbox, { include: ["src/**", "dist/**"], exclude: ["**/*.{py,tsx}"] });
    expect(paths).toEqual(["dist/a.js", "src/-d.js", "src/a.ts"]);
  });

  it("takes words as texts and never as options or patterns", async () => {
    const sandbox = createSandbox({ files: { "a.ts": "--help\n", "b.ts": "a.c\n", "c.ts": "abc\n" } });
    const { paths } = await find(sandbox, { words: ["--help", "a.c", ""] });
    expect(paths).toEqual(["a.ts", "b.ts"]);
  });

  it("finds nothing in an empty repository", async () => {
    expect((await find(createSandbox())).paths).toEqual([]);
  });

  it("names files that are too large, not UTF-8 or links, and reads the others", async () => {
    const sandbox = createSandbox({
      files: {
        "a.ts": uses,
        "big.ts": uses.padEnd((1 << 20) + 1, " "),
        "latin.ts": Buffer.from('import "promptsync"; // \xe9\n', "latin1"),
      },
    });
    for (const commit of [undefined, sandbox.head() ?? ""]) {
      const { paths, problems } = await find(sandbox, { commit });
      expect(paths).toEqual(["a.ts"]);
      expect(problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
        expect.stringContaining("big.ts: `big.ts` has 1048577 bytes, more than 1048576"),
        expect.stringContaining("latin.ts: `latin.ts` is not UTF-8"),
      ]);
    }
  });
});
