/**
 * The variables that bind git to one repository: `git rev-parse --local-env-vars`, and what a receiving
 * repository adds for its hooks. They pass only while git works on that same repository.
 */
export const repositoryVariables = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_CONFIG_COUNT",
  "GIT_CONFIG_PARAMETERS",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
] as const;

/** Variables that would change what git prints, or run a program of somebody else's choice. */
const hostileVariables = [
  "GIT_DIFF_OPTS",
  "GIT_EXTERNAL_DIFF",
  "GIT_GLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_PAGER_IN_USE",
];

/** The names among `repositoryVariables` that say where a repository is; the others only tune it. */
const placeVariables = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_WORK_TREE",
];

/** Says whether git was told where a repository is, as hooks are. */
export function namesRepository(environment: NodeJS.ProcessEnv): boolean {
  return placeVariables.some((name) => environment[name] !== undefined);
}

/** The same environment for work on a repository other than the one that the variables name. */
export function forgetRepository(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return without(environment, repositoryVariables);
}

/** The environment of a git process whose output we read: no prose, no pager, no pathspec magic, no questions in CI. */
export function sealedEnvironment(environment: NodeJS.ProcessEnv, mayAsk: boolean): NodeJS.ProcessEnv {
  return {
    ...without(environment, hostileVariables),
    LC_ALL: "C",
    // Reading must never write: `git status` and friends would otherwise refresh the index.
    GIT_OPTIONAL_LOCKS: "0",
    // Git would write each commit of a history into the pipe on its own, and we would be woken for each.
    GIT_FLUSH: "0",
    GIT_LITERAL_PATHSPECS: "1",
    ...(mayAsk ? {} : { GIT_TERMINAL_PROMPT: "0" }),
  };
}

function without(environment: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));
}
