import { stateFilesOf } from "../core/state-files.js";
import { byPath } from "./listing/walk.js";
import type { StateFileChange } from "./state-line.js";

/** Follows which of the prompts' own state files count, from commit to commit: those beside their versions do. */
export interface HeardStates {
  /**
   * Goes on by one commit: what it made of the state as everybody hears it. `files` are the other files as the commit
   * left them; `isMoved` says whether it touched any of them. Paths are relative to the repository root.
   */
  step(
    states: readonly StateFileChange[],
    files: ReadonlyMap<string, string>,
    isMoved: boolean,
  ): readonly StateFileChange[];
}

/** Makes {@link HeardStates}; looks at all files only where versions or a prompt's own state file came or went. */
export function createHeardStates(registry: string): HeardStates {
  const own = new Map<string, StateFileChange>();
  let heard: ReadonlySet<string> = new Set();
  return {
    step(states, files, isMoved) {
      const edited = states.filter(({ prompt }) => prompt !== undefined);
      const hadAny = own.size > 0;
      if (edited.length === 0 && !hadAny) return states;
      const isSet = edited.every(({ path, text }) => text !== null && own.has(path));
      for (const change of edited) {
        if (change.text === null) own.delete(change.path);
        else own.set(change.path, change);
      }
      if (isSet && !(isMoved && hadAny))
        return states.filter(({ path, prompt }) => prompt === undefined || heard.has(path));
      const before = heard;
      heard = heardAmong([...files.keys(), ...own.keys()], registry);
      const isEdited = new Set(edited.map(({ path }) => path));
      const gone = [...before].filter((path) => !heard.has(path));
      const come = [...heard].filter((path) => !before.has(path) || isEdited.has(path));
      return [
        ...states.filter(({ prompt }) => prompt === undefined),
        ...gone.map((path) => ({ path, prompt: path.split("/").at(-2) ?? "", text: null })),
        ...come.flatMap((path) => own.get(path) ?? []),
      ];
    },
  };
}

/** The prompts' own state files that count among some files. */
function heardAmong(paths: readonly string[], registry: string): ReadonlySet<string> {
  const files = paths
    .map((path) => ({ path: path.slice(registry.length + 1), blob: null, mode: "file" as const }))
    .sort(byPath);
  return new Set(
    stateFilesOf({ files }).flatMap(({ path, prompt }) =>
      prompt === undefined ? [] : [`${registry}/${path}`],
    ),
  );
}
