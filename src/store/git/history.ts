import type { Repository } from "./repository.js";
import { isoDate } from "../../core/date.js";

/** What a commit did to one file. */
interface FileChangeRecord {
  readonly status: "added" | "modified" | "deleted" | "retyped";
  /** Relative to the repository root. */
  readonly path: string;
  /** Blob ids; null where there is no file. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A file that a merge left otherwise than each of its parents had it. */
export interface MergedFile {
  /** Relative to the repository root. */
  readonly path: string;
  /** Blob ids, one a parent in their order; null where there was no file. */
  readonly before: readonly (string | null)[];
  readonly after: string | null;
}

/** A commit that touched the registry. */
export interface HistoryCommit {
  readonly commit: string;
  /** Committer date, ISO 8601 in UTC. */
  readonly date: string;
  readonly author: string;
  readonly email: string;
  /** The whole message. */
  readonly message: string;
  /** Empty for a merge, unless it is told as one step. */
  readonly files: readonly FileChangeRecord[];
  /** Of a merge that is not told as one step: what it did to files beside its parents, such as to solve a conflict. */
  readonly merged: readonly MergedFile[];
}

/** Which part of the history is read. */
export interface HistoryRange {
  /** Files or folders, relative to the repository root; literal. */
  readonly paths: readonly string[];
  /** Also the files in every folder of this name below another folder, wherever it stood. */
  readonly wherever?: { readonly below: string; readonly name: string };
  /** Full id of the commit to begin at; HEAD when left out. */
  readonly from?: string;
  /** Full id of a commit that is left out, with all before it. */
  readonly after?: string;
  /** Leaves out what was committed before this moment. */
  readonly since?: Date;
  /** At most this many commits. */
  readonly limit?: number;
  /** Only the commits that added a file; of several sides that did, one. */
  readonly addedOnly?: boolean;
  /**
   * Only what the branch itself held, commit after commit: a merge is one step and tells all that it brought. Without
   * this the commits of merged branches are told one by one, and a merge tells what it did beside them.
   */
  readonly firstParent?: boolean;
}

/** Against settings of the user that would change what `git log` prints. */
const plain = [
  "--root", // log.showRoot
  "--no-follow", // log.follow
  "--no-relative", // diff.relative
  "--no-ext-diff",
  "--no-textconv",
  "--no-color", // color.ui
  "--no-show-signature", // log.showSignature
  "--encoding=UTF-8", // i18n.logOutputEncoding
  "-O/dev/null", // diff.orderFile
];

const format = ["%H", "%ct", "%an", "%ae", "%B"];

/** The commits that touched the paths, newest first. One git process; empty on an unborn branch. */
export async function readHistory({ git, head }: Repository, range: HistoryRange): Promise<HistoryCommit[]> {
  const from = range.from ?? head.commit;
  if (from === null) return [];
  const { stdout } = await git.run(logArguments(range, from), { environment: logEnvironment(range) });
  return parseLog(stdout.toString());
}

const raw = [
  "log",
  "--raw",
  "-z",
  "--no-renames", // a version that moves is one that vanished and one that came
  "--no-abbrev",
  ...plain,
  `--format=${format.join("%x00")}`,
];

/** The `git log` that tells a range from a commit on; {@link openLog} reads what it prints. */
export function logArguments(range: HistoryRange, from: string): readonly string[] {
  return [
    ...raw,
    ...(range.firstParent === true
      ? ["--first-parent", "--diff-merges=first-parent"]
      : ["--diff-merges=combined"]),
    // Git leaves out a whole side of a merge when the other one has the same files: what happened there happened.
    ...(range.firstParent === true || range.addedOnly === true ? [] : ["--full-history"]),
    ...(range.since === undefined ? [] : [`--since=@${Math.floor(range.since.getTime() / 1000)}`]),
    ...(range.limit === undefined ? [] : [`--max-count=${range.limit}`]),
    ...(range.addedOnly === true ? ["--diff-filter=A"] : []),
    from,
    ...(range.after === undefined ? [] : [`^${range.after}`]),
    "--",
    ...pathspecs(range),
  ];
}

/**
 * What lies between each parent of some merges and the merge, below a folder: the merge as often as it has parents that
 * differ there, with its files. One git process.
 */
export async function readSides(
  { git }: Repository,
  merges: readonly string[],
  folder: string,
): Promise<HistoryCommit[]> {
  const args = [...raw, "--no-walk=unsorted", "--diff-merges=separate", "--stdin", "--", folder];
  const { stdout } = await git.run(args, { input: merges.map((id) => `${id}\n`).join("") });
  return parseLog(stdout.toString());
}

/** What is added to the environment of `git log`: paths are taken as they are, unless some folder is meant wherever it is. */
export function logEnvironment({ wherever }: HistoryRange): NodeJS.ProcessEnv {
  return wherever === undefined ? {} : { GIT_LITERAL_PATHSPECS: undefined };
}

function pathspecs({ paths, wherever }: HistoryRange): readonly string[] {
  if (wherever === undefined) return paths;
  const { below, name } = wherever;
  const literal = (text: string): string => text.replaceAll(/[\\*?[\]]/g, "\\$&");
  return [...paths.map((path) => `:(literal)${path}`), `:(glob)${literal(below)}/**/${literal(name)}/*`];
}

/** Reads what `git log` prints as it arrives: each field is looked at once, however many files a commit has. */
export interface LogReader {
  /** The commits that these fields end. The last one waits for the next call: it may have more files to come. */
  readonly read: (fields: readonly string[]) => HistoryCommit[];
  /** The last commit, when git has printed everything. */
  readonly end: () => HistoryCommit[];
}

/** Makes a {@link LogReader}. Fields are what stands between two NULs, each of them whole. */
export function openLog(): LogReader {
  let header: string[] = [];
  let files: FileChangeRecord[] = [];
  let merged: MergedFile[] = [];
  /** What git says of a file whose path is the next field; empty when none is. */
  let facts = "";
  const end = (): HistoryCommit[] => {
    const [commit = "", seconds = "", author = "", email = "", message] = header;
    if (message === undefined) return [];
    return [{ commit, date: isoDate(Number(seconds)), author, email, message, files, merged }];
  };
  const read: LogReader["read"] = (fields) => {
    const commits: HistoryCommit[] = [];
    for (const field of fields) {
      if (facts !== "") {
        if (facts.startsWith("::")) merged.push(mergedOf(facts, field));
        else files.push(changeOf(facts, field));
        facts = "";
      } else if (header.length < format.length) header.push(field);
      else {
        const word = field.trimStart();
        if (word.startsWith(":")) facts = word;
        else if (word !== "") {
          commits.push(...end());
          [header, files, merged] = [[field], [], []];
        }
      }
    }
    return commits;
  };
  return { read, end };
}

function parseLog(printed: string): HistoryCommit[] {
  const log = openLog();
  return [...log.read(printed.split("\0")), ...log.end()];
}

const statuses: Readonly<Record<string, FileChangeRecord["status"]>> = {
  A: "added",
  D: "deleted",
  T: "retyped",
};

function changeOf(facts: string, path: string): FileChangeRecord {
  const [, , before = "", after = "", status = ""] = facts.split(" ");
  return { status: statuses[status] ?? "modified", path, before: blobOf(before), after: blobOf(after) };
}

/** A colon, a mode and a blob id for each parent; the mode and the id of the merge come after those of the parents. */
function mergedOf(facts: string, path: string): MergedFile {
  const parents = facts.lastIndexOf(":") + 1;
  const ids = facts.split(" ").slice(parents + 1, 2 * parents + 2);
  return { path, before: ids.slice(0, parents).map(blobOf), after: blobOf(ids[parents] ?? "") };
}

const blobOf = (id: string): string | null => (/^0+$/.test(id) ? null : id);
