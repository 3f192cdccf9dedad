import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, and says whether any was missing. `recursive` of Node never ends where a folder
 * that is there takes no others and calls them missing: below /proc, and behind a link that leads nowhere.
 * Throws what the file system throws.
 */
export function makeFolder(path: string, mode = 0o777): boolean {
  try {
    mkdirSync(path, mode);
    return true;
  } catch (error) {
    const above = dirname(path);
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (isMissing && above !== path && !existsSync(above)) {
      makeFolder(above, mode);
      makeFolder(path, mode);
      return true;
    }
    // Another process may have made it, and a drive is refused in other words than a folder that is there.
    if (existsSync(path) && statSync(path).isDirectory()) return false;
    throw error;
  }
}
