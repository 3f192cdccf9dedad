import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox.js";
import { promptsync, type Transcript, type World } from "./terminal.js";

/** A repository and somebody who types `promptsync` lines in it. */
export interface Desk extends Sandbox {
  /** Runs one line of `promptsync` in this process, as typed after the prompt: `push --alias dev`. */
  type(line: string, world?: World): Promise<Transcript>;
  /** The same, for words that no line can hold. */
  typeWords(words: readonly string[], world?: World): Promise<Transcript>;
  /** The same, for a line that has to end with 0; throws with what it said when it does not. */
  done(line: string, world?: World): Promise<Transcript>;
  /** Runs a line with `--json` that has to succeed; its document. */
  ask<Document = Record<string, unknown>>(line: string, world?: World): Promise<Document>;
  /** Runs a line with `--json` that has to be refused; the error and the exit code. */
  refusal(line: string, world?: World): Promise<Refusal>;
  /** Every file below the repository with its mode and a hash of its bytes, and where HEAD and the index stand. */
  picture(): Readonly<Record<string, string>>;
}

/** An error as `--json` reports it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly exitCode: number;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Makes a {@link Desk}: a sandbox whose world the typed lines see too. */
export function createDesk(options: SandboxOptions = {}): Desk {
  return deskIn(createSandbox(options));
}

/** The desk of somebody who stands in this sandbox, such as one seen from another folder. */
export function deskIn(sandbox: Sandbox): Desk {
  const typeWords = (words: readonly string[], world: World = {}): Promise<Transcript> =>
    promptsync(words, {
      directory: sandbox.directory,
      environment: definedOf(sandbox.environment),
      ...world,
    });
  const type = (line: string, world?: World): Promise<Transcript> => typeWords(wordsOf(line), world);
  const done = async (line: string, world: World = {}): Promise<Transcript> => {
    const run = await type(line, world);
    if (run.exitCode === 0) return run;
    throw new Error(`\`promptsync ${line}\` ended with ${run.exitCode}:\n${run.stderr}${run.stdout}`);
  };
  return {
    ...sandbox,
    type,
    typeWords,
    done,
    ask: async (line, world) => JSON.parse((await done(`${line} --json`, world)).stdout) as never,
    refusal: async (line, world) => {
      const { stdout, stderr, exitCode } = await type(`${line} --json`, world);
      if (exitCode === 0 || stdout !== "")
        throw new Error(`\`promptsync ${line}\` was not refused:\n${stdout}${stderr}`);
      const { error } = JSON.parse(stderr) as { readonly error: Omit<Refusal, "exitCode"> };
      return { ...error, exitCode };
    },
    picture: () => ({
      ...filesOf(sandbox.directory),
      HEAD: sandbox.head() ?? "unborn",
      index: sandbox.git("ls-files", "--stage"),
    }),
  };
}

/** Splits a line as a shell does; quotes keep blanks together, nothing else is special. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/** The work tree without `.git`: git's own files may change when it only looks. */
function filesOf(folder: string, below = ""): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(folder, below))
      .filter((name) => name !== ".git")
      .map((name) => {
        const path = join(below, name);
        const found = lstatSync(join(folder, path));
        if (found.isDirectory()) return { [`${path}/`]: "", ...filesOf(folder, path) };
        const bytes = found.isSymbolicLink()
          ? readlinkSync(join(folder, path))
          : readFileSync(join(folder, path));
        const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
        return { [path]: `${found.mode.toString(8)} ${hash}` };
      }),
  ) as Record<string, string>;
}
