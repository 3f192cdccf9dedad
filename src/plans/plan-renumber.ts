import type { Comparison } from "../core/bump.js";
import { assertStateReadable, findPrompt, stateOf, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { Effect } from "../core/plan.js";
import type { VersionText } from "../core/prompt-file/read-version.js";
import type { Prompt } from "../core/prompt.js";
import { compareVersions, isPrerelease, nextPrerelease } from "../core/version.js";
import { chooseVersion } from "./choose-version.js";
import { commitMessage, type Words } from "./commit-message.js";
import { renameInState, renameInText, type Renames } from "./rename-versions.js";
import { aboutChanges, auditOf, type PlannedChanges, type StateChange } from "./state-change.js";
import { stateEffects } from "./state-file.js";

/** A version file that the base does not have. */
export interface UnmergedVersion extends VersionText {
  readonly name: string;
  readonly version: string;
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
}

/** What `renumber` asks for. */
export interface RenumberRequest extends Words {
  /** The prompts that are meant; all when empty. */
  readonly names: readonly string[];
  readonly unmerged: readonly UnmergedVersion[];
  /** Where this branch left its base, and where the base is now. */
  readonly base: Catalog;
  readonly tip: Catalog;
  readonly isSameBlob: (blob: string | null, text: string) => boolean;
  /** Parsed versions of the tip by `name@version`: all of each prompt in {@link collisions}. */
  readonly known: ReadonlyMap<string, Prompt>;
  readonly compare: (before: Prompt, after: Prompt) => Comparison;
}

/** The unmerged versions whose number the base has taken meanwhile, with other content. */
export function collisions({
  names,
  unmerged,
  tip,
  isSameBlob,
}: Pick<RenumberRequest, "names" | "unmerged" | "tip" | "isSameBlob">): readonly UnmergedVersion[] {
  return unmerged.filter(({ name, version, text }) => {
    const taken = tip.prompts.get(name)?.versions.find((it) => it.version === version);
    const isMeant = names.length === 0 || names.includes(name);
    return isMeant && taken !== undefined && !isSameBlob(taken.blob, text);
  });
}

/**
 * Plans the next honest numbers for versions of this branch that collide with the base: files move, and what names
 * them on this branch follows. Versions of the base are never touched.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `PROMPT_INVALID`, `VERSION_EXISTS` when no number is free in the line
 */
export function planRenumber(catalog: Catalog, request: RenumberRequest): PlannedChanges {
  assertStateReadable(catalog);
  for (const name of request.names) findPrompt(catalog, name);
  const renames = new Map<string, string>();
  const colliding = new Set(collisions(request));
  for (const name of new Set([...colliding].map((it) => it.name))) {
    for (const [from, to] of numbersFor(name, catalog, { ...request, colliding }))
      renames.set(`${name}@${from}`, to);
  }
  if (renames.size === 0) return { plan: null, changes: [] };
  const changes = request.unmerged.flatMap(({ name, version: from }): StateChange[] => {
    const to = renames.get(`${name}@${from}`);
    return to === undefined ? [] : [{ action: "renumber", prompt: name, alias: null, from, to, version: to }];
  });
  const effects = [
    ...fileEffects(request.unmerged, renames),
    ...stateEffects(catalog, renameInState(catalog.state, renames)),
  ];
  const audit = changes.map((change) => auditOf(change, request.reason));
  const message = commitMessage(`renumber ${aboutChanges(changes)}`, audit, request);
  return { plan: { effects, audit, message, base: catalog.origin.commit }, changes };
}

/** The new numbers of a prompt's versions by their old ones; the order of the versions stays. */
function numbersFor(
  name: string,
  catalog: Catalog,
  { colliding, ...request }: RenumberRequest & { readonly colliding: ReadonlySet<UnmergedVersion> },
): ReadonlyMap<string, string> {
  const ours = request.unmerged
    .filter((it) => it.name === name)
    .sort((a, b) => compareVersions(a.version, b.version));
  const taken = numbersOf(request.tip, name);
  const known = new Map(request.known);
  const renamed = new Map<string, string>();
  let last: string | undefined;
  for (const item of ours) {
    const isOvertaken = last !== undefined && compareVersions(item.version, last) <= 0;
    if (!colliding.has(item) && !isOvertaken) {
      taken.push(item.version);
      continue;
    }
    if (item.prompt === undefined) throw unusable(item);
    const own = { ...item.prompt };
    last = nextNumber(own, taken, { catalog, request, known });
    taken.push(last);
    known.set(`${name}@${last}`, { ...own, version: last });
    renamed.set(item.version, last);
  }
  return renamed;
}

interface Choice {
  readonly catalog: Catalog;
  readonly request: RenumberRequest;
  readonly known: ReadonlyMap<string, Prompt>;
}

function nextNumber(prompt: Prompt, taken: readonly string[], { catalog, request, known }: Choice): string {
  const { name, version } = prompt;
  if (isPrerelease(version)) {
    let next = version;
    while (taken.includes(next)) next = nextPrerelease(next);
    return next;
  }
  // A version below one that was there before continues an older line, and stays below it.
  const above = numbersOf(request.base, name).find(
    (it) => !isPrerelease(it) && compareVersions(it, version) > 0,
  );
  const line = taken.filter((it) => above === undefined || compareVersions(it, above) < 0);
  const chosen = chooseVersion(
    {
      name,
      asked: undefined,
      versions: line.sort(compareVersions),
      state: stateOf(catalog, name),
      compareTo: (number) => {
        const before = known.get(`${name}@${number}`);
        return before === undefined ? undefined : request.compare(before, prompt);
      },
    },
    {},
  ).version;
  if (!taken.includes(chosen)) return chosen;
  throw new PromptSyncError(
    "VERSION_EXISTS",
    `\`${name}\` has no free number between ${version} and ${chosen}`,
    {
      hint: `give the draft a number of its own: \`promptsync push ${name} --version <x.y.z>\``,
    },
  );
}

/** Deletes come first: a number that one version leaves may be the one that another gets. */
function fileEffects(unmerged: readonly UnmergedVersion[], renames: Renames): Effect[] {
  const written = unmerged.flatMap((item): { from: string; path: string; content: string }[] => {
    const to = renames.get(`${item.name}@${item.version}`);
    const content = renameInText(item, to ?? item.version, renames);
    if (content === item.text) return [];
    const path = to === undefined ? item.path : item.path.replace(/[^/]+$/, `${to}.md`);
    return [{ from: item.path, path, content }];
  });
  return [
    ...written.map(({ from }): Effect => ({ kind: "delete", path: from })),
    ...written.map(({ path, content }): Effect => ({ kind: "write", path, content })),
  ];
}

function numbersOf({ prompts }: Catalog, name: string): string[] {
  return prompts.get(name)?.versions.map(({ version }) => version) ?? [];
}

function unusable({ name, version, path, problems }: UnmergedVersion): PromptSyncError {
  const [problem] = problems;
  return new PromptSyncError("PROMPT_INVALID", problem?.message ?? `\`${name}@${version}\` cannot be read`, {
    ...problem,
    file: path,
  });
}
