import { assertStateReadable, findPrompt, stateOf, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { JsonObject } from "../core/json.js";
import { stateFileName } from "../core/layout.js";
import type { Effect, StateEdit } from "../core/plan.js";
import { ownBlock, ownBlocks } from "../core/state/own-block.js";
import type { Words } from "./commit-message.js";
import { planChanges, type Draft, type PlannedChanges, type StateChange } from "./state-change.js";

/** What `split` and `join` ask for. */
export interface SplitRequest extends Words {
  readonly names: readonly string[];
  /** Every prompt of the registry. */
  readonly all?: boolean;
}

/**
 * Plans to move the blocks of prompts out of the registry's state file, each into a file beside its versions.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `STATE_INVALID`, `USAGE`
 */
export function planSplit(catalog: Catalog, request: SplitRequest): PlannedChanges {
  const home = homeOf(catalog);
  const names = namesIn(catalog, request).filter(
    (name) => isIn(catalog, name, home) && blockOf(catalog, name),
  );
  const blocks = Object.fromEntries(names.map((name) => [name, blockOf(catalog, name) ?? {}]));
  const texts = ownBlocks(textOf(catalog, home), blocks);
  const moves = names.map((name) => ({
    name,
    from: home,
    to: ownFileOf(catalog, name),
    text: texts.get(name) ?? "",
  }));
  return planMoves(catalog, request, {
    action: "split",
    moves,
    edits: moves.map(({ name, text }) => ({ path: ["prompts", name], moved: text })),
    files: moves.map(({ to, text }) => ({ kind: "write", path: to, content: text })),
  });
}

/**
 * Plans to move the blocks of prompts back into the registry's state file.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `STATE_INVALID`, `USAGE`
 */
export function planJoin(catalog: Catalog, request: SplitRequest): PlannedChanges {
  const home = homeOf(catalog);
  const moves = namesIn(catalog, request).flatMap((name) => {
    const own = catalog.stateText.files.find((file) => file.prompt === name);
    return own === undefined ? [] : [{ name, from: own.path, to: home, text: own.text }];
  });
  return planMoves(catalog, request, {
    action: "join",
    moves,
    edits: moves.flatMap(({ name, text }): StateEdit[] => {
      const value = blockOf(catalog, name) ?? {};
      if (Object.keys(value).length === 0) return []; // the file says nothing
      return [{ path: ["prompts", name], value, moved: ownBlock(text, name, value) }];
    }),
    files: moves.map(({ from }) => ({ kind: "delete", path: from })),
  });
}

interface Moves {
  readonly action: "split" | "join";
  readonly moves: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly edits: readonly StateEdit[];
  readonly files: readonly Effect[];
}

function planMoves(
  catalog: Catalog,
  request: SplitRequest,
  { action, moves, edits, files }: Moves,
): PlannedChanges {
  const changes = moves.map(({ name, from, to }): StateChange => ({
    action,
    prompt: name,
    alias: null,
    from,
    to,
  }));
  const what = moves.length === 1 ? (moves[0]?.name ?? "") : `${moves.length} prompts`;
  const inHome: Effect = { kind: "edit-state", path: homeOf(catalog), edits };
  const draft: Draft = {
    subject: `${action} ${what}`,
    changes,
    edits: [],
    files: edits.length === 0 ? files : [inHome, ...files],
  };
  return planChanges(catalog, draft, request);
}

/** The prompts that are meant, each once, in the order of the registry. */
function namesIn(catalog: Catalog, { names, all = false }: SplitRequest): readonly string[] {
  assertStateReadable(catalog);
  if (all === names.length > 0) {
    throw new PromptSyncError("USAGE", all ? "`--all` and names exclude each other" : "no prompt is named", {
      hint: "name the prompts, or give `--all`",
    });
  }
  const wanted = new Set(names.map((name) => findPrompt(catalog, name).name));
  return [...catalog.prompts.keys()].filter((name) => all || wanted.has(name));
}

function homeOf({ registry }: Catalog): string {
  return `${registry}/${stateFileName}`;
}

function ownFileOf(catalog: Catalog, name: string): string {
  const { group } = findPrompt(catalog, name);
  return [catalog.registry, ...(group === "" ? [] : [group]), name, stateFileName].join("/");
}

function isIn({ stateText }: Catalog, name: string, file: string): boolean {
  return stateText.locate(["prompts", name]).file === file;
}

/** What the state says of a prompt; undefined when it has no block. */
function blockOf(catalog: Catalog, name: string): JsonObject | undefined {
  const block = stateOf(catalog, name);
  return Object.keys(block).length === 0 ? undefined : (block as unknown as JsonObject);
}

function textOf({ stateText }: Catalog, path: string): string {
  return stateText.files.find((file) => file.path === path)?.text ?? "";
}
