// What others answer the questions of the gate with: has this branch what it needs, and does every file fit its schema.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { peer } from "./peers.js";

const packages = fileURLToPath(new URL("./peers/node_modules/", import.meta.url));
const schema = fileURLToPath(new URL("../../schemas/prompt.schema.json", import.meta.url));

/** Installs the peers the first time. */
export async function installPeers() {
  await peer("ajv");
}

/** `changeset status` since `main`, in a repository that {@link asPackage} made one of its own. */
export const changesetStatus = `'${packages}.bin/changeset' status --since=main`;

/** `commitlint` on the newest commit. */
export const commitlint = `'${packages}.bin/commitlint' --last --extends '${packages}@commitlint/config-conventional/lib/index.js'`;

/** Files that make a repository a package with changesets, and the change that its branch describes. */
export const asPackage = {
  "package.json": '{ "name": "registry", "version": "1.0.0", "private": true }\n',
  ".changeset/config.json":
    '{ "baseBranch": "main", "changelog": false, "privatePackages": { "version": true } }\n',
};
export const described = { ".changeset/ten.md": '---\n"registry": minor\n---\n\nTen next versions.\n' };

/** `ajv-cli` on the front-matter of every version, which is taken out and parsed beforehand; and the folder it is in. */
export function ajvOn(registry) {
  const folder = mkdtempSync(join(tmpdir(), "promptsync-bench-ajv-"));
  for (const path of readdirSync(registry, { recursive: true })) {
    if (!path.endsWith(".md")) continue;
    const [, fields = ""] = readFileSync(join(registry, path), "utf8").split("---\n");
    writeFileSync(join(folder, `${path.replaceAll("/", "-")}.json`), JSON.stringify(parse(fields)));
  }
  const command = `'${packages}.bin/ajv' validate --spec=draft2020 --strict=false -s '${schema}' -d '${folder}/*.json'`;
  return { command, folder };
}

/** Writes files below a folder. */
export function writeInto(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path.slice(0, -basename(path).length)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
