import type { State } from "../../core/state/state.js";
import { readHistory, type HistoryCommit, type HistoryRange } from "../git/history.js";
import type { Repository } from "../git/repository.js";
import { readUpstream, type Upstream } from "../git/upstream.js";
import { readAudit, type AuditCommit } from "../read-audit.js";
import { readPastStates } from "../read-past-states.js";
import { findLogs } from "../usage/find-logs.js";
import { openPastArms, type PastArms } from "../usage/past-arms.js";

/** What happened to the registry. */
export interface Past {
  /** The audit trail, newest first. */
  readonly audit: (range?: Omit<HistoryRange, "paths">) => Promise<AuditCommit[]>;
  /** The states that the branch had, the newest first, along first parents; read as far as they are asked for. */
  readonly pastStates: () => AsyncIterable<State>;
  /** The commit that added a file; null while it is not committed. */
  readonly introducedBy: (path: string, from: string | null) => Promise<HistoryCommit | null>;
  /** How far the branch is from the remote branch it follows; null when it follows none. */
  readonly upstream: () => Promise<Upstream | null>;
  /** The files of the usage log, the oldest first; throws `FILE_NOT_FOUND`. */
  readonly usageLogs: () => Promise<readonly string[]>;
  /** What aliases served at commits; see `openPastArms`. */
  readonly pastArms: (folderOf: (prompt: string) => string | undefined) => PastArms;
}

/** Opens the history of a registry; nothing is read before it is asked for. */
export function openPast(repository: Repository, registry: string, usage: string): Past {
  return {
    audit: (range) => readAudit(repository, registry, range),
    pastStates: () => readPastStates(repository, registry),
    introducedBy: async (path, from) => {
      const range = { paths: [path], limit: 1, addedOnly: true, ...(from === null ? {} : { from }) };
      const [commit] = await readHistory(repository, range);
      return commit ?? null;
    },
    upstream: () => readUpstream(repository),
    usageLogs: () => findLogs(usage),
    pastArms: (folderOf) => openPastArms(repository, registry, folderOf),
  };
}
