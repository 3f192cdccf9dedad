import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Texts of which something was found out that cannot change, remembered by their hashes. */
export interface KnownTexts {
  /** Says whether exactly these texts were remembered. */
  readonly has: (texts: readonly string[]) => boolean;
  readonly add: (texts: readonly string[]) => void;
}

/** How many entries are kept: those of a few branches. */
const limit = 64;

/**
 * Opens the texts that are known under a name, in the git directory. `format` is part of every hash: it changes
 * whenever the same texts could give another answer, such as the version of the tool. Whoever deletes the file loses
 * nothing; a file that cannot be written is no error.
 */
export function openKnownTexts(gitDirectory: string, name: string, format: string): KnownTexts {
  const file = join(gitDirectory, "promptsync", "cache", name);
  const entryOf = (texts: readonly string[]): string =>
    createHash("sha256")
      .update(JSON.stringify([format, ...texts.map(({ length }) => length)]))
      .update(texts.join(""))
      .digest("hex");
  return {
    has: (texts) => entriesIn(file).includes(entryOf(texts)),
    add: (texts) => {
      const entry = entryOf(texts);
      const others = entriesIn(file).filter((it) => it !== entry);
      replace(file, [...others.slice(1 - limit), entry]);
    },
  };
}

function entriesIn(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").slice(0, -1);
  } catch {
    return []; // not there yet, or not ours to read
  }
}

function replace(file: string, entries: readonly string[]): void {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${entries.join("\n")}\n`, { flag: "wx" });
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true }); // a git directory that cannot be written to, or a full disk
  }
}
