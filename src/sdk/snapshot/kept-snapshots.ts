import type { Snapshot } from "./snapshot.js";

/** A snapshot from an earlier run or another process. */
export interface KeptSnapshot {
  readonly snapshot: Snapshot;
  /** Time since the source last confirmed it, in ms. */
  readonly ageMs: number;
}

/** Keeps the last good snapshot on disk. Trouble with the disk is no trouble of the application: nothing here throws. */
export interface KeptSnapshots {
  /** The kept snapshot, when there is a whole one that is at most `maxAge` ms old. */
  readonly read: (options: {
    readonly maxAge: number;
    readonly defaultAlias: string | undefined;
    readonly signal: AbortSignal;
  }) => Promise<KeptSnapshot | undefined>;
  /** Keeps a snapshot that the source has just confirmed. */
  readonly keep: (snapshot: Snapshot | undefined) => Promise<void>;
}
