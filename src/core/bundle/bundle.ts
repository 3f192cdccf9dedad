/** The `schema` of a document that holds every text, and of one that holds digests alone. */
export const bundleSchemas = { bundle: "promptsync/bundle/v1", index: "promptsync/index/v1" } as const;

/** One stored text, or where it is to be found. */
interface BundledText {
  /** `sha256:…` of the stored text. */
  readonly digest: string;
  /** Left out in an index. */
  readonly text?: string;
}

/** A state file in a bundle. */
export interface BundledState extends BundledText {
  /** Relative to the registry folder. */
  readonly path: string;
}

/** A version in a bundle. */
export interface BundledVersion extends BundledText {
  readonly name: string;
  /** Folders above the prompt's own, `""` for none. */
  readonly group: string;
  readonly version: string;
}

/** Versions by their ids, `name@1.2.0`. */
export type BundledVersions = ReadonlyMap<string, BundledVersion>;

/** The numbers of a prompt's versions whose texts are not in the bundle. */
export interface OtherVersions {
  readonly name: string;
  readonly group: string;
  readonly versions: readonly string[];
}

/** What an application needs of a registry at one commit; `schemas/bundle.schema.json` is the contract. */
export interface Bundle {
  readonly catalog: {
    /** Full id. */
    readonly commit: string;
    /** Committer date, ISO 8601 in UTC. */
    readonly date: string;
    /** Git's id of the registry folder's tree. */
    readonly tree: string;
    /** The registry folder, relative to the repository root. */
    readonly registry: string;
  };
  /** Sorted by path. */
  readonly state: readonly BundledState[];
  /** Sorted by name, then by version. */
  readonly versions: readonly BundledVersion[];
  /** Sorted by name. */
  readonly others: readonly OtherVersions[];
}

/** Where a version stands, relative to the registry folder. */
export function versionPath(
  { group, name }: Pick<BundledVersion, "group" | "name">,
  version: string,
): string {
  return `${group === "" ? "" : `${group}/`}${name}/${version}.md`;
}

/** Where the text of a digest stands, relative to the index: made of the digest alone, so it cannot lead elsewhere. */
export function objectPath(digest: string): string {
  const hex = digest.slice("sha256:".length);
  return `objects/sha256/${hex.slice(0, 2)}/${hex}`;
}
