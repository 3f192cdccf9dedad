import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { readConfig, type Config } from "../core/config.js";
import { isPromptSyncError, type PromptSyncError } from "../core/errors.js";
import type { Problem } from "../core/finding.js";
import { stateFileName } from "../core/layout.js";
import type { State } from "../core/state/state.js";
import { readState } from "../core/state/read-state.js";
import { findBase, type Base } from "./base/find-base.js";
import { createGit } from "./git/run.js";
import { openRepository, type Repository } from "./git/repository.js";
import { readGitSettings } from "./git/settings.js";
import type { WorkspaceOptions } from "./workspace.js";
import { readSettings } from "./workspace/settings.js";
import { decodeText } from "./listing/decode-text.js";
import { readFromDisk } from "./listing/read-files.js";

/** How a machine and a clone are set up; nothing is judged yet. */
export interface Facts {
  /** Such as `20.11.0`. */
  readonly node: string;
  /** Such as `2.39.5`. */
  readonly git: string;
  /** Undefined when git is too old to ask further. */
  readonly clone: CloneFacts | undefined;
}

/** How one clone is set up. */
export interface CloneFacts {
  /** Defaults when there is a problem. */
  readonly config: Config;
  readonly configProblem: PromptSyncError | undefined;
  /** The texts of small files that say how the repository is set up, by path; those that are there. */
  readonly texts: ReadonlyMap<string, string>;
  readonly hook: { readonly path: string; readonly text: string; readonly executable: boolean } | undefined;
  readonly hasRegistry: boolean;
  readonly drafts: { readonly exists: boolean; readonly ignored: boolean };
  /** What git's attributes say: `unset` for `-text` on a version file. */
  readonly attributes: { readonly text: string; readonly merge: string };
  readonly autocrlf: string | undefined;
  readonly hasMergeDriver: boolean;
  readonly shallow: boolean;
  readonly ci: boolean;
  readonly base: Base | PromptSyncError;
  /** Undefined when there is none that can be read. */
  readonly state: State | undefined;
  /** Why the state cannot be used; its place is one of promptsync.yaml. */
  readonly stateProblem: Problem | undefined;
}

/** Files whose texts are facts. */
const small = ["lefthook.yml", ".lefthook.yml", ".husky/pre-commit", ".pre-commit-config.yaml"];

/**
 * Reads how the machine and the clone are set up. A constant number of git processes, whatever the registry holds.
 * @throws PromptSyncError `NOT_A_REPOSITORY`
 */
export async function readFacts(place: WorkspaceOptions): Promise<Facts> {
  const { directory, environment, cwd = directory } = place;
  const version = (await createGit(cwd, environment).run(["version"])).stdout.toString();
  const git = /\d+(\.\d+)+/.exec(version)?.[0] ?? version.trim();
  const machine = { node: process.versions.node, git };
  try {
    const repository = await openRepository(directory, { environment, cwd });
    try {
      return { ...machine, clone: await readClone(repository, place) };
    } finally {
      repository.close();
    }
  } catch (error) {
    if (isPromptSyncError(error) && error.code === "GIT_TOO_OLD") return { ...machine, clone: undefined };
    throw error;
  }
}

async function readClone(repository: Repository, place: WorkspaceOptions): Promise<CloneFacts> {
  const root = repository.top ?? repository.gitDirectory;
  const read = (path: string): string | undefined => textOf(root, path);
  const settings = await readSettings(repository, root, place.config).catch(problemOf);
  const [config, configProblem] = isPromptSyncError(settings)
    ? [readConfig(undefined), settings]
    : [settings, undefined];
  const { registry, drafts, hasBase } = config;
  const home = `${registry}/${stateFileName}`;
  const search = { configured: hasBase ? config.base : undefined, environment: place.environment };
  const [gitSettings, attributes, ignored, base] = await Promise.all([
    readGitSettings(repository.git),
    readAttributes(repository, registry),
    isIgnored(repository, `${drafts}/draft.md`),
    findBase(repository, search).catch(problemOf),
  ]);
  const texts = [...small, `${registry}/.gitattributes`].flatMap((path) => {
    const text = read(path);
    return text === undefined ? [] : [[path, text] as const];
  });
  return {
    config,
    configProblem,
    texts: new Map(texts),
    hook: hookIn(repository.hooksDirectory),
    hasRegistry: existsSync(join(root, registry)),
    drafts: { exists: existsSync(join(root, drafts)), ignored },
    attributes,
    autocrlf: gitSettings.get("core.autocrlf"),
    hasMergeDriver: gitSettings.get("merge.promptsync.driver") !== undefined,
    shallow: repository.shallow,
    ci: (place.environment.CI ?? "") !== "",
    base,
    ...stateOf(home, read(home)),
  };
}

async function readAttributes({ git }: Repository, registry: string): Promise<CloneFacts["attributes"]> {
  const files = [`${registry}/name/1.0.0.md`, `${registry}/${stateFileName}`];
  const { stdout } = await git.run(["check-attr", "-z", "text", "merge", "--", ...files]);
  // Three fields an answer: file, attribute, value; two attributes a file.
  const values = stdout
    .toString()
    .split("\0")
    .filter((_, index) => index % 3 === 2);
  return { text: values[0] ?? "", merge: values[3] ?? "" };
}

async function isIgnored({ git, top }: Repository, path: string): Promise<boolean> {
  if (top === null) return false;
  const { code } = await git.run(["check-ignore", "--quiet", "--", path], {
    accept: [0, 1],
    environment: { GIT_LITERAL_PATHSPECS: undefined }, // check-ignore knows no pathspec magic and refuses to be told
  });
  return code === 0;
}

function hookIn(folder: string): CloneFacts["hook"] {
  const path = join(folder, "pre-commit");
  const text = textOf("", path);
  if (text === undefined) return undefined;
  return { path, text, executable: (statSync(path).mode & 0o111) !== 0 };
}

function stateOf(path: string, text: string | undefined): Pick<CloneFacts, "state" | "stateProblem"> {
  if (text === undefined) return { state: undefined, stateProblem: undefined };
  const { state, problems } = readState([{ path, text }], path);
  return { state: problems.length > 0 ? undefined : state, stateProblem: problems[0] };
}

function textOf(root: string, path: string): string | undefined {
  const bytes = readFromDisk(root, path, 16 << 20);
  const text = Buffer.isBuffer(bytes) ? decodeText(bytes, path) : undefined;
  return typeof text === "string" ? text : undefined;
}

function problemOf(error: unknown): PromptSyncError {
  if (isPromptSyncError(error)) return error;
  throw error;
}
