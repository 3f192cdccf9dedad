import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { randomOf, type Random } from "../support/random.js";

/** One call that changed something, as the shim recorded it. Paths are relative to the watched root. */
export interface Call {
  readonly name: string;
  readonly inode: number;
  readonly path: string;
  /** The second path of a rename or link. */
  readonly other: string;
  /** Of a write; the new size of a truncation. */
  readonly offset: number;
  readonly data: Buffer;
}

/** Reads a log of the shim. */
export function readCalls(log: string, root: string): Call[] {
  const bytes = readFileSync(log);
  const calls: Call[] = [];
  const inside = (path: string) => path.slice(root.length + 1);
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    const [name = "", inode, path = "", other = "", offset, size] = bytes
      .toString("utf8", at, end)
      .split("\t");
    at = end + 1 + Number(size);
    const data = bytes.subarray(end + 1, at);
    calls.push({
      name,
      inode: Number(inode),
      path: inside(path),
      other: inside(other),
      offset: Number(offset),
      data,
    });
  }
  return calls;
}

/**
 * What a power cut leaves: the least that was promised; all names but only the bytes that were synced; or, by the seed
 * of a generator, some of the names and bytes that nobody promised.
 */
export type Loss = "least" | "names" | number;

interface File {
  data: Buffer;
  synced: Buffer;
  /** The call that changed it last; 0 for what was there before. */
  at: number;
}
type Entry = File | "folder";

/**
 * A file system that forgets: bytes are kept by a sync of the file, names by a sync of the folder, and nothing else is
 * promised. After the ideas of SQLite's crash tests and of ALICE (Pillai et al., OSDI 2014).
 */
export class ForgetfulDisk {
  readonly #names = new Map<string, Entry>();
  readonly #kept: Map<string, Entry>;
  readonly #open = new Map<number, File>();
  readonly #touched = new Set<string>();
  #clock = 0;

  /** Starts with everything below a folder, all of it on disk. */
  constructor(top: string) {
    for (const path of below(top)) {
      const full = join(top, path);
      if (lstatSync(full).isDirectory()) this.#names.set(path, "folder");
      else {
        const data = readFileSync(full);
        this.#names.set(path, { data, synced: data, at: 0 });
      }
    }
    this.#kept = new Map(this.#names);
  }

  /** Makes one call happen. */
  do({ name, inode, path, other, offset, data }: Call): void {
    this.#clock++;
    for (const touched of [path, other]) if (touched !== "") this.#touched.add(touched);
    const found = this.#names.get(path);
    const file = this.#open.get(inode);
    switch (name) {
      case "mkdir":
        this.#names.set(path, "folder");
        break;
      case "create": {
        const made = { data: Buffer.alloc(0), synced: Buffer.alloc(0), at: this.#clock };
        this.#names.set(path, made);
        this.#open.set(inode, made);
        break;
      }
      case "open":
      case "empty":
        if (found === undefined || found === "folder") throw new Error(`\`${path}\` is opened and not known`);
        this.#open.set(inode, found);
        if (name === "empty") this.#change(found, Buffer.alloc(0));
        break;
      case "write":
        if (file === undefined) throw new Error(`\`${path}\` is written and was not opened`);
        this.#change(file, spliced(file.data, offset, data));
        break;
      case "truncate":
        if (file) this.#change(file, spliced(file.data.subarray(0, offset), offset, Buffer.alloc(0)));
        break;
      case "fsync":
        if (found === "folder" || path === "") this.#keepNames(path);
        else {
          const opened = found ?? file;
          if (opened) opened.synced = opened.data;
        }
        break;
      case "rename":
        this.#names.delete(path);
        if (found) this.#names.set(other, found);
        break;
      case "link":
        if (found) this.#names.set(other, found);
        break;
      case "unlink":
      case "rmdir":
        this.#names.delete(path);
        break;
    }
  }

  #change(file: File, data: Buffer): void {
    file.data = data;
    file.at = this.#clock;
  }

  #keepNames(folder: string): void {
    const isIn = (path: string) => (dirname(path) === "." ? "" : dirname(path)) === folder;
    for (const path of this.#kept.keys()) if (isIn(path) && !this.#names.has(path)) this.#kept.delete(path);
    for (const [path, entry] of this.#names) if (isIn(path)) this.#kept.set(path, entry);
  }

  /** What the touched paths hold after a power cut now; null for what is not there. */
  after(loss: Loss): Map<string, Entry | null> {
    if (typeof loss === "number") return this.#afterSome(randomOf(loss + this.#clock));
    return this.#touchedIn(loss === "least" ? this.#kept : this.#names);
  }

  #afterSome(random: Random): Map<string, Entry | null> {
    const names = new Map<string, Entry>();
    for (const path of new Set([...this.#kept.keys(), ...this.#names.keys()])) {
      const entry = random.of([this.#kept, this.#names]).get(path);
      if (entry === undefined) continue;
      const isWritten = entry !== "folder" && random.below(2) === 1;
      names.set(path, isWritten ? { ...entry, synced: entry.data } : entry);
    }
    return this.#touchedIn(names);
  }

  #touchedIn(names: ReadonlyMap<string, Entry>): Map<string, Entry | null> {
    const isThere = (path: string): boolean => path === "." || (names.has(path) && isThere(dirname(path)));
    return new Map(
      [...this.#touched].sort().map((path) => [path, isThere(path) ? (names.get(path) ?? null) : null]),
    );
  }

  /** Whether the model holds exactly what a folder does: else the record misses something. */
  differsFrom(top: string): string[] {
    return [...this.#touched].filter((path) => {
      const entry = this.#names.get(path);
      const found = lstatSync(join(top, path), { throwIfNoEntry: false });
      if (entry === undefined || found === undefined) return (entry === undefined) !== (found === undefined);
      return entry !== "folder" && !readFileSync(join(top, path)).equals(entry.data);
    });
  }
}

/** Identifies a state: two cuts that leave the same are one. */
export function stateId(state: ReadonlyMap<string, Entry | null>): string {
  const hash = createHash("sha256");
  for (const [path, entry] of state) {
    hash.update(
      `${path}\0${entry === null ? "-" : entry === "folder" ? "/" : entry.synced.toString("latin1")}\0`,
    );
  }
  return hash.digest("hex");
}

/** Makes a copy of the start into what the power cut left. */
export function materialize(top: string, state: ReadonlyMap<string, Entry | null>): void {
  const start = Date.now() / 1000 - 60;
  for (const [path, entry] of state) {
    const full = join(top, path);
    if (entry === "folder") mkdirSync(full, { recursive: true });
    else {
      rmSync(full, { recursive: true, force: true });
      if (entry === null) continue;
      writeFileSync(full, entry.synced);
      utimesSync(full, start, start + entry.at / 1000);
    }
  }
}

function spliced(old: Buffer, offset: number, data: Buffer): Buffer {
  const result = Buffer.alloc(Math.max(old.length, offset + data.length));
  old.copy(result);
  data.copy(result, offset);
  return result;
}

function* below(top: string, folder = ""): Generator<string> {
  for (const { name } of readdirSync(join(top, folder), { withFileTypes: true })) {
    const path = join(folder, name);
    yield path;
    if (lstatSync(join(top, path)).isDirectory()) yield* below(top, path);
  }
}
