import { createHash } from "node:crypto";
import { join } from "node:path";
import { keep, readKept } from "./kept-file.js";

/** Texts of which something was found out that cannot change, remembered by their hashes. */
export interface KnownTexts {
  /** Says whether exactly these texts were remembered. */
  readonly has: (texts: readonly string[]) => boolean;
  readonly add: (texts: readonly string[]) => void;
}

/** How many entries are kept: those of a few branches. */
const limit = 64;

/**
 * Opens the texts that are known under a name, in the git directory. `format` changes whenever the same texts could
 * give another answer, such as the version of the tool: what was found out before is forgotten then. Whoever deletes
 * the file loses nothing; a file that cannot be written is no error.
 */
export function openKnownTexts(gitDirectory: string, name: string, format: string): KnownTexts {
  const file = join(gitDirectory, "promptsync", "cache", name);
  const entries = (): string[] =>
    (readKept(file, format)?.toString() ?? "").split("\n").filter((it) => it !== "");
  return {
    has: (texts) => entries().includes(entryOf(texts)),
    add: (texts) => {
      const entry = entryOf(texts);
      const others = entries().filter((it) => it !== entry);
      keep(file, format, Buffer.from([...others.slice(1 - limit), entry].join("\n")));
    },
  };
}

function entryOf(texts: readonly string[]): string {
  const lengths = texts.map(({ length }) => length).join(" ");
  return createHash("sha256")
    .update(`${lengths}\n${texts.join("")}`)
    .digest("hex");
}
