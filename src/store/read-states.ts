import { placeFile, stateFileName } from "../core/layout.js";
import type { StateFile, StateText } from "../core/state/read-state.js";
import type { StateReader } from "../core/state/state-reader.js";
import type { Repository } from "./git/repository.js";
import { stateLimit } from "./listing/read-files.js";

/** A state file at one moment. */
export interface StateBlob extends Omit<StateFile, "text"> {
  /** Git's blob id. */
  readonly blob: string;
}

/** The state file that a path is, relative to the repository root; undefined when it is none. */
export function stateFileAt(registry: string, path: string): Omit<StateFile, "text"> | undefined {
  if (!path.endsWith(stateFileName)) return undefined;
  if (path === `${registry}/${stateFileName}`) return { path };
  const placed = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
  if (placed.kind !== "state") return undefined;
  return { path, ...(placed.prompt === undefined ? {} : { prompt: placed.prompt }) };
}

/** Sets what a path is, or takes it away with null. */
export function put<T>(map: Map<string, T>, path: string, value: T | null): void {
  if (value === null) map.delete(path);
  else map.set(path, value);
}

/**
 * Reads the states of some moments, each of which is a set of state files; `home` is the path of the registry's own.
 * The warm git process reads each distinct blob once, and the reader parses each distinct text once.
 */
export async function readStates(
  { objects }: Repository,
  { reader, home }: { readonly reader: Pick<StateReader, "read">; readonly home: string },
  moments: readonly (readonly StateBlob[])[],
): Promise<StateText[]> {
  const ids = [...new Set(moments.flat().map(({ blob }) => blob))];
  const found = await objects.read(ids, stateLimit);
  const texts = new Map(ids.map((id, index) => [id, found[index]?.bytes?.toString("utf8") ?? ""]));
  return moments.map((files) =>
    reader.read(
      files.map(({ blob, ...file }) => ({ ...file, text: texts.get(blob) ?? "" })),
      home,
    ),
  );
}
