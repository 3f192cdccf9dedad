import { addTo } from "../core/add-to.js";
import { readBroughtBy } from "../store/git/brought-by.js";
import { readHistory } from "../store/git/history.js";
import type { Workspace } from "../store/workspace.js";
import { movesProven } from "./read-evidence.js";

/** What the commits of the base branch prove, and through which merges they came. */
export interface Proofs {
  /** Says whether a commit, or one that it merged, carries the evidence of a move: `prompt@alias=version`. */
  readonly hasEvidence: (commit: string, move: string) => boolean;
  /** The commits about the registry that a merge brought; none for another commit. */
  readonly mergedBy: (commit: string) => readonly string[];
}

/** Reads the evidence in the whole history of the base branch. Two git processes. */
export async function readProofs({ repository, config, tip: readTip }: Workspace): Promise<Proofs> {
  const tip = await readTip();
  if (tip === null) return { hasEvidence: () => false, mergedBy: () => [] };
  const [history, brought] = await Promise.all([
    readHistory(repository, { paths: [config.registry], from: tip }),
    readBroughtBy(repository, tip),
  ]);
  const proven = new Set<string>();
  const merged = new Map<string, string[]>();
  for (const { commit, message } of history) {
    const by = brought.get(commit) ?? commit;
    if (by !== commit) addTo(merged, by, commit);
    for (const move of movesProven(message)) proven.add(`${by}\0${move}`);
  }
  return {
    hasEvidence: (commit, move) => proven.has(`${commit}\0${move}`),
    mergedBy: (commit) => merged.get(commit) ?? [],
  };
}
