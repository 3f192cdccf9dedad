import type { JsonObject, JsonValue } from "../core/json.js";
import type { StateEdit } from "../core/plan.js";
import type { State } from "../core/state/state.js";
import { versionsServed } from "../core/state/versions-served.js";

/** New numbers by `name@version`. */
export type Renames = ReadonlyMap<string, string>;

/** The edits that make a state name versions by their new numbers. */
export function renameInState(state: State, renames: Renames): StateEdit[] {
  const removals: StateEdit[] = [];
  const settings: StateEdit[] = [];
  for (const { prompt, version, path } of versionsServed(state)) {
    const to = renames.get(`${prompt}@${version}`);
    if (to === undefined) continue;
    if (path.at(-1) !== version) settings.push({ path, value: to });
    else {
      removals.push({ path }); // the number is the key
      settings.push({ path: [...path.slice(0, -1), to], value: valueAt(state, path) });
    }
  }
  return [...removals, ...settings];
}

/** Tags that name other versions; text that only looks like one is the author's. */
const including = /\{%[-+]?\s*(?:include|import|from|extends)\b[^]*?%\}/g;
const pinned = /(["'])([a-z0-9][a-z0-9._-]*)@([^"'\s]+)\1/g;

/** The text of a version file with its own new number and those of what it includes; every other byte stays. */
export function renameInText(
  file: { readonly text: string; readonly version: string; readonly bodyLine: number },
  to: string,
  renames: Renames,
): string {
  const lines = file.text.split("\n");
  const [head, body] = [lines.slice(0, file.bodyLine - 1), lines.slice(file.bodyLine - 1)];
  const renumbered = head.map((line) => (/^version:/.test(line) ? line.replace(file.version, to) : line));
  return [...renumbered, ...body].join("\n").replaceAll(including, (tag) =>
    tag.replaceAll(pinned, (reference, quote: string, name: string, version: string) => {
      const number = renames.get(`${name}@${version}`);
      return number === undefined ? reference : `${quote}${name}@${number}${quote}`;
    }),
  );
}

function valueAt(state: State, path: readonly string[]): JsonValue {
  let at: JsonValue = state as unknown as JsonObject;
  for (const step of path) at = (at as JsonObject)[step] ?? null;
  return at;
}
