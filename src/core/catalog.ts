import { PromptSyncError } from "./errors.js";
import type { Problem } from "./finding.js";
import { isAbove, placeFile, stateFileName } from "./layout.js";
import type { Listing, Origin } from "./listing.js";
import { ownStateProblem } from "./state-files.js";
import { readState, type StateFile, type StateText } from "./state/read-state.js";
import { entryOf, type PromptState, type State } from "./state/state.js";
import { takeAll, type Steps } from "./steps.js";
import { didYouMean } from "./suggest.js";
import { compareVersions, isPrerelease } from "./version.js";

/** One version as the catalog knows it; its text is read on demand. */
export interface CatalogVersion {
  readonly version: string;
  /** Relative to the repository root. */
  readonly path: string;
  readonly blob: string | null;
}

/** One prompt with its versions, ascending. */
export interface CatalogPrompt {
  readonly name: string;
  /** Folders above the prompt's own, `""` for none. */
  readonly group: string;
  readonly versions: readonly CatalogVersion[];
}

/** A layout problem and the file it is about, relative to the repository root. */
export interface FileProblem extends Problem {
  readonly file: string;
}

/** The immutable picture of all prompts and their rollout state at one tree. */
export interface Catalog {
  readonly origin: Origin;
  /** The registry folder, relative to the repository root. */
  readonly registry: string;
  /** By name, sorted. */
  readonly prompts: ReadonlyMap<string, CatalogPrompt>;
  readonly state: State;
  readonly stateText: StateText;
  /** Files that stand where no file of their kind belongs. */
  readonly problems: readonly FileProblem[];
}

/** Builds the catalog from a listing and the texts of its state files. */
export function buildCatalog(listing: Listing, stateFiles: readonly StateFile[]): Catalog {
  return catalogOf(listing, readState(stateFiles, `${listing.registry}/${stateFileName}`));
}

/** Builds the catalog from a listing and what its state files say. */
export function catalogOf(listing: Listing, stateText: StateText): Catalog {
  return takeAll(catalogSteps(listing, stateText));
}

/** The same in many small steps. */
export function* catalogSteps(listing: Listing, stateText: StateText): Steps<Catalog> {
  const problems: FileProblem[] = [];
  const owned: { readonly path: string; readonly prompt: string }[] = [];
  const found = new Map<string, { name: string; group: string; versions: CatalogVersion[] }>();
  for (const file of listing.files) {
    yield;
    const path = `${listing.registry}/${file.path}`;
    const placed = placeFile(file);
    if (placed.kind === "wrong") problems.push({ ...placed.problem, file: path });
    if (placed.kind === "state" && placed.prompt !== undefined)
      owned.push({ path: file.path, prompt: placed.prompt });
    if (placed.kind !== "version") continue;
    const { name, group, version } = placed;
    let prompt = found.get(name);
    if (prompt === undefined || isAbove(group, prompt.group)) {
      for (const { path } of prompt?.versions ?? [])
        problems.push(duplicate(name, group, prompt?.group ?? "", path));
      prompt = { name, group, versions: [] };
      found.set(name, prompt);
    }
    if (prompt.group === group) prompt.versions.push({ version, path, blob: file.blob });
    else problems.push(duplicate(name, prompt.group, group, path));
  }
  const prompts = new Map<string, CatalogPrompt>();
  for (const name of [...found.keys()].sort()) {
    yield;
    const prompt = found.get(name);
    prompt?.versions.sort((a, b) => compareVersions(a.version, b.version));
    if (prompt !== undefined) prompts.set(name, prompt);
  }
  const { origin, registry } = listing;
  for (const { path, prompt } of owned) {
    const problem = ownStateProblem(path, prompt, found.get(prompt)?.group);
    if (problem !== undefined) problems.push({ ...problem, file: `${registry}/${path}` });
  }
  return { origin, registry, prompts, state: stateText.state, stateText, problems };
}

function duplicate(name: string, group: string, other: string, file: string): FileProblem {
  const folder = (it: string): string => (it === "" ? "the registry's top" : `\`${it}/\``);
  return {
    rule: "layout-name-duplicate",
    message: `prompt \`${name}\` is in ${folder(group)} and in ${folder(other)}`,
    hint: "rename one of them; names are unique whatever the group",
    line: 1,
    column: 1,
    file,
    data: { other: group },
  };
}

/**
 * The prompt of a name.
 * @throws PromptSyncError `PROMPT_NOT_FOUND` with the nearest known name
 */
export function findPrompt(catalog: Catalog, name: string): CatalogPrompt {
  const prompt = catalog.prompts.get(name);
  if (prompt !== undefined) return prompt;
  const guess = didYouMean(name, catalog.prompts.keys());
  throw new PromptSyncError("PROMPT_NOT_FOUND", `prompt \`${name}\` not found ${placeOf(catalog.origin)}`, {
    hint: `${guess === "" ? "" : `${guess} `}\`promptsync list\` shows all`,
  });
}

function placeOf({ kind, label }: Origin): string {
  return kind === "worktree" || kind === "index" ? `in the ${label}` : `at ${label}`;
}

/** What the state says of a prompt; empty when it says nothing. */
export function stateOf(catalog: Catalog, name: string): PromptState {
  return entryOf(catalog.state.prompts, name) ?? {};
}

/** The version that a text such as `tone@1.0.0` names; undefined when there is none. */
export function pinnedVersion(
  { prompts }: Pick<Catalog, "prompts">,
  id: string,
): (CatalogVersion & { readonly name: string }) | undefined {
  const [name = "", version] = id.split("@");
  const found = prompts.get(name)?.versions.find((it) => it.version === version);
  return found === undefined ? undefined : { ...found, name };
}

/** The version that one of some number follows: the newest release below it, else the newest pre-release. */
export function predecessorOf<Version extends Pick<CatalogVersion, "version">>(
  versions: readonly Version[],
  version: string,
): Version | undefined {
  const below = versions.filter((it) => compareVersions(it.version, version) < 0);
  const newestFirst = below.sort((a, b) => compareVersions(b.version, a.version));
  return newestFirst.find((it) => !isPrerelease(it.version)) ?? newestFirst[0];
}

/** The newest version of a prompt: the newest release, or the newest pre-release when there is no release. */
export function newestVersion(prompt: CatalogPrompt): CatalogVersion | undefined {
  return prompt.versions.findLast(({ version }) => !isPrerelease(version)) ?? prompt.versions.at(-1);
}

/**
 * Throws when the state could not be read, so that no decision is made on half of it.
 * @throws PromptSyncError `STATE_INVALID`
 */
export function assertStateReadable({ stateText }: Catalog): void {
  const { problems } = stateText;
  const problem = problems[0];
  if (problem === undefined) return;
  const others = problems.length - 1;
  const more = others === 0 ? "" : ` (and ${others} more: \`promptsync validate\` shows all)`;
  throw new PromptSyncError("STATE_INVALID", `${problem.message}${more}`, problem);
}
