import { PromptSyncError } from "./errors.js";
import type { Severity } from "./finding.js";
import { isJsonObject, type JsonValue } from "./json.js";
import type { Bump } from "./bump.js";
import { changeKinds, type ChangeKind } from "./change-kind.js";
import { checkSchema } from "./schema/check.js";
import { didYouMean } from "./suggest.js";
import { readYaml, type YamlText } from "./yaml/read-yaml.js";

/** The name of the settings file. */
export const configFileName = ".promptsyncrc";

/** Days that rules about dates allow. */
export interface Periods {
  /** The longest that a waiver may hold. */
  readonly waiver: number;
  /** The shortest time from the deprecation of a version to its deadline. */
  readonly notice: number;
  /** How long a flag that has expired is a warning only. */
  readonly grace: number;
}

/** The days of a registry whose settings say nothing else. */
export const usualPeriods: Periods = { waiver: 90, notice: 30, grace: 14 };

/** The settings of the tool, defaults filled in; `schemas/promptsyncrc.schema.json` is the contract. */
export interface Config {
  /** The folder of the versions and of promptsync.yaml, relative to the repository root. */
  readonly registry: string;
  /** The folder of the drafts, relative to the repository root. */
  readonly drafts: string;
  readonly base: string;
  /** Whether the file names the base: it is then looked for before anything else. */
  readonly hasBase: boolean;
  readonly remote: string;
  readonly owner: string | undefined;
  /** The log that `analytics` reads; relative to the repository root, or absolute. */
  readonly usage: string;
  readonly undefined: "strict" | "lenient" | "chainable";
  readonly code: {
    readonly include?: readonly string[];
    readonly exclude?: readonly string[];
    readonly wrappers?: readonly {
      readonly function: string;
      readonly name?: number;
      readonly variables?: number;
    }[];
    readonly modules?: readonly string[];
  };
  readonly rules: Readonly<Record<string, Severity | "off">> & {
    readonly profile?: "lenient" | "recommended" | "strict";
  };
  readonly periods: Periods;
  readonly bump: {
    readonly minorAboveRatio: number;
    readonly reader: "tolerant" | "exact";
    readonly overrides: Readonly<Partial<Record<ChangeKind, Bump>>>;
  };
  readonly engine: {
    readonly operations?: number;
    readonly output?: number;
    readonly depth?: number;
    readonly milliseconds?: number;
    readonly source?: number;
    readonly includes?: number;
    readonly trimBlocks?: boolean;
    readonly lstripBlocks?: boolean;
    readonly keepTrailingNewline?: boolean;
  };
}

const limits = { length: 256 * 1024, depth: 16, keys: 1024 };

/**
 * Reads the settings from the text of `.promptsyncrc` (YAML or JSON); without a text, the defaults.
 * @throws PromptSyncError `CONFIG_INVALID` with the place and the nearest known key
 */
export function readConfig(text: string | undefined, file = configFileName): Config {
  const given = text === undefined ? {} : checkedSettings(text, file);
  return {
    registry: folder(given.registry ?? "prompt-templates"),
    drafts: folder(given.drafts ?? "prompts"),
    base: given.base ?? "main",
    hasBase: given.base !== undefined,
    remote: given.remote ?? "origin",
    owner: given.owner,
    usage: given.usage ?? ".promptsync/usage.jsonl",
    undefined: given.undefined ?? "strict",
    code: given.code ?? {},
    rules: given.rules ?? {},
    periods: { ...usualPeriods, ...given.periods },
    bump: { minorAboveRatio: 0.2, reader: "tolerant", overrides: {}, ...given.bump },
    engine: given.engine ?? {},
  };
}

/** What the settings say. @throws PromptSyncError `CONFIG_INVALID` */
function checkedSettings(text: string, file: string): Partial<Config> {
  const yaml = readYaml(text, limits);
  const value = yaml.value ?? {};
  const [problem] = yaml.problems.length > 0 ? yaml.problems : misfits(value, yaml);
  if (problem === undefined) return value as Partial<Config>;
  throw new PromptSyncError("CONFIG_INVALID", problem.message, { ...problem, file });
}

function misfits(value: JsonValue, { locate }: YamlText) {
  if (!isJsonObject(value)) {
    const message = "the settings are no map of keys and values";
    return [{ message, hint: "write one `key: value` a line", line: 1, column: 1 }];
  }
  const problems = checkSchema("config", value).map(({ message, hint, path, isAboutKey }) => ({
    message,
    hint,
    ...locate(path, isAboutKey ? "key" : "value"),
  }));
  return problems.length > 0 ? problems : unknownKinds((value as Partial<Config>).bump?.overrides, locate);
}

/** Steps for kinds of changes that there are not. */
function unknownKinds(overrides: Config["bump"]["overrides"] | undefined, locate: YamlText["locate"]) {
  if (overrides === undefined) return [];
  const kinds: readonly string[] = changeKinds();
  const unknown = Object.keys(overrides).filter((kind) => !kinds.includes(kind));
  return unknown.map((kind) => ({
    message: `\`bump.overrides.${kind}\` is no kind of change`,
    hint: didYouMean(kind, kinds) || "`promptsync diff <name>` shows the kinds of changes",
    ...locate(["bump", "overrides", kind], "key"),
  }));
}

function folder(path: string): string {
  return path.replaceAll(/\/+/g, "/").replace(/\/$/, "");
}
