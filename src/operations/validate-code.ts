import { assertStateReadable, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { Finding } from "../core/finding.js";
import { parseSelector, type Selector } from "../core/reference.js";
import type { CodeWorld, ServedPrompts } from "../rules/code/code-world.js";
import { unresolved } from "../rules/code/call-unresolved.js";
import { lintCode } from "../rules/code/lint-code.js";
import { servedTo, versionsAsked } from "../rules/code/served.js";
import { versionInputs, type VersionInputs } from "../rules/code/version-inputs.js";
import type { SeverityOverrides } from "../rules/lint.js";
import { scanSources, wordsToFind } from "../scan/index.js";
import { resolveRevision } from "../store/git/revision.js";
import { readSources } from "../store/scan-sources.js";
import type { Workspace } from "../store/workspace.js";

/** Which code is judged, and as what. */
export interface CodeChoice {
  /** The revision whose code is read; the working tree when left out, HEAD in a bare repository. */
  readonly gitCommit?: string;
  /** What every call is judged against instead of the alias that it names. */
  readonly alias?: string;
  /** What every call is judged against instead of what it names: a version, a range or `latest`. */
  readonly version?: string;
}

/** Which code is judged against which prompts. */
export interface CodeRequest extends CodeChoice {
  /** The prompts as they are about to be; those of the working tree when left out. */
  readonly head?: Catalog;
  /** The prompts as they were, for the other order of deployment. */
  readonly base?: Catalog;
  readonly overrides?: SeverityOverrides;
}

/** What the code was found to do. */
export interface CodeReport {
  readonly world: CodeWorld;
  readonly findings: readonly Finding[];
  readonly summary: {
    readonly calls: number;
    /** Calls whose prompt and variables could be read from the source. */
    readonly resolved: number;
    readonly unresolved: number;
    /** Source files that were parsed. */
    readonly files: number;
  };
}

/**
 * Judges code against every version that it may be served.
 * @throws PromptSyncError `USAGE`, `REVISION_NOT_FOUND`, `STATE_INVALID`; `ALIAS_NOT_FOUND` and `VERSION_NOT_FOUND` when
 * no prompt has what was asked for
 */
export async function validateCode(workspace: Workspace, request: CodeRequest): Promise<CodeReport> {
  const { repository, config } = workspace;
  const instead = selectorOf(request);
  const catalog = request.head ?? (await workspace.catalog());
  assertStateReadable(catalog);
  if (instead !== undefined) refuseUnknown(catalog, instead);
  const revision = request.gitCommit ?? (repository.top === null ? "HEAD" : undefined);
  const commit = revision === undefined ? undefined : await resolveRevision(repository, revision);
  const sources = await readSources(repository, { ...config.code, commit, words: wordsToFind(config.code) });
  const scan = await scanSources(sources.files, config.code);
  const wanted = { calls: scan.calls, ...(instead && { instead }) };
  const world: CodeWorld = {
    ...wanted,
    problems: [...sources.problems, ...scan.problems],
    head: await readServed(workspace, catalog, wanted),
    ...(request.base && { base: await readServed(workspace, request.base, wanted) }),
  };
  const gaps = scan.calls.filter((call) => unresolved(call, world) !== undefined).length;
  return {
    world,
    findings: lintCode(world, request.overrides),
    summary: {
      calls: scan.calls.length,
      resolved: scan.calls.length - gaps,
      unresolved: gaps,
      files: scan.parsed,
    },
  };
}

function selectorOf({ alias, version }: CodeRequest): Selector | undefined {
  if (alias !== undefined && version !== undefined) {
    throw new PromptSyncError("USAGE", "`--alias` and `--version` ask for two different things", {
      hint: "give one of them",
    });
  }
  if (alias !== undefined) return { kind: "alias", alias };
  return version === undefined ? undefined : parseSelector(version);
}

/** Throws when no prompt has what was asked for: a check of nothing would look like a clean one. */
function refuseUnknown(catalog: Catalog, instead: Selector): void {
  const names = [...catalog.prompts.keys()];
  const has = (name: string): boolean => servedTo(catalog, { name, selector: instead }).error === undefined;
  if (names.length === 0 || names.some(has)) return;
  if (instead.kind !== "alias") {
    throw new PromptSyncError("VERSION_NOT_FOUND", "no prompt has such a version", {
      hint: "`promptsync list` shows the versions of all prompts",
    });
  }
  throw new PromptSyncError("ALIAS_NOT_FOUND", `no prompt has an alias \`${instead.alias}\``, {
    hint: "`promptsync alias list` shows all",
  });
}

/** Reads the inputs of the versions that calls may be served. */
async function readServed(
  workspace: Workspace,
  catalog: Catalog,
  wanted: Pick<CodeWorld, "calls" | "instead">,
): Promise<ServedPrompts> {
  const versions = versionsAsked(catalog, wanted).flatMap(({ name, version }) => {
    const found = catalog.prompts.get(name)?.versions.find((it) => it.version === version);
    return found === undefined ? [] : [{ ...found, name }];
  });
  const inputs = new Map<string, VersionInputs | undefined>();
  for (const { name, version, prompt } of await workspace.readVersions(versions))
    inputs.set(`${name}@${version}`, prompt === undefined ? undefined : versionInputs(prompt));
  return { catalog, inputsOf: (name, version) => inputs.get(`${name}@${version}`) };
}
