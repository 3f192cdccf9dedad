import { createHash, randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "./make-folder.js";

const newline = 0x0a;

/** What is kept; the contributing guide says of each what it is found by. */
export type KeptName =
  "list.json" | "report" | "sound-prompts" | "sound-states" | "timeline" | "touches" | "trail";

/** Where something is kept in a git directory, by its name. Whoever deletes what is there loses nothing. */
export function keptFile(gitDirectory: string, name: KeptName): string {
  return join(gitDirectory, "promptsync", "cache", name);
}

/**
 * What was kept in a file under a key; undefined when there is none, when its key is another, and when it was damaged.
 * The first line of the file is the key, the second the hash of all that follows.
 */
export function readKept(file: string, key: string): Buffer | undefined {
  const kept = openKept(file);
  return kept?.key === key ? kept.bytes : undefined;
}

/** The same under whatever key it was kept. */
export function openKept(file: string): { readonly key: string; readonly bytes: Buffer } | undefined {
  let whole: Buffer;
  try {
    whole = readFileSync(file);
  } catch {
    return undefined; // none, deleted a moment ago, or not ours to read
  }
  const first = whole.indexOf(newline);
  const second = whole.indexOf(newline, first + 1);
  if (second < 0) return undefined;
  const bytes = whole.subarray(second + 1);
  if (whole.toString("latin1", first + 1, second) !== hashOf(bytes)) return undefined;
  return { key: whole.toString("utf8", 0, first), bytes };
}

/** Keeps bytes in a file under a key, a line of text; whoever reads meanwhile sees the old file or the new one. */
export function keep(file: string, key: string, bytes: Buffer): void {
  let draft: string | undefined;
  try {
    makeFolder(dirname(file));
    draft = `${file}.${randomBytes(8).toString("hex")}`;
    writeFileSync(draft, Buffer.concat([Buffer.from(`${key}\n${hashOf(bytes)}\n`), bytes]), { flag: "wx" });
    renameSync(draft, file);
  } catch {
    // A git directory that cannot be written to, or a full disk: the next run finds out again.
    if (draft !== undefined) rmSync(draft, { force: true });
  }
}

/** When this tool was built: what one build found out may not hold for another. */
export function toolBuild(): number | undefined {
  // An update of the tool may have taken this very file away by now.
  return statSync(fileURLToPath(import.meta.url), { throwIfNoEntry: false })?.mtimeMs;
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
