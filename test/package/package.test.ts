import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "promptsync-package-"));
const installed = join(folder, "node_modules", "promptsync");

/** The package as npm would publish it, unpacked where a project would have it. */
beforeAll(async () => {
  const { stdout } = await execa(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
    { cwd: root },
  );
  const [packed] = JSON.parse(stdout) as readonly { filename: string }[];
  mkdirSync(installed, { recursive: true });
  await execa("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", installed, "--strip-components=1"]);
  symlinkSync(join(root, "node_modules"), join(installed, "node_modules"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("the package holds what it needs to run, and nothing of the workshop", () => {
  const entries = readdirSync(installed).filter((name) => name !== "node_modules");
  expect(entries.sort()).toEqual([
    ".promptsyncrc.example",
    "LICENSE",
    "README.md",
    "bin",
    "dist",
    "package.json",
    "prompt-templates",
    "schemas",
  ]);
});

test("both names of the command run", async () => {
  for (const path of Object.values(manifest.bin)) {
    const { stdout } = await execa(process.execPath, [join(installed, path), "--version"]);
    expect(stdout).toBe(manifest.version);
  }
  expect(Object.keys(manifest.bin)).toEqual(["promptsync", "prompt"]);
});

test("every entry point can be imported by its name", async () => {
  const script = `
    const main = await import("promptsync");
    const { parseTemplate } = await import("promptsync/template");
    const { isSubschema } = await import("promptsync/schema-compat");
    const { PromptSyncProvider } = await import("promptsync/openfeature");
    const { promptAttributes } = await import("promptsync/otel");
    console.log(new PromptSyncProvider({}).metadata.name, promptAttributes({ id: "welcome@1.0.0" })["gen_ai.prompt.version"]);
    console.log(main.bucket("AB12A", "122"), parseTemplate("Hi {{ name }}").render({ name: "Ada" }), isSubschema({ type: "integer" }, { type: "number" }));
  `;
  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
  });
  expect(stdout).toBe("promptsync 1.0.0\n2287 Hi Ada yes");
});

test("the library alone loads neither OpenFeature nor OpenTelemetry", async () => {
  const coverage = join(folder, "coverage"); // V8 lists every script of a process there
  await execa(process.execPath, ["--input-type=module", "--eval", 'await import("promptsync")'], {
    cwd: folder,
    env: { NODE_V8_COVERAGE: coverage },
  });
  const loaded = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), "utf8"));
  expect(loaded.join("")).toContain("promptsync/dist/index.js");
  expect(loaded.join("")).not.toMatch(/@openfeature|@opentelemetry/);
});

test("publint has nothing to say", async () => {
  const { messages } = await publint({ pkgDir: root, strict: true, pack: false });
  expect(messages.map((message) => formatMessage(message, manifest as never))).toEqual([]);
});
