import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** What a finished process left behind. */
interface Finished {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a sandbox starts with. */
export interface SandboxOptions {
  /** False for a folder that is in no repository. */
  readonly repository?: boolean;
  readonly bare?: boolean;
  /** Git's `--object-format`. */
  readonly objectFormat?: "sha1" | "sha256";
  /** Files to write and commit as the first commit; without it the branch is unborn. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * A temporary repository in a sealed world: its own HOME and git configuration, nothing from the machine, branch
 * `main`, author `Ada Lovelace <ada@example.com>`, the clock of git at 2026-01-01T00:00:00Z, time zone UTC.
 * Everything is removed after the test file. All paths are relative to `directory` unless they are absolute.
 */
export interface Sandbox {
  /** Holds everything of this sandbox: room for a second clone, a remote, a linked work tree. */
  readonly root: string;
  readonly home: string;
  /** The work tree (or the bare repository), absolute, with links resolved. */
  readonly directory: string;
  /** The whole environment of every process in the sandbox; tests may change it. */
  readonly environment: NodeJS.ProcessEnv;
  /** The absolute path of something in the work tree. */
  path(...parts: string[]): string;
  /** Writes files, with their folders. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** The text of a file. */
  read(path: string): string;
  /** Says whether a file or folder is there. */
  exists(path: string): boolean;
  remove(path: string): void;
  /** Runs git in the work tree; its output without the last line break. Throws with git's words when it fails. */
  git(...args: string[]): string;
  /** Runs any program in the work tree and never throws for its exit code. */
  run(command: string, args: readonly string[], options?: RunOptions): Finished;
  /** Commits everything in the work tree, also when nothing changed; the new commit's full id. */
  commit(message: string): string;
  /** The full id of HEAD, or of another revision; null when there is none. */
  head(revision?: string): string | null;
  /** `git status --porcelain`: empty when the work tree is clean. */
  status(): string;
  /** Sets the clock that git reads, such as `2026-03-01T12:00:00Z`. */
  setDate(date: string): void;
  /** The same world seen from another folder, such as a clone or a linked work tree. */
  in(directory: string): Sandbox;
}

/** How {@link Sandbox.run} starts a program. */
interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Added to the sandbox's environment; `undefined` takes a variable away. */
  readonly environment?: NodeJS.ProcessEnv;
}

const made: string[] = [];
afterAll(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** Makes a {@link Sandbox}. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "promptsync-")));
  made.push(root);
  const home = join(root, "home");
  const directory = join(root, "work");
  mkdirSync(home);
  mkdirSync(directory);
  writeFileSync(join(home, ".gitconfig"), globalConfig);
  const sandbox = view(root, directory, sealedEnvironment(root, home));
  if (options.repository !== false) {
    const format = options.objectFormat ?? "sha1";
    sandbox.git("init", "--quiet", `--object-format=${format}`, ...(options.bare ? ["--bare"] : []));
  }
  if (options.files) {
    sandbox.write(options.files);
    sandbox.commit("welcome");
  }
  return sandbox;
}

const globalConfig = `[user]
	name = Ada Lovelace
	email = ada@example.com
[init]
	defaultBranch = main
[gc]
	auto = 0
[maintenance]
	auto = false
[advice]
	detachedHead = false
`;

function sealedEnvironment(root: string, home: string): NodeJS.ProcessEnv {
  const date = "2026-01-01T00:00:00Z";
  return {
    PATH: process.env.PATH,
    HOME: home,
    LANG: "C.UTF-8",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    GIT_CEILING_DIRECTORIES: root,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
}

function view(root: string, directory: string, environment: NodeJS.ProcessEnv): Sandbox {
  const path = (...parts: string[]) =>
    parts.reduce((at, part) => (part.startsWith("/") ? part : join(at, part)), directory);

  const run = (command: string, args: readonly string[], options: RunOptions = {}): Finished => {
    const { error, status, stdout, stderr } = spawnSync(command, args, {
      cwd: directory,
      env: { ...environment, ...options.environment },
      encoding: "utf8",
      maxBuffer: 1 << 28,
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    if (error) throw error;
    return { status, stdout, stderr };
  };

  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = run("git", args);
    if (status !== 0)
      throw new Error(`git ${args.join(" ")} ended with ${String(status)}: ${stderr}${stdout}`);
    return stdout.replace(/\n$/, "");
  };

  return {
    root,
    home: join(root, "home"),
    directory,
    environment,
    path,
    run,
    git,
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(path(name)), { recursive: true });
        writeFileSync(path(name), content);
      }
    },
    read: (name) => readFileSync(path(name), "utf8"),
    exists: (name) => existsSync(path(name)),
    remove: (name) => {
      rmSync(path(name), { recursive: true, force: true });
    },
    commit(message) {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    },
    head(revision = "HEAD") {
      const { status, stdout } = run("git", ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
      return status === 0 ? stdout.trim() : null;
    },
    status: () => git("status", "--porcelain"),
    setDate(date) {
      environment.GIT_AUTHOR_DATE = date;
      environment.GIT_COMMITTER_DATE = date;
    },
    in: (other) => view(root, path(other), environment),
  };
}
