import { accessSync, constants, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import type { Settings } from "../git/settings.js";
import { removeFile } from "./durable.js";
import { messageVariable } from "./message-variable.js";

/** The user's hooks that a commit runs, in this order. */
const hooks = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"] as const;

/** The name of a hook that a commit runs. */
export type Hook = (typeof hooks)[number];

/** Which of the user's hooks there are: files that may be run, and those that a newer git reads from its settings. */
export function findHooks(repository: Repository, settings: Settings): ReadonlySet<Hook> {
  const configured = settings.matching(/^hook\..*\.event$/);
  return new Set(
    hooks.filter((hook) => configured.includes(hook) || isExecutable(join(repository.hooksDirectory, hook))),
  );
}

/** What the hooks get to see, and where their words go. */
export interface HookRequest {
  readonly found: ReadonlySet<Hook>;
  /** The tree about to be committed. */
  readonly tree: string;
  readonly message: string;
  /** A private index file, which `pre-commit` sees as the index. */
  readonly index: string;
  /** A private file, which the message hooks may change. */
  readonly messageFile: string;
  readonly note: (line: string) => void;
}

/**
 * Runs `pre-commit`, `prepare-commit-msg` and `commit-msg` as `git commit` does, and returns the message that they
 * leave. `pre-commit` sees an index that holds HEAD and the change, never the user's staged work.
 * @throws PromptSyncError `HOOK_REFUSED` also when a hook changes what would be committed
 */
export async function runHooks(repository: Repository, request: HookRequest): Promise<string> {
  const { found, index, messageFile, message, note } = request;
  const environment = { GIT_INDEX_FILE: index, GIT_EDITOR: ":", [messageVariable]: messageFile };
  try {
    if (found.size > 0) await prepareIndex(repository, request);
    writeFileSync(messageFile, message);
    if (found.has("pre-commit")) {
      await runHook(repository, "pre-commit", [], environment, note);
      await refuseOtherTree(repository, request);
    }
    if (found.has("prepare-commit-msg")) {
      await runHook(repository, "prepare-commit-msg", [messageFile, "message"], environment, note);
    }
    if (found.has("commit-msg")) await runHook(repository, "commit-msg", [messageFile], environment, note);
    return checkMessage(readFileSync(messageFile, "utf8"));
  } finally {
    for (const file of [index, `${index}.lock`, messageFile]) removeFile(file);
  }
}

/** Runs `post-commit`; what it says is passed on and how it ends changes nothing. */
export async function runPostCommit(repository: Repository, note: (line: string) => void): Promise<void> {
  await runHook(repository, "post-commit", [], { GIT_EDITOR: ":" }, note).catch(() => undefined);
}

async function prepareIndex(repository: Repository, { index, tree }: HookRequest): Promise<void> {
  // From a copy, the entries that stay keep their time stamps, so the hook's git need not read every file.
  if (existsSync(repository.indexFile)) copyFileSync(repository.indexFile, index, constants.COPYFILE_FICLONE);
  await repository.git.run(["read-tree", "-i", "-m", tree], { environment: { GIT_INDEX_FILE: index } });
}

async function runHook(
  repository: Repository,
  hook: Hook,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  note: (line: string) => void,
): Promise<void> {
  const { code, stdout, stderr } = await repository.git.run(
    ["hook", "run", "--ignore-missing", hook, ...(args.length > 0 ? ["--", ...args] : [])],
    // Hooks belong to the user: their own environment, as long as they need, any exit code.
    { environment, unsealed: true, timeLimit: 0, accept: Array.from({ length: 256 }, (_, index) => index) },
  );
  const output = `${stdout.toString()}${stderr}`.trimEnd();
  if (code !== 0) throw refused(hook, `hook \`${hook}\` refused the commit; nothing was changed`, output);
  if (output !== "") note(output);
}

async function refuseOtherTree(repository: Repository, { index, tree }: HookRequest): Promise<void> {
  const { stdout } = await repository.git.run(["write-tree"], { environment: { GIT_INDEX_FILE: index } });
  if (stdout.toString().trim() !== tree) throw changed("the index");
}

/** The error for a hook that changed what would be committed. */
export function changed(what: string): PromptSyncError {
  return refused(
    "pre-commit",
    `hook \`pre-commit\` changed ${what}; nothing was committed and everything is as it was`,
    "versions and promptsync.yaml are written by PromptSync only: exclude the registry from the hook",
  );
}

function checkMessage(message: string): string {
  if (message.trim() !== "") return message;
  throw refused(
    "commit-msg",
    "a hook left the commit message empty; nothing was changed",
    "look at the hook",
  );
}

function refused(hook: Hook, message: string, output: string): PromptSyncError {
  return new PromptSyncError("HOOK_REFUSED", message, {
    hint: output === "" ? `the hook said nothing; see \`.git/hooks/${hook}\`` : output,
    data: { hook, output },
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
