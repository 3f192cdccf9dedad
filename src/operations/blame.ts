import type { Catalog } from "../core/catalog.js";
import { isJsonObject, jsonEquals, type JsonValue } from "../core/json.js";
import type { TrailLine } from "../core/resolve/resolution.js";
import type { State } from "../core/state/state.js";
import type { Workspace } from "../store/workspace.js";
import { promptSteps } from "./prompt-steps.js";

/** Who wrote an entry of the state. Dates are ISO 8601 in UTC. */
export interface Writer {
  readonly commit: string;
  readonly author: string;
  readonly date: string;
}

/** A line of a trail, and who wrote the entry that it is about. */
export interface BlamedLine extends Pick<TrailLine, "step" | "matched" | "detail"> {
  /** Null where no entry decided, and where the entry is not committed: the detail says so. */
  readonly commit: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

/**
 * Finds out who wrote the entries that a trail is about: for each the newest commit along first parents that changed
 * it. One git process, and none when no entry is named; the history is read no further than it takes.
 */
export async function blameTrail(
  workspace: Workspace,
  catalog: Catalog,
  { name, trail }: { readonly name: string; readonly trail: readonly TrailLine[] },
): Promise<readonly BlamedLine[]> {
  const open = new Map(trail.flatMap(({ path }) => (path === undefined ? [] : [[path.join("\0"), path]])));
  const found = new Map<string, Writer | string>();
  const settle = (isSettled: (path: readonly string[]) => boolean, answer: Writer | string): void => {
    for (const [id, path] of open) {
      if (!isSettled(path)) continue;
      open.delete(id);
      found.set(id, answer);
    }
  };
  const { commit } = catalog.origin;
  let isFirst = true;
  if (commit !== null && open.size > 0) {
    for await (const step of promptSteps(workspace, name, { catalog, from: commit })) {
      const { state: after } = step.after;
      if (isFirst) settle((path) => !isSame(path, catalog.state, after), uncommitted);
      isFirst = false;
      const { commit: id, author, date } = step.commit;
      const writer = step.isEdge ? "older than this shallow clone" : { commit: id, author, date };
      settle((path) => !isSame(path, after, step.before.state), writer);
      if (open.size === 0) break;
    }
  }
  settle(() => true, uncommitted);
  return trail.map(({ step, matched, detail, path }) => {
    const answer = path === undefined ? undefined : found.get(path.join("\0"));
    if (typeof answer === "object") return { step, matched, detail, ...answer };
    const more = answer === undefined ? "" : ` (${answer})`;
    return { step, matched, detail: `${detail}${more}`, commit: null, author: null, date: null };
  });
}

const uncommitted = "not committed yet";

function isSame(path: readonly string[], one: State, other: State): boolean {
  const [a, b] = [entryAt(one, path), entryAt(other, path)];
  return a === b || (a !== undefined && b !== undefined && jsonEquals(a, b));
}

function entryAt(state: State, path: readonly string[]): JsonValue | undefined {
  let entry: JsonValue | undefined = state as unknown as JsonValue;
  for (const step of path)
    entry = isJsonObject(entry) && Object.hasOwn(entry, step) ? entry[step] : undefined;
  return entry;
}
