import type { Problem } from "./finding.js";
import { isAbove, pathIn, placeFile, stateFileName } from "./layout.js";
import type { ListedFile, Listing } from "./listing.js";

/** A state file; `prompt` is set for a prompt's own one. */
export type ListedStateFile = ListedFile & { readonly prompt?: string };

/** The state files of a listing that count, in its order: a prompt's own one where its versions are. */
export function stateFilesOf({ files }: Pick<Listing, "files">): readonly ListedStateFile[] {
  const found = files.flatMap((file): ListedStateFile[] => {
    if (!file.path.endsWith(stateFileName)) return [];
    const placed = placeFile(file);
    if (placed.kind !== "state") return [];
    return [placed.prompt === undefined ? file : { ...file, prompt: placed.prompt }];
  });
  const owners = new Set(found.flatMap(({ prompt }) => prompt ?? []));
  if (owners.size === 0) return found;
  const groups = groupsOf(files, owners);
  return found.filter(
    ({ path, prompt }) => prompt === undefined || isBesideVersions(path, prompt, groups.get(prompt)),
  );
}

/** The groups of some prompts, as far as they have versions. */
function groupsOf(files: readonly ListedFile[], names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const file of files) {
    const end = file.path.lastIndexOf("/");
    const name = file.path.slice(file.path.lastIndexOf("/", end - 1) + 1, end);
    const placed = names.has(name) ? placeFile(file) : undefined;
    if (placed?.kind !== "version") continue;
    const known = groups.get(name);
    if (known === undefined || isAbove(placed.group, known)) groups.set(name, placed.group);
  }
  return groups;
}

/** Says whether a prompt's own state file counts. `group` is where its versions are; undefined when it has none. */
function isBesideVersions(path: string, prompt: string, group: string | undefined): boolean {
  return group === undefined || path === pathIn(pathIn(group, prompt), stateFileName);
}

/** What is wrong with the place of a prompt's own state file; see {@link isBesideVersions}. */
export function ownStateProblem(
  path: string,
  prompt: string,
  group: string | undefined,
): Problem | undefined {
  if (group === undefined || isBesideVersions(path, prompt, group)) return undefined;
  const message = `\`${path}\` is not beside the versions of \`${prompt}\`, and says nothing`;
  const expected = pathIn(pathIn(group, prompt), stateFileName);
  const hint = `move it to \`${expected}\`, or delete it`;
  return { rule: "layout-path-invalid", message, hint, line: 1, column: 1, data: { expected } };
}
