import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A change of one compiled file that breaks a promise of the writer. */
export interface Mutant {
  readonly file: string;
  /** Each text stands in the file exactly once. */
  readonly replace: readonly (readonly [from: string, to: string])[];
}

/** What goes wrong when a writer is built the obvious way. */
export const mutants = {
  "the branch moves before the index": {
    file: "store/apply/carry-out.js",
    replace: [
      [
        `renameSynced(index, repository.indexFile);
        await onStep("move branch");
        await branch.move();`,
        `await branch.move();
        renameSynced(index, repository.indexFile);`,
      ],
    ],
  },
  "objects are not synced": {
    file: "store/apply/store-objects.js",
    replace: [["await syncAll([...folders, store]);", ""]],
  },
  "the old value of the branch is not checked": {
    file: "store/apply/move-branch.js",
    replace: [
      [
        'const update = `update ${ref} ${to} ${from ?? "0".repeat(to.length)}`;',
        "const update = `update ${ref} ${to}`;",
      ],
    ],
  },
  "everything is added to the index": {
    file: "store/apply/index-entries.js",
    replace: [['[...syncedGit, "update-index", ...flags]', '["add", "-A"]']],
  },
} as const satisfies Record<string, Mutant>;

/**
 * Copies compiled sources with one thing changed; returns the copy's folder.
 * @throws Error when the text that is to be replaced is not there once: the mutant has to follow the writer
 */
export function breed(sources: string, { file, replace }: Mutant): string {
  const folder = `${sources}-${String(++bred)}`;
  cpSync(sources, folder, { recursive: true });
  const path = join(folder, file);
  const mutated = replace.reduce(
    (text, [from, to]) => {
      const parts = text.split(from);
      if (parts.length !== 2) throw new Error(`\`${file}\` has ${String(parts.length - 1)} times: ${from}`);
      return parts.join(to);
    },
    readFileSync(path, "utf8"),
  );
  writeFileSync(path, mutated);
  return folder;
}

let bred = 0;
