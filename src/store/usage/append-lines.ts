import { randomBytes } from "node:crypto";
import { open, readdir, rename, stat, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../make-folder.js";

/** Where lines go, and how much of them is kept. */
export interface LogFile {
  readonly file: string;
  /** A file that would grow beyond this many bytes is set aside, and a new one begun. */
  readonly maxBytes: number;
  /** How many of the files set aside stay; the oldest go first. */
  readonly keep: number;
}

const setAside = /^\.\d{8}T\d{9}Z-[0-9a-f]{6}$/;

/**
 * Appends whole lines in one write, so that lines of several processes never mix on a local file system (`O_APPEND`).
 * A half line that a killed process or a full disk left is ended first. Throws what the file system throws.
 */
export async function appendLines({ file, maxBytes, keep }: LogFile, lines: string): Promise<void> {
  makeFolder(dirname(file));
  let handle = await open(file, "a+");
  try {
    const { size, ino } = await handle.stat();
    if (size > 0 && size + Buffer.byteLength(lines) > maxBytes) {
      await handle.close();
      await rotate(file, ino, keep);
      handle = await open(file, "a+");
    }
    const bytes = Buffer.from((await endsInsideLine(handle)) ? `\n${lines}` : lines);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) throw new Error(`only a part fitted into ${file}`);
  } finally {
    await handle.close();
  }
}

async function endsInsideLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

/** Sets the file aside, unless another process has done so meanwhile. Both at once cost an early rotation, no line. */
async function rotate(file: string, ino: number, keep: number): Promise<void> {
  const current = await stat(file).catch(() => undefined);
  if (current?.ino !== ino) return;
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, "");
  await rename(file, `${file}.${stamp}-${randomBytes(3).toString("hex")}`).catch(unlessGone);
  const old = (await filesSetAside(file)).slice(0, -keep || undefined);
  await Promise.all(old.map((path) => unlink(path).catch(unlessGone)));
}

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** The files that were set aside, the oldest first. */
export async function filesSetAside(file: string): Promise<readonly string[]> {
  const name = basename(file);
  const beside = await readdir(dirname(file)).catch(() => []);
  return beside
    .filter((other) => other.startsWith(name) && setAside.test(other.slice(name.length)))
    .sort()
    .map((other) => join(dirname(file), other));
}
