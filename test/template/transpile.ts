import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const source = new URL("../../src/", import.meta.url).pathname;

/** Writes the template engine as JavaScript into a folder, for tests that need a process of their own. */
export function transpile(folder: string): void {
  const files = [
    ...readdirSync(join(source, "template"), { recursive: true, encoding: "utf8" }).map((file) =>
      join("template", file),
    ),
    ...readdirSync(join(source, "core"), { encoding: "utf8" }).map((file) => join("core", file)),
  ];
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    verbatimModuleSyntax: true,
  };
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const { outputText } = ts.transpileModule(readFileSync(join(source, file), "utf8"), { compilerOptions });
    const target = join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
}
