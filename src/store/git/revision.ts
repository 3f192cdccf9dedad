import { isoDate } from "../../core/date.js";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "./repository.js";

/**
 * The full commit id that a branch, tag, id or any other revision of git means. User text goes to git as a line of
 * data, never as an argument, so one that begins with `-` names nothing.
 * @throws PromptSyncError `REVISION_NOT_FOUND`
 */
export async function resolveRevision(repository: Repository, revision: string): Promise<string> {
  const remote = `refs/remotes/origin/${revision}`;
  const [commit, published] = await repository.objects.info([`${revision}^{commit}`, `${remote}^{commit}`]);
  if (commit && revision !== "") return commit.id;
  throw new PromptSyncError("REVISION_NOT_FOUND", `\`${revision}\` is no commit, tag or branch here`, {
    hint: hint(repository, revision, published !== null && published !== undefined),
    data: { revision },
  });
}

function hint(repository: Repository, revision: string, isPublished: boolean): string {
  if (isPublished) return `did you mean \`origin/${revision}\`?`;
  if (repository.shallow)
    return "this clone is shallow: `git fetch --unshallow` brings the rest of the history";
  if (repository.head.commit === null) return "this repository has no commit yet";
  return "`git branch --all` and `git tag` list what can be named";
}

/** The facts of a commit that reading and writing need. */
export interface CommitFacts {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Committer date in seconds since 1970. */
  readonly seconds: number;
  /** Committer date, ISO 8601 in UTC. */
  readonly date: string;
}

/** Reads a commit object. @throws PromptSyncError `REVISION_NOT_FOUND` when this clone does not have it */
export async function readCommit(repository: Repository, id: string): Promise<CommitFacts> {
  const [commit] = await repository.objects.read([`${id}^{commit}`], Number.POSITIVE_INFINITY);
  if (!commit?.bytes) {
    throw new PromptSyncError("REVISION_NOT_FOUND", `commit \`${id}\` is not in this clone`, {
      hint: "`git fetch` may bring it",
    });
  }
  const text = commit.bytes.toString();
  const header = text.slice(0, text.indexOf("\n\n") + 1);
  const seconds = Number(/^committer .*> (\d+) [-+]\d{4}$/m.exec(header)?.[1] ?? 0);
  return {
    id: commit.id,
    tree: /^tree ([0-9a-f]+)$/m.exec(header)?.[1] ?? "",
    parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? ""),
    seconds,
    date: isoDate(seconds),
  };
}
