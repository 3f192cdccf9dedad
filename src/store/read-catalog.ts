import { buildCatalog, type Catalog, type CatalogVersion } from "../core/catalog.js";
import { stateFilesOf } from "../core/state-files.js";
import type { Listing } from "../core/listing.js";
import { readVersion, type VersionText } from "../core/prompt-file/read-version.js";
import type { StateFile } from "../core/state/read-state.js";
import type { Repository } from "./git/repository.js";
import { promptLimit, readFiles, stateLimit } from "./listing/read-files.js";

/**
 * Builds the catalog of a listing. Reads its state files and no version.
 * @throws PromptSyncError `FILE_UNREADABLE` when a state file is too large or not UTF-8
 */
export async function readCatalog(repository: Repository, listing: Listing): Promise<Catalog> {
  return buildCatalog(listing, await readStateFiles(repository, listing));
}

/** Reads the state files of a listing. @throws PromptSyncError `FILE_UNREADABLE` for one that is too large or not UTF-8 */
export async function readStateFiles(repository: Repository, listing: Listing): Promise<StateFile[]> {
  const files = stateFilesOf(listing);
  const texts = await readFiles(repository, listing, files, { limit: stateLimit });
  return texts.map((read, index): StateFile => {
    if ("error" in read) throw read.error;
    const prompt = files[index]?.prompt;
    const path = `${listing.registry}/${read.path}`;
    return { path, text: read.text, ...(prompt === undefined ? {} : { prompt }) };
  });
}

/** A version to read: one of a catalog's, with the name of its prompt. */
export interface VersionToRead extends CatalogVersion {
  readonly name: string;
}

/** A version file with its bytes as text. */
export interface ReadVersion extends VersionText {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  /** The stored text; empty when the file could not be read. */
  readonly text: string;
}

/** Reads and parses versions of a catalog, in the order given; what cannot be read becomes a problem of the file. */
export async function readVersions(
  repository: Repository,
  catalog: Pick<Catalog, "registry">,
  versions: readonly VersionToRead[],
): Promise<ReadVersion[]> {
  const files = versions.map(({ path, blob }) => ({
    path: path.slice(catalog.registry.length + 1),
    blob,
    mode: "file" as const,
  }));
  const texts = await readFiles(repository, catalog, files, { limit: promptLimit });
  return versions.map(({ name, version, path }, index): ReadVersion => {
    const read = texts[index];
    if (read === undefined) throw new TypeError(`${path} was not read`);
    if ("text" in read)
      return { name, version, path, text: read.text, ...readVersion(read.text, { name, version }) };
    const { message, hint = "replace the file", line = 1, column = 1 } = read.error;
    const problem = { rule: "layout-encoding-invalid", message, hint, line, column };
    const place = { line: 1, column: 1 };
    return {
      name,
      version,
      path,
      text: "",
      prompt: undefined,
      problems: [problem],
      bodyLine: 1,
      locate: () => place,
    };
  });
}
