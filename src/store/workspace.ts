import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Catalog } from "../core/catalog.js";
import { configFileName, readConfig, type Config } from "../core/config.js";
import { PromptSyncError } from "../core/errors.js";
import { isDateLike, parseDate } from "../core/date.js";
import type { Plan } from "../core/plan.js";
import type { State } from "../core/state/state.js";
import { findBase, type Base } from "./base/find-base.js";
import { readPicture, type ReadPicture } from "./base/read-picture.js";
import type { Receipt } from "./apply/apply.js";
import { readHistory, type HistoryCommit, type HistoryRange } from "./git/history.js";
import { committerAddress } from "./git/identity.js";
import { readUpstream, type Upstream } from "./git/upstream.js";
import { openRepository, type Repository } from "./git/repository.js";
import { commitAt } from "./git/commit-at.js";
import { resolveRevision } from "./git/revision.js";
import { decodeText } from "./listing/decode-text.js";
import { listCommit, listIndex, listWorktree } from "./listing/list.js";
import { readFromDisk } from "./listing/read-files.js";
import type { NewFile } from "./create-files.js";
import { readAudit, type AuditCommit } from "./read-audit.js";
import { readCatalog, readVersions, type ReadVersion, type VersionToRead } from "./read-catalog.js";
import { readPastStates } from "./read-past-states.js";
import { listDrafts, type DraftFile } from "./read-drafts.js";

/** How a workspace is opened. */
export interface WorkspaceOptions {
  /** The folder the user stands in, absolute. */
  readonly directory: string;
  /** The settings file to read instead of the repository's, absolute. */
  readonly config: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the process, to which the environment's `GIT_*` variables belong; `directory` when left out. */
  readonly cwd?: string;
}

/** A repository with its settings: everything that operations read and write goes through it. */
export interface Workspace {
  readonly repository: Repository;
  readonly config: Config;
  /** The repository root, absolute; the git directory in a bare repository. */
  readonly root: string;
  readonly directory: string;
  /** The catalog of the working tree; of HEAD in a bare repository. Read once. */
  readonly catalog: () => Promise<Catalog>;
  /**
   * The catalog as of a commit, tag or branch; of a date, as the base branch had it at that moment (a day alone means
   * its end). Throws `REVISION_NOT_FOUND`, `USAGE` for a date that is none.
   */
  readonly catalogAt: (revision: string) => Promise<Catalog>;
  readonly catalogOfIndex: () => Promise<Catalog>;
  /** Reads and parses versions, in the order given. */
  readonly readVersions: (versions: readonly VersionToRead[]) => Promise<ReadVersion[]>;
  /** The drafts of the settings' folder, or of a path relative to the user's folder. */
  readonly drafts: (path?: string) => DraftFile[];
  /** Makes files that do not exist yet; returns the paths of those it made. */
  readonly createFiles: (
    files: readonly NewFile[],
    options?: { readonly keepExisting?: boolean },
  ) => Promise<string[]>;
  /** The address that git would put on a commit; throws `IDENTITY_MISSING`. */
  readonly committerAddress: () => Promise<string>;
  /** Says whether a file or folder exists, relative to the root. */
  readonly exists: (path: string) => boolean;
  /** The text of a file, relative to the root; undefined when it cannot be read as one. */
  readonly text: (path: string) => string | undefined;
  /** Makes a hook where git looks for hooks; its path, or null when there is one already. */
  readonly createHook: (file: NewFile) => Promise<string | null>;
  /** Sets what is not set yet in the repository's git configuration; the keys that it set. */
  readonly configureGit: (settings: Readonly<Record<string, string>>) => Promise<readonly string[]>;
  /** What the tree of a catalog is compared with; see `findBase` for what it throws. */
  readonly base: (asked?: string) => Promise<Base>;
  /** What differs between the base and the tree of a catalog. */
  readonly picture: (head: Catalog, base: Base) => Promise<ReadPicture>;
  /** The audit trail, newest first. */
  readonly audit: (range?: Omit<HistoryRange, "paths">) => Promise<AuditCommit[]>;
  /** The states that the branch had, the newest first, along first parents; read as far as they are asked for. */
  readonly pastStates: () => AsyncIterable<State>;
  /** The commit that added a file; null while it is not committed. */
  readonly introducedBy: (path: string, from: string | null) => Promise<HistoryCommit | null>;
  /** How far the branch is from the remote branch it follows; null when it follows none. */
  readonly upstream: () => Promise<Upstream | null>;
  /** Makes a plan true; see `apply` for what it promises and throws. */
  readonly apply: (plan: Plan, options: WriteOptions) => Promise<Receipt>;
  /** Publishes commits of earlier runs that did not reach the remote; does nothing when it has them all. */
  readonly publishHead: () => Promise<void>;
  readonly close: () => void;
}

/** How a plan is carried out. */
export interface WriteOptions {
  readonly now: Date;
  readonly commit: boolean;
  /** Publishes the commit; when somebody was faster, the change is planned again on their state. */
  readonly remote: boolean;
  readonly replan: (catalog: Catalog) => Promise<Plan | null>;
  /** Gets what the user's hooks say. */
  readonly note: (line: string) => void;
}

/**
 * Opens the repository that a folder is in.
 * @throws PromptSyncError `NOT_A_REPOSITORY`, `CONFIG_INVALID`, `FILE_NOT_FOUND`
 */
export async function openWorkspace({
  directory,
  config: file,
  environment,
  cwd = directory,
}: WorkspaceOptions): Promise<Workspace> {
  const repository = await openRepository(directory, { environment, cwd });
  const root = repository.top ?? repository.gitDirectory;
  const config = await readSettings(repository, root, file);
  const { registry } = config;
  const head = async (): Promise<Catalog> => {
    const { commit } = repository.head;
    if (commit === null) return readCatalog(repository, emptyListing(registry));
    return readCatalog(repository, await listCommit(repository, registry, { commit, label: "HEAD" }));
  };
  const read = async (): Promise<Catalog> =>
    repository.top === null ? head() : readCatalog(repository, await listWorktree(repository, registry));
  let catalog: Promise<Catalog> | undefined;
  return {
    repository,
    config,
    root,
    directory,
    catalog: () => (catalog ??= read()),
    catalogAt: async (revision) => {
      const commit = isDateLike(revision)
        ? await commitAt(repository, parseDate(revision, { end: true }), config.base)
        : await resolveRevision(repository, revision);
      return readCatalog(repository, await listCommit(repository, registry, { commit, label: revision }));
    },
    catalogOfIndex: async () => readCatalog(repository, await listIndex(repository, registry)),
    readVersions: (versions) => readVersions(repository, { registry }, versions),
    drafts: (path) =>
      listDrafts({
        root,
        drafts: config.drafts,
        path: path === undefined ? undefined : resolve(directory, path),
      }),
    createFiles: async (files, options) => {
      const { createFiles } = await import("./create-files.js");
      return createFiles(workTree(repository), files, options);
    },
    exists: (path) => existsSync(join(root, path)),
    text: (path) => {
      const bytes = readFromDisk(root, path, 1 << 18);
      const text = bytes instanceof PromptSyncError ? bytes : decodeText(bytes, path);
      return typeof text === "string" ? text : undefined;
    },
    createHook: async (file) => {
      const { createFiles } = await import("./create-files.js");
      const { stdout } = await repository.git.run([
        "rev-parse",
        "--path-format=absolute",
        "--git-path",
        "hooks",
      ]);
      const folder = stdout.toString().replace(/\n$/, "");
      const [made] = createFiles(folder, [file], { keepExisting: true });
      return made === undefined ? null : relative(workTree(repository), join(folder, made));
    },
    configureGit: async (settings) => {
      const { setMissing } = await import("./git/configure.js");
      return setMissing(repository, settings);
    },
    base: (asked) =>
      findBase(repository, { asked, configured: config.hasBase ? config.base : undefined, environment }),
    picture: (head, base) =>
      readPicture(repository, head, { base, side: head.origin.kind === "index" ? "index" : "worktree" }),
    audit: (range) => readAudit(repository, registry, range),
    pastStates: () => readPastStates(repository, registry),
    introducedBy: async (path, from) => {
      const range = { paths: [path], limit: 1, addedOnly: true, ...(from === null ? {} : { from }) };
      const [commit] = await readHistory(repository, range);
      return commit ?? null;
    },
    upstream: () => readUpstream(repository),
    committerAddress: () => committerAddress(repository),
    apply: async (plan, { now, commit, note, remote, replan }) => {
      const alongside = [`${registry}/promptsync.yaml`, `${registry}/.gitattributes`];
      const options = { now, commit, note, alongside };
      if (!remote) {
        const { apply } = await import("./apply/apply.js");
        return apply(repository, plan, options);
      }
      const { publish } = await import("./apply/publish.js");
      return publish(repository, plan, {
        ...options,
        remote: config.remote,
        replan: async (id) =>
          replan(
            await readCatalog(
              repository,
              await listCommit(repository, registry, { commit: id, label: config.remote }),
            ),
          ),
      });
    },
    publishHead: async () => {
      const upstream = await readUpstream(repository);
      if (upstream?.ahead === 0) return;
      const { publishHead } = await import("./apply/publish.js");
      await publishHead(repository, { remote: config.remote });
    },
    close: () => {
      repository.close();
    },
  };
}

/**
 * Reads the settings file that is named, else the repository's.
 * @throws PromptSyncError `CONFIG_INVALID`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readSettings(
  repository: Repository,
  root: string,
  file: string | undefined,
): Promise<Config> {
  if (repository.top === null && file === undefined) {
    const [object] = await repository.objects.read([`HEAD:${configFileName}`], 1 << 18);
    return readConfig(object?.bytes?.toString("utf8"));
  }
  const path = file ?? join(root, configFileName);
  if (!existsSync(path)) {
    if (file === undefined) return readConfig(undefined);
    throw new PromptSyncError("FILE_NOT_FOUND", `settings file \`${file}\` does not exist`, {
      hint: "check the path after `--config`",
    });
  }
  const bytes = readFromDisk("", path, 1 << 18);
  if (bytes instanceof PromptSyncError) throw bytes;
  const text = decodeText(bytes, file ?? configFileName);
  if (text instanceof PromptSyncError) throw text;
  return readConfig(text, file ?? configFileName);
}

/** @throws PromptSyncError `NOT_A_REPOSITORY` in a bare repository */
function workTree({ top, gitDirectory }: Repository): string {
  if (top !== null) return top;
  throw new PromptSyncError("NOT_A_REPOSITORY", `\`${gitDirectory}\` has no working tree`, {
    hint: "clone it and run the command there",
  });
}

function emptyListing(registry: string): Parameters<typeof readCatalog>[1] {
  return { origin: { kind: "commit", commit: null, date: null, label: "HEAD" }, registry, files: [] };
}
