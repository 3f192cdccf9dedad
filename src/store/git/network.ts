import type { SimpleGitOptions } from "simple-git";
import { isPromptSyncError } from "../../core/errors.js";
import { sealedEnvironment } from "./environment.js";
import { isInteractive } from "./is-interactive.js";
import type { Repository } from "./repository.js";
import { readGitSettings } from "./settings.js";

/** How a conversation with a remote ended; `code` is null when it was cut off because nothing came any more. */
interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Talks to a remote. Arguments are ours, full ids and checked names; user text never is one. */
export type Talk = (args: readonly string[]) => Promise<Answer>;

/** Variables that no conversation needs: simple-git refuses to start with them, for good reasons. */
const unneeded =
  /^(EDITOR|VISUAL|PAGER|PREFIX|GIT_EDITOR|GIT_SEQUENCE_EDITOR|GIT_PAGER|GIT_TEMPLATE_DIR|GIT_EXEC_PATH)$/i;

/**
 * What simple-git 4 would strip or refuse, because its caller might pass on a stranger's text. Here these variables
 * are the user's own, and how to reach and sign in to a remote is theirs to say; only our arguments stay guarded.
 */
const trusted = {
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeGitProxy: true,
  allowUnsafeHooksPath: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeInclude: true,
  allowUnsafeSshCommand: true,
  allowUnsafeUrlRewrite: true,
} satisfies SimpleGitOptions["unsafe"];

/** Opens the way to remotes, with an end to every wait. `silence` is the longest wait for a sign of life, in ms. */
export function openNetwork(
  repository: Repository,
  { silence }: { readonly silence: number },
): Promise<Talk> {
  return openSimpleGit(repository, { silence, unsafe: {} });
}

/** The same for other work of simple-git: `unsafe` names what our arguments do on purpose. */
export async function openSimpleGit(
  repository: Repository,
  { silence, unsafe }: { readonly silence: number; readonly unsafe: NonNullable<SimpleGitOptions["unsafe"]> },
): Promise<Talk> {
  // Importing simple-git costs twice a start of Node, so only those pay who talk to a remote.
  const [{ simpleGit }, environment] = await Promise.all([
    import("simple-git"),
    networkEnvironment(repository),
  ]);
  const seconds = Math.max(1, Math.ceil(silence / 1000));
  return async (args) => {
    repository.git.count(args);
    const ended = { code: null as number | null, stdout: "", stderr: "" };
    const git = simpleGit({
      baseDir: repository.git.directory,
      allowEnvironment: Object.keys(environment),
      unsafe: { ...trusted, ...unsafe },
      // A server that accepts and then says nothing: git alone would wait for ever.
      config: ["http.lowSpeedLimit=1", `http.lowSpeedTime=${String(seconds)}`],
      timeout: { block: silence + 1000 },
      errors(_error, { exitCode, stdOut, stdErr }) {
        ended.code = exitCode;
        ended.stdout = Buffer.concat(stdOut).toString();
        ended.stderr = Buffer.concat(stdErr).toString();
        return undefined;
      },
    }).env(environment);
    await git.raw([...args]).catch((error: unknown) => {
      if (isPromptSyncError(error) || !isCutOff(error)) throw error;
      ended.code = null;
    });
    return ended;
  };
}

const isCutOff = (error: unknown): boolean =>
  error instanceof Error && "plugin" in error && error.plugin === "timeout";

async function networkEnvironment(repository: Repository): Promise<Record<string, string>> {
  const { environment } = repository.git;
  const interactive = isInteractive(environment);
  const sealed = sealedEnvironment(environment, interactive);
  const settings = await readGitSettings(repository.git);
  const ownSsh = sealed.GIT_SSH_COMMAND ?? sealed.GIT_SSH ?? settings.get("core.sshcommand");
  if (ownSsh === undefined) {
    const batch = interactive ? "" : " -o BatchMode=yes";
    sealed.GIT_SSH_COMMAND = `ssh -o ConnectTimeout=15${batch}`;
  }
  return Object.fromEntries(
    Object.entries(sealed).filter((entry): entry is [string, string] => {
      const [name, value] = entry;
      return value !== undefined && !unneeded.test(name);
    }),
  );
}
