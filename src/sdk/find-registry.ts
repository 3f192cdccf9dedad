import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configFileName, readConfig } from "../core/config.js";
import { PromptSyncError } from "../core/errors.js";
import { stateFileName } from "../core/layout.js";

/**
 * The registry folder of the project that a folder is in: the nearest folder upwards with settings or with a registry at
 * its usual place. Absolute.
 * @throws PromptSyncError `SOURCE_UNREACHABLE` when there is none, `CONFIG_INVALID`
 */
export function findRegistry(directory: string): string {
  for (let folder = directory, last = ""; folder !== last; last = folder, folder = dirname(folder)) {
    const settings = join(folder, configFileName);
    const text = existsSync(settings) ? readFileSync(settings, "utf8") : undefined;
    const registry = join(folder, readConfig(text, settings).registry);
    if (text !== undefined || existsSync(join(registry, stateFileName))) return registry;
  }
  throw new PromptSyncError("SOURCE_UNREACHABLE", `no registry above \`${directory}\``, {
    hint: "name one: `new PromptManager({ source: … })`, or run `promptsync init` in the project",
  });
}
