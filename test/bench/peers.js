// Installs what the bench measures us against, once, in a folder of its own: `npm ci` of the project stays small.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("./peers/", import.meta.url));

/** Loads a package of `peers/package.json`; installs all of them the first time. */
export async function peer(name) {
  if (!existsSync(`${folder}node_modules`)) {
    const args = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    const { status } = spawnSync("npm", args, { cwd: folder, stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error("the peers of the bench could not be installed");
  }
  return import(pathToFileURL(createRequire(`${folder}package.json`).resolve(name)).href);
}
