import { dirname } from "node:path";
import { readState, type StateFile } from "../../core/state/read-state.js";
import { stateFileName } from "../../core/layout.js";
import type { Catalog } from "../../core/catalog.js";
import type { Repository } from "../git/repository.js";
import { decodeText } from "../listing/decode-text.js";
import { stateLimit } from "../listing/read-files.js";
import type { BaseChange } from "./read-changes.js";
import { replay } from "./replay.js";

/**
 * The catalog of a commit that differs from another catalog by the changes given. Versions are not listed again, and
 * the state is read only when a state file differs.
 */
export async function readBaseCatalog(
  repository: Repository,
  head: Catalog,
  {
    commit,
    label,
    changes,
  }: { readonly commit: string | null; readonly label: string; readonly changes: readonly BaseChange[] },
): Promise<Catalog> {
  const differences = changes.map(({ path, before }) => ({ path, blob: before }));
  const catalog: Catalog = {
    ...(commit === null ? { ...head, prompts: new Map() } : replay(head, differences)),
    origin: { kind: "commit", commit, date: null, label },
    problems: [],
  };
  const isState = (path: string): boolean => path.endsWith(`/${stateFileName}`) || path === stateFileName;
  if (!changes.some(({ path }) => isState(path))) return catalog;
  const home = `${head.registry}/${stateFileName}`;
  const owned = head.stateText.files.map(({ path }) => path);
  const changed = changes.flatMap(({ path }) => (isState(path) ? [path] : []));
  const read = await readStateFiles(repository, [...new Set([home, ...owned, ...changed])], commit, home);
  const files = read.filter(({ path, prompt }) => isBesideVersions(path, prompt, catalog));
  const stateText = readState(files, home);
  return { ...catalog, state: stateText.state, stateText };
}

/** A prompt's own state file counts where its versions are; `stateFilesOf` says so of a listing. */
function isBesideVersions(path: string, prompt: string | undefined, { prompts }: Catalog): boolean {
  const found = prompt === undefined ? undefined : prompts.get(prompt);
  return found === undefined || found.versions.some((it) => dirname(it.path) === dirname(path));
}

async function readStateFiles(
  repository: Repository,
  paths: readonly string[],
  commit: string | null,
  home: string,
): Promise<StateFile[]> {
  if (commit === null) return [];
  const objects = await repository.objects.read(
    paths.map((path) => `${commit}:${path}`),
    stateLimit,
  );
  return paths.flatMap((path, index): StateFile[] => {
    const bytes = objects[index]?.bytes;
    if (!bytes) return [];
    const text = decodeText(bytes, path);
    if (typeof text !== "string") throw text;
    return [{ path, text, ...(path === home ? {} : { prompt: path.split("/").at(-2) ?? "" }) }];
  });
}
