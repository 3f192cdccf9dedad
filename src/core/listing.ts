/** One file under the registry folder, as a tree, an index or a folder lists it; its bytes are read later. */
export interface ListedFile {
  /** Relative to the registry folder, forward slashes. */
  readonly path: string;
  /** Git's blob id, or null when the file was listed from the working tree. */
  readonly blob: string | null;
  /** `link` is a symbolic link and `module` a submodule: neither is ever followed. */
  readonly mode: "file" | "executable" | "link" | "module";
}

/** Which picture of the repository something was read from. */
export interface Origin {
  readonly kind: "worktree" | "index" | "commit" | "folder" | "bundle";
  /** Full id of HEAD (worktree, index) or of the commit; null on an unborn branch or outside git. */
  readonly commit: string | null;
  /** Committer date of a commit that was named, ISO 8601 in UTC; null for what is not committed (worktree, index). */
  readonly date: string | null;
  /** How people call it: a branch, a tag, `working tree`. */
  readonly label: string;
  /** When a date chose the commit: those whose clock had gone back, where that made a difference. */
  readonly skewed?: readonly SkewedCommit[];
}

/** A commit whose clock had gone back. Dates are ISO 8601 in UTC. */
export interface SkewedCommit {
  readonly commit: string;
  /** What its committer's clock said. */
  readonly date: string;
  /** What it counts as: the date of the newest commit that it builds on. */
  readonly effective: string;
}

/** Everything under the registry folder at one moment. Paths are sorted by code unit. */
export interface Listing {
  readonly origin: Origin;
  /** The registry folder relative to the repository root. */
  readonly registry: string;
  readonly files: readonly ListedFile[];
}
