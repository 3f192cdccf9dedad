import type { Config } from "../../core/config.js";
import { stateFileName } from "../../core/layout.js";
import type { State } from "../../core/state/state.js";
import type { Timeline } from "../../core/timeline.js";
import { cutOff } from "../git/cut-off.js";
import { readHistory, type HistoryCommit } from "../git/history.js";
import type { Repository } from "../git/repository.js";
import { readTimeline, tipOf } from "../git/timeline.js";
import { readUpstream, type Upstream } from "../git/upstream.js";
import { readTrail } from "../kept-trail.js";
import type { AuditCommit, AuditWanted } from "../read-audit.js";
import { readPastStates } from "../read-past-states.js";
import { findLogs } from "../usage/find-logs.js";
import { openPastArms, type PastArms } from "../usage/past-arms.js";
import { readSnapshots, type Snapshot, type SnapshotsWanted } from "../read-snapshots.js";
import { readStateSteps, type StateStep, type StepsWanted } from "../read-state-steps.js";

/** The commit with which a file came. */
export interface Introduction extends HistoryCommit {
  /** A shallow clone has nothing older: the file may have come before. */
  readonly isEdge: boolean;
}

/** What happened to the registry. */
export interface Past {
  /** The audit trail, newest first, some commits at a time; read as far as it is asked for. */
  readonly audit: (wanted?: AuditWanted) => AsyncIterable<readonly AuditCommit[]>;
  /** The states that the branch had, the newest first, along first parents; read as far as they are asked for. */
  readonly pastStates: () => AsyncIterable<State>;
  /**
   * The commits along first parents that changed some state files, newest first, from a commit on; read as far as
   * they are asked for.
   */
  readonly stateSteps: (wanted: Omit<StepsWanted, "home">) => AsyncIterable<StateStep>;
  /** What the commits of the base branch made of the registry, the oldest first; see `readSnapshots` for a part of it. */
  readonly snapshots: (wanted?: Pick<SnapshotsWanted, "prompt" | "isAlone">) => AsyncIterable<Snapshot>;
  /** The commit that the base branch stands at; null where nothing is committed. */
  readonly tip: () => Promise<string | null>;
  /** The commits of the base branch with their dates, the oldest first. Read once. */
  readonly timeline: () => Promise<Timeline>;
  /** The commit that added a file; null while it is not committed. */
  readonly introducedBy: (path: string, from: string | null) => Promise<Introduction | null>;
  /** How far the branch is from the remote branch it follows; null when it follows none. */
  readonly upstream: () => Promise<Upstream | null>;
  /** The files of the usage log, the oldest first; throws `FILE_NOT_FOUND`. */
  readonly usageLogs: () => Promise<readonly string[]>;
  /** What aliases served at commits; see `openPastArms`. */
  readonly pastArms: (folderOf: (prompt: string) => string | undefined) => PastArms;
}

/** Opens the history of a registry, `usage` the place of its log, `tool` our version; nothing is read before it is asked for. */
export function openPast(
  repository: Repository,
  config: Config,
  { usage, tool }: { readonly usage: string; readonly tool: string },
): Past {
  const { registry } = config;
  let timeline: Promise<Timeline> | undefined;
  return {
    audit: (wanted) => readTrail(repository, registry, { wanted, tool }),
    pastStates: () => readPastStates(repository, registry),
    stateSteps: (wanted) => readStateSteps(repository, { ...wanted, home: `${registry}/${stateFileName}` }),
    snapshots: async function* (wanted) {
      const from = await tipOf(repository, config);
      if (from !== null) yield* readSnapshots(repository, { ...wanted, from, registry, tool });
    },
    tip: () => tipOf(repository, config),
    timeline: () => (timeline ??= readTimeline(repository, config)),
    introducedBy: async (path, from) => {
      const range = { paths: [path], limit: 1, addedOnly: true, ...(from === null ? {} : { from }) };
      const [commit] = await readHistory(repository, range);
      if (commit === undefined) return null;
      const isEdge = repository.shallow && cutOff(repository).includes(commit.commit);
      return { ...commit, isEdge };
    },
    upstream: () => readUpstream(repository),
    usageLogs: () => findLogs(usage),
    pastArms: (folderOf) => openPastArms(repository, registry, folderOf),
  };
}
