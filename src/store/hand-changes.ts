import { placeFile, stateFileName } from "../core/layout.js";
import type { AuditRecord } from "../core/plan.js";
import { compareStates } from "../core/state/compare-states.js";
import { createStateChain } from "../core/state/state-chain.js";
import { createStateReader } from "../core/state/state-reader.js";
import { emptyState, type ById, type PromptState, type State } from "../core/state/state.js";
import type { HistoryCommit } from "./git/history.js";
import type { Repository } from "./git/repository.js";
import { stateLimit } from "./listing/read-files.js";
import { stateFileAt } from "./read-states.js";

/** Finds out what commits did that say nothing of it themselves. */
export interface HandChanges {
  /**
   * Reads what some commits need in one go; then each can be asked about, in the order given: what one left is what
   * the next brought about, most of the time.
   */
  read(commits: readonly HistoryCommit[]): Promise<(commit: HistoryCommit) => readonly AuditRecord[]>;
}

type FileChange = HistoryCommit["files"][number];

/** So many answers are known by the two texts that they are about: a setting often goes back and forth. */
const mostPairs = 4096;

/** Makes {@link HandChanges}; `prompt` leaves out what is of other prompts. */
export function createHandChanges(
  { objects }: Repository,
  { registry, prompt }: { readonly registry: string; readonly prompt?: string | undefined },
): HandChanges {
  const home = `${registry}/${stateFileName}`;
  const reader = createStateReader();
  const chain = createStateChain(reader);
  let standsAt: string | null = null;
  const pairs = new Map<string, readonly AuditRecord[]>();

  const stateAt = ({ path }: FileChange) => stateFileAt(registry, path);
  const pairOf = ({ before, after }: FileChange): string => `${before ?? ""} ${after ?? ""}`;
  /** The registry's own file, when it is all that a commit touched. */
  const homeAlone = ({ files }: HistoryCommit): FileChange | undefined =>
    files.length === 1 && files[0]?.path === home ? files[0] : undefined;
  const isKnown = (commit: HistoryCommit): boolean => {
    const file = homeAlone(commit);
    return file !== undefined && pairs.has(pairOf(file));
  };
  const isOwn = (record: AuditRecord): boolean => prompt === undefined || record.prompt === prompt;

  return {
    async read(commits) {
      const wanted = new Set<string>();
      for (const file of commits.flatMap((commit) => (isKnown(commit) ? [] : commit.files))) {
        if (stateAt(file) === undefined) continue;
        for (const blob of [file.before, file.after]) if (blob !== null) wanted.add(blob);
      }
      const ids = [...wanted];
      const found = await objects.read(ids, stateLimit);
      const texts = new Map(ids.map((id, index) => [id, found[index]?.bytes ?? empty]));
      const textOf = (blob: string): Buffer => texts.get(blob) ?? empty;

      const stateOf = (file: FileChange, side: "before" | "after"): State[] => {
        const [place, blob] = [stateAt(file), file[side]];
        if (place === undefined || blob === null) return [];
        return [reader.read([{ ...place, text: textOf(blob).toString("utf8") }], home).state];
      };
      const compared = (files: readonly FileChange[]): AuditRecord[] =>
        compareStates(
          joined(files.flatMap((file) => stateOf(file, "before"))),
          joined(files.flatMap((file) => stateOf(file, "after"))),
        );

      /** What happened to the registry's own file, by what differs between its texts. */
      const between = (file: FileChange): AuditRecord[] => {
        const { before, after } = file;
        if (before === null || after === null) return compared([file]);
        if (standsAt !== after) chain.moveTo(textOf(after));
        const change = chain.moveTo(textOf(before));
        standsAt = before;
        if (change === undefined) return compared([file]);
        const [was, is] = [change.to, change.from];
        if (prompt !== undefined && !Object.hasOwn(was, prompt) && !Object.hasOwn(is, prompt)) return [];
        return compareStates({ ...emptyState, prompts: was }, { ...emptyState, prompts: is });
      };
      const ofHome = (file: FileChange): readonly AuditRecord[] => {
        const pair = pairOf(file);
        const known = pairs.get(pair);
        if (known !== undefined) return known;
        const records = between(file).filter(isOwn);
        if (pairs.size < mostPairs) pairs.set(pair, records);
        return records;
      };

      return (commit) => {
        const alone = homeAlone(commit);
        if (alone !== undefined) return ofHome(alone);
        const { files } = commit;
        const parts = files.filter((file) => stateAt(file) !== undefined);
        const versions = versionChanges(files, registry);
        return [...compared(parts), ...versions].filter(isOwn);
      };
    },
  };
}

const empty = Buffer.alloc(0);

/** What happened to versions. One that only moved to another group did not change: references do not notice. */
function versionChanges(files: readonly FileChange[], registry: string): AuditRecord[] {
  const placed = files.flatMap((file) => {
    const place = placeFile({ path: file.path.slice(registry.length + 1), mode: "file" });
    return place.kind === "version" ? [{ ...file, place, id: `${place.name}@${place.version}` }] : [];
  });
  const left = new Map(placed.flatMap((it) => (it.status === "deleted" ? [[it.id, it.before]] : [])));
  const come = new Set(placed.flatMap(({ status, id }) => (status === "added" ? [id] : [])));
  return placed.flatMap(({ status, after, id, place: { name: prompt, version } }): AuditRecord[] => {
    const isMoved = left.has(id) && come.has(id);
    if (isMoved && (status === "deleted" || left.get(id) === after)) return [];
    if (status === "added" && !isMoved) return [{ action: "push", prompt, version, to: version }];
    return [{ action: status === "deleted" ? "delete" : "modify", prompt, version, from: version }];
  });
}

/** The parts of a state as one: a block that only moved to another file is no change. */
function joined(parts: readonly State[]): State {
  if (parts.length < 2) return parts[0] ?? emptyState;
  const prompts = Object.assign(
    Object.create(null),
    ...parts.map((part) => part.prompts),
  ) as ById<PromptState>;
  return { ...(Object.assign({}, ...parts) as State), prompts };
}
