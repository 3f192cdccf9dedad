import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** Files for programs that judge versions: those of the work tree, and copies of what only git has. */
export interface CheckFiles {
  /**
   * The absolute path of a file with this text: the one at `path` (relative to the repository root) when it holds
   * exactly that, else a copy under the same file name.
   */
  place(path: string, text: string): string;
  /** Removes the copies. */
  remove(): void;
}

/** Makes {@link CheckFiles} for a repository; no folder is made before the first copy. */
export function createCheckFiles(root: string): CheckFiles {
  let folder: string | undefined;
  let count = 0;
  return {
    place(path, text) {
      const there = join(root, path);
      if (textAt(there) === text) return there;
      folder ??= mkdtempSync(join(tmpdir(), "promptsync-gate-"));
      const own = join(folder, String(count++));
      mkdirSync(own);
      const copy = join(own, basename(path));
      writeFileSync(copy, text);
      return copy;
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A results file before and after a run: what an earlier run has left must not count. */
export function watchResults(path: string): { readonly fresh: () => string | undefined } {
  const before = stampOf(path);
  return {
    fresh: () => {
      const after = stampOf(path);
      return after === undefined || after === before ? undefined : textAt(path);
    },
  };
}

function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found?.isFile() === true
    ? `${found.ino} ${found.mtimeNs} ${found.ctimeNs} ${found.size}`
    : undefined;
}

const limit = 64 * 1024 * 1024; // bytes

function textAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= limit ? readFileSync(path, "utf8") : undefined;
}
