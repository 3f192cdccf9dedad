import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterAll } from "vitest";

const project = new URL("../..", import.meta.url).pathname;

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/**
 * Compiles `src` (types are not checked) to a folder that a plain `node` can run, for tests that need a process of
 * their own to kill. The folder is inside the project, so packages are found, and goes away after the test file.
 */
export function compileSources(): string {
  const cache = join(project, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "promptsync-"));
  made.push(folder);
  const out = join(folder, "dist"); // as in the package: the version is read from the manifest above it
  for (const name of readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(project, "src", name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    const target = join(out, name.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  copyFileSync(join(project, "package.json"), join(folder, "package.json"));
  return out;
}
