import { existsSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { ListedFile, Listing, Origin } from "../../core/listing.js";
import { takeAll, type Steps, type TakeSteps } from "../../core/steps.js";
import type { Repository } from "../git/repository.js";
import { readCommit } from "../git/revision.js";
import { byPath, refuseLinks, walkFolder } from "./walk.js";

/**
 * What the working tree holds under the registry folder, tracked or not. In a sparse checkout, files that git left
 * out of the work tree are listed with their blob. No git process of its own, one more in a sparse checkout.
 * @throws PromptSyncError `PATH_UNSAFE` when the way to the registry goes through a link
 */
export async function listWorktree(repository: Repository, registry: string): Promise<Listing> {
  const top = topOf(repository);
  refuseLinks(top, registry);
  const skipped = existsSync(repository.sparseFile) ? await listSkipped(repository, registry) : [];
  const files = withSkipped(walkFolder(join(top, registry)), skipped);
  return { origin: originOfHead(repository, "worktree", "working tree"), registry, files };
}

/**
 * What the index holds under the registry folder: what the next commit would hold. One git process.
 * @throws PromptSyncError `WORK_IN_PROGRESS` while an entry is unmerged
 */
export async function listIndex(repository: Repository, registry: string): Promise<Listing> {
  const entries = await listEntries(repository, registry, ["--stage"]);
  const files = entries.map((entry) => {
    const [mode = "", blob = "", stage] = entry.facts.split(" ");
    if (stage === "0") return listed(registry, mode, blob, entry.path);
    throw new PromptSyncError("WORK_IN_PROGRESS", `\`${entry.path}\` is unmerged`, {
      hint: `solve the conflict, then \`git add ${entry.path}\``,
      file: entry.path,
    });
  });
  return { origin: originOfHead(repository, "index", "index"), registry, files: files.sort(byPath) };
}

/**
 * What a commit holds under the registry folder. `take` takes the steps of the work, all at once when left out. One git
 * process.
 */
export async function listCommit(
  repository: Repository,
  registry: string,
  { take = takeAll, ...commit }: CommitToList & { readonly take?: TakeSteps },
): Promise<Listing> {
  const args = ["ls-tree", "-r", "-z", "--full-tree", commit.commit, "--", ...pathspec(registry)];
  const [origin, { stdout }] = await Promise.all([
    originOfCommit(repository, commit),
    repository.git.run(args),
  ]);
  const files = await take(filesOf(stdout, registry));
  return { origin, registry, files };
}

/** The files that `git ls-tree -r -z` printed. */
function* filesOf(tree: Buffer, registry: string): Steps<ListedFile[]> {
  const files: ListedFile[] = [];
  for (let start = 0, end; start < tree.length; start = end + 1) {
    end = tree.indexOf(0, start);
    if (end < 0) break;
    const [facts = "", path = ""] = splitOnce(tree.toString("utf8", start, end), "\t");
    const [mode = "", , blob = ""] = facts.split(" ");
    files.push(listed(registry, mode, blob, path));
    yield;
  }
  return files.sort(byPath);
}

/** A commit by its full id, how people call it, and which clocks made it the answer to a date. */
export type CommitToList = Pick<Origin, "label" | "skewed"> & { readonly commit: string };

/** Where something is from that a commit holds. */
export async function originOfCommit(
  repository: Repository,
  { commit, label, skewed = [] }: CommitToList,
): Promise<Origin> {
  const { date } = await readCommit(repository, commit);
  return { kind: "commit", commit, date, label, ...(skewed.length === 0 ? {} : { skewed }) };
}

/** The id of the registry folder's tree at a commit, or null: two commits with the same id have the same catalog. */
export async function registryTree(
  repository: Repository,
  registry: string,
  commit: string,
): Promise<string | null> {
  const [tree] = await repository.objects.info([`${commit}:${registry}`]);
  return tree?.type === "tree" ? tree.id : null;
}

function topOf(repository: Repository): string {
  if (repository.top !== null) return repository.top;
  throw new PromptSyncError("NOT_A_REPOSITORY", `\`${repository.gitDirectory}\` has no working tree`, {
    hint: "name a commit to read, such as `--at HEAD`",
  });
}

/** What is not committed has no date; that of HEAD is read by whoever wants to know. */
export function originOfHead({ head }: Repository, kind: Origin["kind"], label: string): Origin {
  return { kind, commit: head.commit, date: null, label };
}

/** Files that a sparse checkout keeps out of the work tree. */
async function listSkipped(repository: Repository, registry: string): Promise<ListedFile[]> {
  const entries = await listEntries(repository, registry, ["--stage", "-t"]);
  return entries.flatMap(({ facts, path }) => {
    const [tag, mode = "", blob = ""] = facts.split(" ");
    return tag === "S" ? [listed(registry, mode, blob, path)] : [];
  });
}

function withSkipped(present: readonly ListedFile[], skipped: readonly ListedFile[]): readonly ListedFile[] {
  if (skipped.length === 0) return present;
  const paths = new Set(present.map((file) => file.path));
  return [...present, ...skipped.filter((file) => !paths.has(file.path))].sort(byPath);
}

async function listEntries(repository: Repository, registry: string, flags: readonly string[]) {
  const { stdout } = await repository.git.run([
    "ls-files",
    "-z",
    "--full-name",
    ...flags,
    "--",
    ...pathspec(registry),
  ]);
  return records(stdout).map((record) => {
    const [facts = "", path = ""] = splitOnce(record, "\t");
    return { facts, path };
  });
}

const pathspec = (registry: string): string[] => (registry === "" ? [] : [registry]);

const modes: Readonly<Record<string, ListedFile["mode"]>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "link",
  "160000": "module",
};

function listed(registry: string, mode: string, blob: string, path: string): ListedFile {
  if (path === registry) {
    throw new PromptSyncError(
      "PATH_UNSAFE",
      `\`${registry}\` is ${modes[mode] === "file" ? "a file" : `a ${modes[mode] ?? "folder"}`}`,
      {
        hint: "a registry has to be a real folder of this repository",
        file: registry,
      },
    );
  }
  const inside = registry === "" ? path : path.slice(registry.length + 1);
  return { path: inside, blob, mode: modes[mode] ?? "file" };
}

const records = (bytes: Buffer): string[] => bytes.toString().split("\0").slice(0, -1);

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}
