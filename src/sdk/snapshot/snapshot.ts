import { setImmediate } from "node:timers/promises";
import { findPrompt, pinnedVersion, stateOf, type Catalog } from "../../core/catalog.js";
import { isPromptSyncError } from "../../core/errors.js";
import { entryOf } from "../../core/state/state.js";
import { versionsServed } from "../../core/state/versions-served.js";
import type { Steps } from "../../core/steps.js";
import { mayInclude } from "../../render/includes.js";
import { readLibrary } from "../../render/library.js";
import type { VersionToRead } from "../../store/read-catalog.js";
import { inSlices } from "../../store/sources/in-slices.js";
import type { Picture } from "../../store/sources/source.js";
import { LoadedVersion } from "./loaded-version.js";

const slice = 100; // versions that are read at once: between two slices the application has its turn

/**
 * A registry at one moment, as the application sees it: the catalog, and the texts of every version that a caller may
 * be served without naming it. Other versions are read once, when they are asked for. What it answers never changes.
 */
export class Snapshot {
  readonly #loaded = new Map<string, LoadedVersion>();
  readonly #loading = new Map<string, Promise<void>>();
  /** Versions in memory whose text could not be read. */
  #broken = 0;

  /** Which registry it is, for explanations; nulls where nothing is committed. */
  readonly identity: { readonly commit: string | null; readonly tree: string | null };

  private constructor(
    readonly catalog: Catalog,
    readonly picture: Picture,
  ) {
    this.identity = Object.freeze({ commit: catalog.origin.commit, tree: picture.tree });
  }

  /**
   * Makes the snapshot of a picture; keeps from an earlier one what is still the same.
   * @throws PromptSyncError what reading the picture throws
   */
  static async of(picture: Picture, { previous, defaultAlias, signal }: SnapshotOptions): Promise<Snapshot> {
    const snapshot = new Snapshot(withDefaultAlias(picture.catalog, defaultAlias), picture);
    const held = previous === undefined ? [] : await inSlices(snapshot.#adopt(previous), signal);
    const served = await inSlices(snapshot.#served(), signal);
    await snapshot.load([...served, ...held], signal);
    return snapshot;
  }

  /** Every version whose text is in memory. */
  get loaded(): Iterable<LoadedVersion> {
    return this.#loaded.values();
  }

  /** How many versions are in memory. */
  get size(): number {
    return this.#loaded.size;
  }

  /** Whether every version in memory could be read. Asked by every call, so it is counted and not looked up. */
  get isWhole(): boolean {
    return this.#broken === 0;
  }

  /** A version whose text is in memory. */
  readonly find = (id: string): LoadedVersion | undefined => this.#loaded.get(id);

  /**
   * A version, read when it is not in memory yet; once, however many ask at the same time.
   * @throws PromptSyncError `PROMPT_NOT_FOUND`, `VERSION_NOT_FOUND`, and what reading throws
   */
  async version(name: string, version: string, signal: AbortSignal): Promise<LoadedVersion> {
    const id = `${name}@${version}`;
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const at = findPrompt(this.catalog, name).versions.find((it) => it.version === version);
    if (at === undefined) throw new TypeError(`${id} was resolved and is not in the catalog`);
    const loading =
      this.#loading.get(id) ??
      this.load([{ ...at, name }], signal).finally(() => {
        this.#loading.delete(id);
      });
    this.#loading.set(id, loading);
    await loading;
    const loaded = this.#loaded.get(id);
    if (loaded === undefined) throw new TypeError(`${id} was read and is not there`);
    return loaded;
  }

  /** Reads versions that are not in memory yet, with all they include, some at a time. */
  async load(versions: readonly VersionToRead[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < versions.length; at += slice) {
      if (at > 0) await setImmediate();
      const some = new Map(versions.slice(at, at + slice).map((it) => [`${it.name}@${it.version}`, it]));
      const missing = [...some].flatMap(([id, version]) => (this.#loaded.has(id) ? [] : [version]));
      const read = await this.#read(missing, signal);
      for (const version of read) await this.#add(version, signal);
    }
  }

  async #read(versions: readonly VersionToRead[], signal: AbortSignal): Promise<LoadedVersion[]> {
    if (versions.length === 0) return [];
    try {
      const texts = await this.picture.read(versions, signal);
      return versions.map((version, index) => new LoadedVersion(version, texts[index] ?? ""));
    } catch (error) {
      if (!isPromptSyncError(error) || error.code !== "FILE_UNREADABLE") throw error;
      const [first] = versions;
      // One file that cannot be read is the trouble of those who ask for it.
      if (versions.length === 1 && first !== undefined) return [new LoadedVersion(first, error)];
      return (await Promise.all(versions.map((version) => this.#read([version], signal)))).flat();
    }
  }

  #put(version: LoadedVersion): void {
    if (this.#loaded.get(version.id)?.isWhole === false) this.#broken -= 1;
    if (!version.isWhole) this.#broken += 1;
    this.#loaded.set(version.id, version);
  }

  /** Keeps a version with all it includes; `open` are those whose includes are being read, against circles. */
  async #add(
    version: LoadedVersion,
    signal: AbortSignal,
    open: ReadonlyMap<string, LoadedVersion> = new Map(),
  ): Promise<void> {
    if (!mayInclude(version.text) || version.prompt === undefined) {
      this.#put(version);
      return;
    }
    const opened = new Map(open).set(version.id, version);
    const library = await readLibrary([version.prompt], async (ids) => {
      const missing = ids.filter((id) => !this.#loaded.has(id) && !opened.has(id));
      const read = await this.#read(
        missing.flatMap((id) => pinnedVersion(this.catalog, id) ?? []),
        signal,
      );
      for (const included of read) await this.#add(included, signal, opened);
      const known = ids.flatMap((id) => this.#loaded.get(id) ?? opened.get(id) ?? []);
      return new Map(known.map((included) => [included.id, included]));
    });
    this.#put(version.including(library));
  }

  /**
   * Takes over what has the same bytes; returns what is to be read again, so that nothing that was in memory is missed
   * afterwards. A version that includes others is made again: they may have changed.
   */
  *#adopt(previous: Snapshot): Steps<VersionToRead[]> {
    const others: VersionToRead[] = [];
    for (const version of previous.loaded) {
      yield;
      const now = pinnedVersion(this.catalog, version.id);
      if (now === undefined) continue;
      const isSame = this.picture.keyOf(now) === previous.picture.keyOf(version.at);
      if (isSame && version.isWhole && version.library === undefined) this.#put(version);
      else others.push(now);
    }
    return others;
  }

  /**
   * What a caller who names no version may get and is not in memory yet. A version that the state names and nobody has is
   * no reason to fail.
   */
  *#served(): Steps<VersionToRead[]> {
    const { catalog } = this.picture;
    const missing = new Map<string, VersionToRead>();
    for (const { prompt, version, isServed } of versionsServed(catalog.state)) {
      yield;
      const id = `${prompt}@${version}`;
      if (!isServed || this.#loaded.has(id) || missing.has(id)) continue;
      if (entryOf(stateOf(catalog, prompt).yanked, version) !== undefined) continue;
      const at = catalog.prompts.get(prompt)?.versions.find((it) => it.version === version);
      if (at !== undefined) missing.set(id, { ...at, name: prompt });
    }
    return [...missing.values()];
  }
}

/** How a snapshot is made. */
interface SnapshotOptions {
  readonly previous?: Snapshot | undefined;
  /** Instead of the project's own. */
  readonly defaultAlias?: string | undefined;
  readonly signal: AbortSignal;
}

function withDefaultAlias(catalog: Catalog, alias: string | undefined): Catalog {
  if (alias === undefined) return catalog;
  const { state } = catalog;
  return { ...catalog, state: { ...state, project: { ...state.project, default_alias: alias } } };
}
