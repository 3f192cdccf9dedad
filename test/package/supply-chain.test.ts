import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync(`${root}/package-lock.json`, "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const locked = Object.entries(packages).filter(([path]) => path !== "");

test("every locked package has its version and a digest, and no host to fetch it from", () => {
  const wrong = locked.filter(
    ([, { version, integrity, resolved }]) =>
      version === undefined || !integrity?.startsWith("sha512-") || resolved !== undefined,
  );
  expect(wrong.map(([path]) => path)).toEqual([]);
});

test("no package that users install runs a script when it is installed", () => {
  const scripts = locked.filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true);
  expect(scripts.map(([path]) => path)).toEqual([]);
  const hooks = ["preinstall", "install", "postinstall"];
  expect(hooks.filter((name) => name in manifest.scripts)).toEqual([]);
});

test("each runtime dependency has its reason in the contributing guide", () => {
  const guide = readFileSync(`${root}/.github/CONTRIBUTING.md`, "utf8");
  const section = /## Why each dependency\n([\s\S]*?)\n(?:## |ajv)/.exec(guide)?.[1] ?? "";
  const named = section.split("\n").flatMap((row) => {
    const [, names = "", why = ""] = /^\| ([^|]+) \| ([^|]+) \|/.exec(row) ?? [];
    return why.trim() === "" || /^(package|---)$/.test(names.trim())
      ? []
      : names.split(",").map((it) => it.trim());
  });
  expect(named.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test("what npm would publish is what the package needs, kind by kind", async () => {
  const { stdout } = await execa("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: root });
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }];
  const kinds = files.map(({ path }) =>
    path
      .replace(/^dist\/.*(\.[cm]?js|\.d\.ts)$/, "dist/**$1")
      .replace(/^schemas\/.*\.schema\.json$/, "schemas/*.schema.json")
      .replace(/^prompt-templates\/.*\.md$/, "prompt-templates/**.md"),
  );
  expect([...new Set(kinds)].sort()).toMatchInlineSnapshot(`
    [
      ".promptsyncrc.example",
      "LICENSE",
      "README.md",
      "bin/load.js",
      "bin/package.json",
      "bin/promptsync.js",
      "dist/**.cjs",
      "dist/**.d.ts",
      "dist/**.js",
      "dist/bin/licences.txt",
      "package.json",
      "prompt-templates/**.md",
      "prompt-templates/.gitattributes",
      "prompt-templates/promptsync.yaml",
      "schemas/*.schema.json",
    ]
  `);
});

test("the licence that the manifest names is in the package", () => {
  expect(manifest.license).toBe("MIT");
  expect(readFileSync(`${root}/LICENSE`, "utf8")).toMatch(/^MIT License/);
});
