import { PromptSyncError } from "../errors.js";
import { isJsonObject, jsonEquals, type JsonObject } from "../json.js";
import type { StateEdit } from "../plan.js";
import { pathId } from "../yaml/block-entries.js";
import { dropComments, writeBlocks } from "../yaml/move-blocks.js";
import { patchYaml, printYaml, type YamlStyle } from "../yaml/patch-yaml.js";
import { readYaml } from "../yaml/read-yaml.js";
import { applyEdits } from "./apply-edits.js";
import { cutState } from "./cut-state.js";
import { compareKeys } from "./order.js";
import { printEntry } from "./print-entry.js";
import { stateLimits } from "./read-state.js";

/** The text of a state file that says nothing yet. */
export const emptyStateText = "schema: promptsync/v1\n";

/**
 * Makes the edits in the text of a state file. Only the lines of entries that change are touched, and no comment is
 * lost; new entries go where the canonical form has them: ids sorted, settings in the schema's order, versions
 * quoted. `above` is the path of the block that the text holds: `["prompts", name]` for a prompt's own file.
 * @throws PromptSyncError `STATE_INVALID` when the text is none that can be edited
 */
export function editState(
  source: string,
  edits: readonly StateEdit[],
  above: readonly string[] = [],
): string {
  return editBlocks(source, edits, above) ?? editWhole(source, edits, above);
}

/** Edits the blocks of some prompts alone, so that it costs the same among a thousand; undefined where it cannot. */
function editBlocks(
  source: string,
  edits: readonly StateEdit[],
  above: readonly string[],
): string | undefined {
  const isInside = ({ path, moved }: StateEdit) =>
    path[0] === "prompts" && path.length > 2 && moved === undefined;
  if (above.length > 0 || !edits.every(isInside)) return undefined;
  const cut = cutState(source, new Set(edits.map(({ path }) => path[1] ?? "")));
  if (cut === undefined || readYaml(cut.text, stateLimits).problems.length > 0) return undefined;
  return cut.put(editWhole(cut.text, edits, above));
}

function editWhole(source: string, edits: readonly StateEdit[], above: readonly string[]): string {
  const before = readStateMap(source, above);
  const isEmpty = above.length === 0 && Object.keys(before).length === 0;
  const after = applyEdits(isEmpty ? { schema: "promptsync/v1" } : before, edits, above.length);
  const style = stateStyle(above);
  const going = edits.filter(({ value, moved }) => value === undefined && moved !== undefined);
  const coming = edits.flatMap(({ path, value, moved }) =>
    value === undefined || moved === undefined ? [] : [[pathId(path.slice(above.length)), moved] as const],
  );
  const text =
    going.length === 0
      ? source
      : dropComments(
          source,
          going.map(({ path }) => path.slice(above.length)),
        );
  const patch = () => patchYaml(text, before, after, style);
  const ways = [patch, () => printYaml(text, after, style)];
  if (coming.length > 0) ways.unshift(() => writeBlocks(patch(), new Map(coming)));
  for (const print of ways) {
    const edited = print();
    if (jsonEquals(readYaml(edited, stateLimits).value ?? {}, after)) return edited;
  }
  throw new PromptSyncError("INTERNAL", "the edited promptsync.yaml does not read back as meant");
}

/** How entries of a state file are written whose top stands below a path of the state. */
export function stateStyle(above: readonly string[]): YamlStyle {
  return {
    compareKeys: (a, b, path) => compareKeys(a, b, [...above, ...path]),
    printEntry: (path, value) => printEntry([...above, ...path], value),
  };
}

/**
 * Reads the text of a state file as the map it holds; an empty text holds an empty one.
 * @throws PromptSyncError `STATE_INVALID`
 */
export function readStateMap(text: string, above: readonly string[]): JsonObject {
  const { value = null, problems } = readYaml(text, stateLimits);
  const [problem] = problems;
  if (problem === undefined && value === null) return {};
  if (problem === undefined && isJsonObject(value)) return value;
  const { message, hint, line, column } = problem ?? {
    message: "the file holds no map",
    hint:
      above.length === 0 ? "begin the file with `schema: promptsync/v1`" : "write one `key: value` a line",
    line: 1,
    column: 1,
  };
  throw new PromptSyncError("STATE_INVALID", message, { file: "promptsync.yaml", line, column, hint });
}
