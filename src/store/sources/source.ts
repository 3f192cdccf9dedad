import type { Catalog } from "../../core/catalog.js";
import type { VersionToRead } from "../read-catalog.js";

/** What a source held at one moment. It stays readable after the source has moved on, or says why not. */
export interface Picture {
  readonly catalog: Catalog;
  /** The tree id of the registry folder; null where there is no git. */
  readonly tree: string | null;
  /** Two pictures of one source with the same mark hold the same bytes. */
  readonly mark: string;
  /** What the text of a version is kept under: two versions with the same key have the same text. */
  readonly keyOf: (version: VersionToRead) => string;
  /**
   * The stored texts of versions, in the order given, each checked against its digest where the source has one.
   * @throws PromptSyncError `INTEGRITY_MISMATCH`, `FILE_UNREADABLE`, `SOURCE_UNREACHABLE`
   */
  readonly read: (versions: readonly VersionToRead[], signal: AbortSignal) => Promise<readonly string[]>;
}

/** Somewhere that prompts are read from: a folder, a repository or a bundle. */
export interface Source {
  readonly kind: "folder" | "repository" | "bundle";
  /** How messages call it; holds no secret. */
  readonly label: string;
  /** Tells it from every other source, for what is kept of it; never shown. The label when left out. */
  readonly identity?: string;
  /**
   * The picture of now, or `unchanged` when it is the one with the mark `previous`.
   * @throws PromptSyncError `SOURCE_UNREACHABLE` when it is not there or takes too long, `SOURCE_INVALID` when what
   * is there is no registry, `INTEGRITY_MISMATCH`, `STATE_INVALID`
   */
  readonly load: (previous: string | undefined, signal: AbortSignal) => Promise<Picture | "unchanged">;
  /** Ends what the source keeps open; it may be loaded again afterwards. */
  readonly close: () => void;
}
