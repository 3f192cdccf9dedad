// Bundles the command line: dist/cli/main.js and what it loads become small files in dist/bin/, split by command, so
// that a command reads little. They are CommonJS, which Node starts sooner than ES modules. The library stays as tsc
// wrote it. `dist/bin/meta.json` says what went where, for the tests.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { pack } from "./pack.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

/** Packages that become part of the files; the others are loaded from node_modules when they are needed. */
const bundled = ["chalk", "commander", "diff", "leven", "semver", "yaml"];

/** Modules that few runs need, loaded when one of their functions is called: every export is a function. */
const late = {
  "core/change-kind.js": ["changeKinds"],
  "core/schema/explain-misfit.js": ["explainMisfit"],
  "core/schema/validators/bundle-schema.js": ["schema"],
  "core/schema/validators/config-schema.js": ["schema"],
  "core/schema/validators/prompt-schema.js": ["schema"],
  "core/suggest.js": ["didYouMean", "nearest"],
  "schema-compat/index.js": ["compareSchemas", "isSubschema"],
  "template/template.js": ["parseTemplate"],
  "core/version-range.js": ["nextPrerelease", "rangeMatcher"],
  "core/yaml/parse-yaml.js": ["parseYaml"],
  "store/base/find-base.js": ["findBase"],
  "store/git/fetch-missing.js": ["fetchMissing", "isPartialClone"],
  "store/git/identity.js": ["committerAddress", "missingIdentity"],
  "store/git/history.js": ["openLog", "logArguments", "logEnvironment", "readHistory", "readSides"],
  "store/git/stream-history.js": ["streamHistory"],
  "store/git/is-interactive.js": ["isInteractive"],
  "store/git/uncommitted.js": ["uncommittedPaths"],
  "store/git/upstream.js": ["readUpstream"],
  "store/git/version.js": ["tooOld"],
  "store/base/read-picture.js": ["readPicture"],
  "store/read-catalog-about.js": ["catalogOfPart", "readCatalogAbout"],
  "store/catalogs-at.js": ["createCatalogsAt"],
  "store/kept-trail.js": ["readTrail"],
  "store/read-derived.js": ["committedTree", "readDerived"],
  "store/read-drafts.js": ["listDrafts"],
  "store/git/timeline.js": ["commitAt", "readTimeline", "tipOf"],
  "store/read-past-states.js": ["readDatedStates", "readPastStates"],
  "store/read-snapshots.js": ["readSnapshots"],
  "store/read-state-steps.js": ["readStateSteps"],
  "store/sound-states.js": ["openSoundStates"],
  "store/usage/find-logs.js": ["findLogs"],
  "store/usage/past-arms.js": ["openPastArms"],
};

/** Files that are loaded together are one file: a file costs as much as 20 kB of code. The first pack with it has it. */
const packs = {
  start: ["cli/main.js", "cli/terminal.js"],
  read: [
    "cli/run.js",
    "store/workspace.js",
    "operations/version-get.js",
    "operations/resolve-options.js",
    "store/kept-file.js",
  ],
  list: ["operations/list.js", "operations/alias-list.js", "store/read-derived.js"],
  decide: [
    "operations/resolve.js",
    "store/read-catalog-about.js",
    "store/sound-states.js",
    "store/read-state-steps.js",
  ],
};

/** What bin/promptsync.js asks the first pack for. */
const open = { main: ["main"], terminal: ["processTerminal"] };

const outputName = (module) => `${basename(module, ".js")}.cjs`;

/** Puts functions that load the real ones in the place of a late module, and leaves other packages alone. */
const split = {
  name: "split",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./, namespace: "file" }, ({ path, importer }) => {
      const module = Object.keys(late).find((name) => join(dirname(importer), path) === join(dist, name));
      return module === undefined ? undefined : { path: module, namespace: "late" };
    });
    onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: late[path]
        .map(
          (name) => `export const ${name} = (...args) => __late("./${outputName(path)}").${name}(...args);`,
        )
        .join("\n"),
    }));
    // The names in packages and generated code tell us nothing; ours stay, for stack traces.
    onLoad({ filter: /\/(node_modules|validators)\/.*\.js$/ }, async ({ path }) => ({
      contents: (await transform(readFileSync(path, "utf8"), { minify: true, platform: "node" })).code,
    }));
    onResolve({ filter: /^\./, namespace: "late" }, ({ path }) => ({ path, external: true }));
    // Commander starts other programs for commands that are files of their own; ours are not.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("/commander/") ? { path: "none", namespace: "empty" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      const isOurs = kind === "entry-point" || importer.includes("node_modules");
      return isOurs || bundled.includes(path.split("/")[0]) ? undefined : { path, external: true };
    });
  },
};

const entries = ["cli/main.js", "cli/terminal.js", ...Object.keys(late)];
const { metafile, outputFiles } = await build({
  entryPoints: Object.fromEntries(entries.map((name) => [basename(name, ".js"), join(dist, name)])),
  absWorkingDir: root,
  outdir: join(dist, "bin"),
  outExtension: { ".js": ".cjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  minifyWhitespace: true,
  minifySyntax: true, // not the names: a stack trace tells them
  chunkNames: "[hash]",
  legalComments: "none", // licences.txt has the whole texts
  plugins: [split],
  metafile: true,
  write: false,
});
const files = new Map(outputFiles.map(({ path, text }) => [basename(path, ".cjs"), text]));
const packOf = new Map();
for (const [pack, modules] of Object.entries(packs))
  for (const name of modules.flatMap(loadedWith)) if (!packOf.has(name)) packOf.set(name, pack);

rmSync(join(dist, "bin"), { recursive: true, force: true });
mkdirSync(join(dist, "bin"), { recursive: true });
for (const [name, code] of await pack(files, { packOf, open })) write(name, code);
writeFileSync(join(dist, "bin", "meta.json"), JSON.stringify(inputsByOutput()));
writeFileSync(join(dist, "bin", "licences.txt"), bundled.map(licence).join("\n"));

/** Writes a file as bin/load.js reads it: a byte for each character, and its hash at the end. */
function write(name, code) {
  const ascii = code.replaceAll(
    /[^\0-\x7f]/g,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const id = createHash("sha256").update(ascii).digest("hex").slice(0, 16);
  writeFileSync(join(dist, "bin", `${name}.cjs`), `${ascii}\n//${id}`);
}

/** The output of a module and all outputs that it loads at once. */
function loadedWith(module) {
  const names = new Set();
  const add = (path) => {
    if (names.has(basename(path, ".cjs"))) return;
    names.add(basename(path, ".cjs"));
    const { imports } = metafile.outputs[path];
    for (const it of imports) if (it.kind === "import-statement" && !it.external) add(it.path);
  };
  const holds = ([, { inputs }]) => `dist/${module}` in inputs;
  const output = Object.entries(metafile.outputs).find(holds);
  if (output === undefined) throw new Error(`no file has ${module}`);
  add(output[0]);
  return [...names];
}

/** The modules in each file, with their bytes. */
function inputsByOutput() {
  const found = {};
  for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
    const name = basename(path, ".cjs");
    const file = (found[`${packOf.get(name) ?? name}.cjs`] ??= {});
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) file[input] = bytesInOutput;
  }
  return found;
}

function licence(name) {
  const folder = join(root, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "license", "LICENSE.md"].find((it) => existsSync(join(folder, it)));
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8")}`;
}
