import { catalogOf, type Catalog } from "../../core/catalog.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import { placeFile } from "../../core/layout.js";
import { PartOfPrompts } from "../../core/part-of-prompts.js";
import type { StateText } from "../../core/state/read-state.js";
import { entryOf } from "../../core/state/state.js";
import type { Repository } from "../git/repository.js";
import type { Base } from "./find-base.js";
import { openFolders } from "./folders.js";
import { listPart } from "./list-part.js";
import { patchOf } from "./patch.js";
import { openPartStates } from "./part-states.js";
import type { Side } from "./read-changes.js";
import { readDifferences } from "./read-differences.js";
import { readTexts, type ReadPicture } from "./read-texts.js";
import { replay } from "./replay.js";

/** The part of a registry that a change is about. */
export interface ReadPart {
  /** Holds the prompts of the change, and those that were asked for. */
  readonly head: Catalog;
  readonly picture: ReadPicture;
  /** The names of the prompts of which a version, or what the state says, differs from the base. */
  readonly changed: ReadonlySet<string>;
  /** The names that were asked for and are not held; `all` when an answer needs every prompt. */
  readonly missed: () => ReadonlySet<string> | "all";
}

/** The changes of a tree since its base, and as much of the registry as somebody asks for. */
export interface Part {
  /** Reads the prompts of the change and those of some names; undefined when the registry has to be read as a whole. */
  readonly read: (names: ReadonlySet<string>) => Promise<ReadPart | undefined>;
}

/**
 * Reads what differs between a base and a tree, without listing the tree: the folders of the prompts that differ are
 * the base's with the differences, and of the state only the blocks of those prompts are read. Costs git what the
 * differences cost, and us nothing that grows with the registry but a search in the state's text.
 *
 * Undefined where that is not certain to say the same as the whole: where history begins, where a merge is open, and
 * where the registry's own folder is new or no folder.
 * @throws PromptSyncError `PATH_UNSAFE`, `GIT_FAILED`
 */
export async function openPart(
  repository: Repository,
  registry: string,
  { base, side }: { readonly base: Base; readonly side: Side },
): Promise<Part | undefined> {
  const { sha } = base;
  if (registry === "" || sha === null) return undefined;
  const differences = await readDifferences(repository, { base: { ...base, sha }, side, folder: registry });
  const patch = patchOf(repository, registry, { changes: differences.changes, side });
  const folders = openFolders(repository, registry, sha);
  const [top] = patch === undefined ? [null] : await folders.read([""]);
  if (patch === undefined || top === null || top === undefined) return undefined;
  const states = await openPartStates(repository, { registry, top, patch });
  if (states === undefined) return undefined;

  const read = async (asked: ReadonlySet<string>): Promise<ReadPart | undefined> => {
    const names = new Set([...patch.prompts, ...states.prompts, ...asked]);
    const lists = await listPart(folders, patch, names);
    const state = await states.read(lists, names);
    if (state === undefined || isAboutAll(state)) return undefined;
    const { was, is } = state;
    const origins = {
      head: { kind: side, commit: repository.head.commit, date: null, label: labels[side] },
      base: { kind: "commit", commit: sha, date: null, label: base.ref },
    } as const;
    const head = catalogOf({ origin: origins.head, registry, files: lists.head }, is);
    const catalog = {
      ...catalogOf({ origin: origins.base, registry, files: lists.base }, was),
      problems: [],
    };
    const tip = base.tip === sha ? catalog : replay(catalog, movedOf(differences.moved, registry, names));
    const held = new Map([head, catalog, tip].map((it) => [it, heldPart(it, names)]));
    const part = (it: Catalog): Catalog => held.get(it) ?? it;
    const picture = await readTexts(
      repository,
      { head: part(head), catalog: part(catalog), tip: part(tip) },
      { base, side, differences },
    );
    return {
      head: part(head),
      picture,
      changed: changedPrompts(picture, state, names),
      missed: () => missedOf([...held.values()]),
    };
  };
  return { read };
}

const labels: Readonly<Record<Side, string>> = { worktree: "working tree", index: "index", commit: "HEAD" };

/** What the state said at the base, and what it says in the tree. */
interface BothStates {
  readonly was: StateText;
  readonly is: StateText;
}

/** Says whether what differs is said of every prompt. */
function isAboutAll({ was, is }: BothStates): boolean {
  return (["project", "owners", "aliases"] as const).some((key) => !isSame(was.state[key], is.state[key]));
}

function changedPrompts(
  { changes }: ReadPicture,
  { was, is }: BothStates,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const changed = new Set(changes.map(({ name }) => name));
  for (const name of names)
    if (!isSame(entryOf(was.state.prompts, name), entryOf(is.state.prompts, name))) changed.add(name);
  return changed;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || jsonEquals((one ?? null) as JsonValue, (other ?? null) as JsonValue);
}

/** What the base's newest commit did to the versions of some prompts. */
function movedOf(
  moved: readonly { readonly path: string; readonly after: string | null }[],
  registry: string,
  names: ReadonlySet<string>,
) {
  return moved.flatMap(({ path, after }) => {
    const place = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
    return place.kind === "version" && names.has(place.name) ? [{ path, blob: after }] : [];
  });
}

function heldPart(
  catalog: Catalog,
  names: ReadonlySet<string>,
): Catalog & { readonly prompts: PartOfPrompts } {
  return { ...catalog, prompts: new PartOfPrompts(catalog.prompts, names) };
}

function missedOf(parts: readonly { readonly prompts: PartOfPrompts }[]): ReadonlySet<string> | "all" {
  if (parts.some(({ prompts }) => prompts.isAllAsked)) return "all";
  return new Set(parts.flatMap(({ prompts }) => [...prompts.missed]));
}
