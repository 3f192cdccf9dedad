/** A version file that a commit touched. */
export interface VersionChange {
  readonly prompt: string;
  readonly version: string;
  readonly path: string;
  /** The blob id afterwards; null when the file is gone. */
  readonly after: string | null;
}

/** Something that happened to a version that was there for good. */
export interface VersionBreach {
  readonly kind: "modified" | "deleted" | "reused";
  readonly prompt: string;
  readonly version: string;
  readonly path: string;
}

interface Held {
  /** The bytes that count: those of the first time. */
  readonly blob: string;
  readonly path: string;
  readonly gone?: "removed" | "vanished";
}

/**
 * Follows the versions of a branch from commit to commit, the oldest first, and says what may not happen to one: its
 * bytes change, it vanishes without a tombstone, or its number comes back for something else. A version that moves to
 * another folder with its bytes is the same version.
 */
export class VersionAudit {
  readonly #held = new Map<string, Held>();

  /** How many versions were ever there. */
  get count(): number {
    return this.#held.size;
  }

  /** Goes on by one commit; `isRemoved` says whether the state afterwards has a tombstone of the version. */
  *add(
    changes: readonly VersionChange[],
    isRemoved: (prompt: string, version: string) => boolean,
  ): Iterable<VersionBreach> {
    const last = new Map<string, VersionChange>();
    for (const change of changes) {
      const id = `${change.prompt}@${change.version}`;
      if ((last.get(id)?.after ?? null) === null) last.set(id, change); // of a move, the place where the file is now
    }
    for (const [id, change] of last) {
      const { after, path, prompt, version } = change;
      const held = this.#held.get(id);
      const breach = (kind: VersionBreach["kind"]): VersionBreach => ({ kind, prompt, version, path });
      if (after === null) {
        if (held === undefined || held.gone !== undefined) continue;
        const gone = isRemoved(prompt, version) ? "removed" : "vanished";
        if (gone === "vanished") yield breach("deleted");
        this.#held.set(id, { ...held, gone });
        continue;
      }
      if (held !== undefined && held.gone === undefined && held.blob !== after) yield breach("modified");
      if (held?.gone === "removed" || (held?.gone === "vanished" && held.blob !== after))
        yield breach("reused");
      this.#held.set(id, { blob: after, path });
    }
  }
}
