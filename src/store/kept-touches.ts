import type { Repository } from "./git/repository.js";
import { isHistoryFixed } from "./git/fixed-history.js";
import { keep, keptFile, readKept, toolBuild } from "./kept-file.js";

/** Which prompts' blocks some commits touched that changed nothing but the registry's own state file. */
export interface Touches {
  /** Says whether a commit left the asked prompt's block alone; false when that is not known. */
  readonly spared: (commit: string) => boolean;
  /** Notes all prompts whose blocks a commit may have touched, and no others but those: it left every other alone. */
  readonly note: (commit: string, prompts: readonly string[]) => void;
  /** Keeps what was noted for the next run. */
  readonly keep: () => void;
}

/** Below this many, reading the states costs as little. */
const fewest = 500;

/** A commit more in the file is 60 bytes. */
const most = 200_000;

/**
 * Opens what is known of the commits along first parents of a registry, in the git directory: what a commit changed
 * never changes. Nothing is known where parents may be others than those a commit was made with. Another version or
 * build of the tool forgets it; whoever deletes the file loses nothing.
 */
export function openTouches(
  repository: Repository,
  { home, tool, prompt }: { readonly home: string; readonly tool: string; readonly prompt: string },
): Touches {
  const isFixed = isHistoryFixed(repository);
  const file = keptFile(repository.commonDirectory, "touches");
  const key = JSON.stringify([tool, toolBuild(), home]);
  const bytes = isFixed ? readKept(file, key) : undefined;
  const known = new Map(
    (bytes?.toString().split("\n") ?? []).map((line) => {
      const end = line.indexOf(" ");
      return [line.slice(0, end), line.slice(end + 1)] as const;
    }),
  );
  let isNew = false;
  return {
    spared: (commit) => known.get(commit)?.includes(entryOf(prompt)) === false,
    note: (commit, prompts) => {
      if (known.has(commit)) return;
      known.set(commit, prompts.map(entryOf).join(""));
      isNew = true;
    },
    keep: () => {
      if (!isNew || known.size < fewest || known.size > most) return;
      if (!isFixed || !isHistoryFixed(repository)) return;
      keep(file, key, Buffer.from([...known].map(([commit, prompts]) => `${commit} ${prompts}`).join("\n")));
    },
  };
}

const entryOf = (prompt: string): string => `${JSON.stringify(prompt)},`;
