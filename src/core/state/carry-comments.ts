import { jsonEquals } from "../json.js";
import { blockEntries, pathId, type BlockEntry } from "../yaml/block-entries.js";
import { commentsOf } from "../yaml/comments.js";
import { readYaml } from "../yaml/read-yaml.js";
import { TextEdit } from "../yaml/text-edit.js";
import { stateLimits } from "./read-state.js";

/** Where comments come from. */
export interface CommentSources {
  readonly ancestor: string;
  readonly theirs: string;
  /** Entries that keep what they have, with everything below them. */
  readonly except: readonly (readonly string[])[];
}

/**
 * Puts the comments that theirs has and neither the ancestor nor the text, above the entries they are about. One that
 * is about no entry of the text is left out: it explains what is not there.
 */
export function carryComments(text: string, { ancestor, theirs, except }: CommentSources): string {
  const known = new Set([...commentsOf(ancestor), ...commentsOf(text)].map((it) => it.text.trim()));
  const fresh = commentsOf(theirs).filter((comment) => !known.has(comment.text.trim()));
  if (fresh.length === 0) return text;
  const edit = new TextEdit(text);
  const entries = blockEntries(text);
  const owners = [...blockEntries(theirs).values()];
  for (const comment of fresh) {
    const owner = ownerOf(comment.at, theirs, owners);
    if (owner === undefined || except.some((path) => isBelow(owner.path, path))) continue;
    const entry = entries.get(pathId(owner.path));
    if (entry !== undefined)
      edit.insertBefore(entry.start, [" ".repeat(entry.column) + comment.text.trimEnd()]);
  }
  const commented = edit.result();
  const value = (it: string) => readYaml(it, stateLimits).value ?? null;
  return jsonEquals(value(commented), value(text)) ? commented : text;
}

/** The entry on whose first line a comment stands, or the one right below it. */
function ownerOf(at: number, text: string, entries: readonly BlockEntry[]): BlockEntry | undefined {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const isAlone = text.slice(start, at).trim() === "";
  if (!isAlone) return entries.find((entry) => entry.start === start);
  const next = entries.find((entry) => entry.start > at);
  const between = next === undefined ? "-" : text.slice(at, next.start);
  return between.split("\n").every((line) => /^\s*(#|$)/.test(line)) ? next : undefined;
}

function isBelow(path: readonly string[], top: readonly string[]): boolean {
  return top.every((step, index) => path[index] === step);
}
