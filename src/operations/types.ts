import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { contractOf } from "../compare/contract.js";
import { factsOf } from "../compare/facts-of.js";
import { assertStateReadable, stateOf, type Catalog } from "../core/catalog.js";
import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import type { Selector } from "../core/reference.js";
import { possibleVersions } from "../core/resolve/possible-versions.js";
import { idsOf } from "../core/state/state.js";
import { typesHeader, typesText, type TypedEntry, type TypedVersion } from "../plans/types-text.js";
import type { ReadVersion } from "../store/read-catalog.js";
import { replaceFile } from "../store/replace-file.js";
import { operation } from "./operation.js";

interface Input {
  readonly out?: string;
}

interface Result {
  /** As it was given; null when the text goes to the output. */
  readonly path: string | null;
  /** False when the file held this text already. */
  readonly changed: boolean;
  readonly prompts: number;
  readonly text: string;
}

export default operation({
  description: [
    'Writes TypeScript that tells the compiler which prompts there are: `getPrompt("…")` then completes names and',
    "aliases, and a missing or misspelt variable does not compile, for every version that an alias may serve.",
  ].join(" "),
  options: [{ flags: "--out <file>", summary: "Write to this file instead of the output" }],
  examples: [
    { command: "promptsync types --out src/prompts.d.ts", does: "write the types into the application" },
    { command: "promptsync types | less", does: "look at them" },
  ],
  async run({ out }: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const all = [...catalog.prompts.values()].flatMap(({ name, versions }) =>
      versions.map((it) => ({ ...it, name })),
    );
    const read = new Map<string, ReadVersion>();
    for (const it of await workspace.readVersions(all)) read.set(`${it.name}@${it.version}`, it);
    const entries = [...catalog.prompts.keys()].map((name) => entryOf(catalog, name, read));
    const text = typesText(entries);
    const changed = out !== undefined && (await replace(resolve(context.directory, out), text, out));
    return { path: out ?? null, changed, prompts: entries.length, text };
  },
  text({ path, changed, prompts, text }, style) {
    if (path === null) return text.trimEnd();
    const what = `the types of ${prompts} ${prompts === 1 ? "prompt" : "prompts"}`;
    return changed ? `${style.green("✓")} wrote ${what} to ${path}` : `${path} holds ${what} already`;
  },
});

function entryOf(catalog: Catalog, name: string, read: ReadonlyMap<string, ReadVersion>): TypedEntry {
  const { purpose, aliases = {}, tenants = {} } = stateOf(catalog, name);
  const versions = catalog.prompts.get(name)?.versions ?? [];
  const typed = versions.flatMap(({ version }) => typedVersion(read.get(`${name}@${version}`)) ?? []);
  const servedTo = (selector: Selector): readonly TypedVersion[] =>
    possible(catalog, name, selector).map((version) => {
      const found = typed.find((it) => it.version === version);
      if (found !== undefined) return found;
      throw unreadable(read.get(`${name}@${version}`));
    });
  const own = [aliases, ...Object.values(tenants).map((tenant) => tenant.aliases)].flatMap(idsOf);
  return {
    name,
    purpose,
    versions: typed,
    aliases: new Map(
      [...new Set(own)].sort().map((alias) => [alias, servedTo({ kind: "alias", alias })] as const),
    ),
    unnamed: servedTo({ kind: "default" }),
  };
}

/** What a version takes; undefined when it cannot be read, which matters only where it is served. */
function typedVersion(read: ReadVersion | undefined): TypedVersion | undefined {
  if (read?.prompt === undefined) return undefined;
  const facts = factsOf(read.prompt);
  const { given, written } = contractOf(read.prompt, facts).input;
  const { $defs } = written;
  return { version: read.version, schema: $defs === undefined ? given : { ...given, $defs } };
}

/** The versions that may be served; none when nothing is left to serve. */
function possible(catalog: Catalog, name: string, selector: Selector): readonly string[] {
  try {
    return possibleVersions(catalog, name, selector).map(({ version }) => version);
  } catch (error) {
    if (isPromptSyncError(error) && error.code === "NO_VERSION") return [];
    throw error;
  }
}

function unreadable(read: ReadVersion | undefined): PromptSyncError {
  const [problem] = read?.problems ?? [];
  return new PromptSyncError("PROMPT_INVALID", problem?.message ?? "the version cannot be read", {
    ...problem,
    file: read?.path,
  });
}

/** Writes the file unless it holds the text; one that we did not make is never touched. */
async function replace(file: string, text: string, label: string): Promise<boolean> {
  const before = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new PromptSyncError(
      "FILE_UNWRITABLE",
      `\`${label}\` cannot be written (${error.code ?? "unknown"})`,
      {
        hint: "give the path of a file to make",
        cause: error,
      },
    );
  });
  if (before === text) return false;
  if (before !== undefined && !before.startsWith(typesHeader)) {
    throw new PromptSyncError("FILE_EXISTS", `\`${label}\` exists and was not made by \`promptsync types\``, {
      hint: "choose another file, or move that one away",
    });
  }
  replaceFile(file, text);
  return true;
}
