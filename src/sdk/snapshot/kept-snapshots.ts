import { createHash, randomBytes } from "node:crypto";
import { open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { bundleLines } from "../../core/bundle/print-bundle.js";
import { inSlices } from "../../store/sources/in-slices.js";
import { openSource } from "../../store/sources/open-source.js";
import type { Source } from "../../store/sources/source.js";
import { bundleOfSnapshot } from "./bundle-of-snapshot.js";
import type { Clock } from "./clock.js";
import { Snapshot } from "./snapshot.js";
import { makeFolder } from "../../store/make-folder.js";

/** A snapshot from an earlier run or another process. */
export interface KeptSnapshot {
  readonly snapshot: Snapshot;
  /** Time since the source last confirmed it, in ms; a year when the file claims to be from the future. */
  readonly ageMs: number;
}

interface Place {
  /** Absolute; it is made when it is not there. */
  readonly cacheDir: string;
  /** What is kept, by its identity. */
  readonly source: Pick<Source, "kind" | "label" | "identity">;
  /** The most that all kept files may take, in bytes. */
  readonly maxSize: number;
  readonly clock: Clock;
}

interface Wanted {
  readonly maxAge: number;
  readonly defaultAlias: string | undefined;
  readonly signal: AbortSignal;
}

const chunk = 1 << 16; // characters a write: between two the application has its turn
const minute = 60_000; // ms that clocks of two machines may differ, and that a draft may take
const year = 365 * 24 * 60 * minute;

/**
 * Keeps the last good snapshot as a bundle, which is replaced whole and verified like any other, so that processes may
 * share the folder. Trouble with the disk is no trouble of the application: nothing here throws.
 */
export class KeptSnapshots {
  readonly #place: Place;
  readonly #file: string;
  /** What this process wrote last: the mark of the snapshot, how much it held, and which file it became. */
  #written: { readonly mark: string; readonly size: number; readonly file: string } | undefined;
  /** The mark of a snapshot that is larger than may be kept: it is not tried, and not told, again. */
  #tooLarge: string | undefined;
  #wanted: Snapshot | undefined;
  #keeping: Promise<boolean> | undefined;

  constructor(place: Place) {
    this.#place = place;
    const { kind, label, identity = label } = place.source;
    const name = createHash("sha256").update(`${kind}\0${identity}`).digest("hex").slice(0, 32);
    this.#file = join(place.cacheDir, `promptsync-${name}.json`);
  }

  /** Resolves when nothing is being written. */
  get settled(): Promise<unknown> {
    return this.#keeping ?? Promise.resolve();
  }

  /** The kept snapshot, when there is a whole one that is at most `maxAge` ms old. */
  async read({ maxAge, defaultAlias, signal }: Wanted): Promise<KeptSnapshot | undefined> {
    try {
      const age = this.#place.clock.wall() - (await stat(this.#file)).mtimeMs;
      const ageMs = age < -minute ? year : Math.max(0, age);
      if (ageMs > maxAge) return undefined;
      const { cacheDir: directory } = this.#place;
      const source = openSource({ bundle: this.#file }, { directory, environment: {}, timeoutMs: 10_000 });
      const picture = await source.load(undefined, signal);
      if (picture === "unchanged") return undefined;
      return { snapshot: await Snapshot.of(picture, { defaultAlias, signal }), ageMs };
    } catch {
      return undefined; // none, half of one, or somebody else's: the source is asked, and it is written anew
    }
  }

  /**
   * Keeps a snapshot that the source has just confirmed; says whether it could. One write at a time, and the newest
   * snapshot wins. What has no commit is not kept: a folder lies on this disk anyway.
   */
  keep(snapshot: Snapshot): Promise<boolean> {
    this.#wanted = snapshot;
    this.#keeping ??= this.#keepWanted().finally(() => (this.#keeping = undefined));
    return this.#keeping;
  }

  async #keepWanted(): Promise<boolean> {
    let isKept = true;
    for (let next = this.#wanted; next !== undefined; next = this.#wanted) {
      this.#wanted = undefined;
      isKept = await this.#keep(next);
    }
    return isKept;
  }

  async #keep(snapshot: Snapshot): Promise<boolean> {
    const { mark } = snapshot.picture;
    if (mark === this.#tooLarge) return true;
    const seconds = this.#place.clock.wall() / 1000;
    try {
      const { size } = snapshot;
      const isThere =
        this.#written?.mark === mark &&
        this.#written.size === size &&
        this.#written.file === (await this.#found());
      if (!isThere) {
        const bundle = await inSlices(bundleOfSnapshot(snapshot));
        if (bundle === undefined) return true;
        await this.#write(bundleLines(bundle, "bundle"));
      }
      await utimes(this.#file, seconds, seconds);
      this.#written = { mark, size, file: await this.#found() };
      return true;
    } catch (error) {
      this.#written = undefined;
      if (error instanceof RangeError) this.#tooLarge = mark;
      return false;
    }
  }

  /** Which file lies there now: another process may have put its own in its place. */
  async #found(): Promise<string> {
    const { ino, size } = await stat(this.#file);
    return `${String(ino)} ${String(size)}`;
  }

  async #write(lines: Iterable<string>): Promise<void> {
    const { cacheDir, maxSize } = this.#place;
    makeFolder(cacheDir, 0o700);
    const draft = join(cacheDir, `.promptsync-${randomBytes(8).toString("hex")}.tmp`);
    try {
      const handle = await open(draft, "wx", 0o600);
      let size = 0;
      const write = async (text: string): Promise<void> => {
        await handle.appendFile(text); // to its end: `write` may stop where a disk is full, and say nothing
        size += Buffer.byteLength(text);
        if (size > maxSize) throw new RangeError(`more than ${String(maxSize)} bytes`);
      };
      try {
        let waiting = "";
        for (const line of lines) {
          waiting += line;
          if (waiting.length < chunk) continue;
          await write(waiting);
          waiting = "";
        }
        await write(waiting);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, this.#file);
      await this.#makeRoom(size);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /**
   * Removes drafts of killed processes, and what other sources left, the oldest first, until everything fits. Other
   * processes do the same in this folder: what one of them has taken away is no trouble.
   */
  async #makeRoom(own: number): Promise<void> {
    const { cacheDir, maxSize, clock } = this.#place;
    const all = await readdir(cacheDir);
    for (const name of all.filter((it) => /^\.promptsync-[0-9a-f]{16}\.tmp$/.test(it))) {
      const draft = join(cacheDir, name);
      const found = await stat(draft).catch(() => undefined);
      if (found !== undefined && clock.wall() - found.mtimeMs > minute) await rm(draft, { force: true });
    }
    const names = all.filter((name) => /^promptsync-[0-9a-f]{32}\.json$/.test(name));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(cacheDir, name);
        const found = await stat(path).catch(() => undefined);
        return found === undefined ? [] : [{ path, size: found.size, mtimeMs: found.mtimeMs }];
      }),
    );
    let room = maxSize - own;
    for (const { path, size } of files.flat().sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      if (path === this.#file) continue;
      room -= size;
      if (room < 0) await rm(path, { force: true });
    }
  }
}
