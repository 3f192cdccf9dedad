import { findPrompt, newestVersion, stateOf, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { printPrompt } from "../core/prompt-file/print.js";
import { usableDraft } from "../core/prompt-file/usable-draft.js";
import type { Prompt } from "../core/prompt.js";
import { parseReference, parseSelector } from "../core/reference.js";
import { namedVersion } from "../core/resolve/named-version.js";
import { entryOf } from "../core/state/state.js";
import { didYouMean } from "../core/suggest.js";
import { rangeMatcher } from "../core/version.js";
import { hasSameContent } from "../plans/same-content.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Workspace } from "../store/workspace.js";
import { draftsByName } from "./drafts-by-name.js";
import { pinDrafts } from "./pin-drafts.js";
import { readResolved } from "./read-resolved.js";

/** What the words and options of `diff` choose. */
export interface DiffChoice {
  readonly what: readonly string[];
  readonly alias?: string;
  readonly version?: string;
}

/** One side of a comparison. */
export interface Side {
  /** A version, or `draft`. */
  readonly label: string;
  readonly prompt: Prompt;
  /** The text as it is stored, or would be. */
  readonly text: string;
}

/** What is compared; null on the left where there was nothing. */
export type Pair = readonly [from: Side | null, to: Side];

/**
 * Reads the two sides of every comparison that is asked for; `then` is the catalog of the side to compare with.
 * @throws PromptSyncError `USAGE`, and what reading a catalog, a draft and a reference throws
 */
export async function choosePairs(
  workspace: Workspace,
  input: DiffChoice,
  then: Catalog,
): Promise<readonly Pair[]> {
  const [first, second, third, ...rest] = input.what;
  const isVersionsOf =
    first !== undefined && !first.includes("@") && second !== undefined && third !== undefined;
  const isReferences = first !== undefined && second !== undefined && third === undefined;
  if (rest.length > 0 || (isReferences && !(first.includes("@") && second.includes("@")))) {
    throw new PromptSyncError("USAGE", `\`diff ${input.what.join(" ")}\` does not say what to compare`, {
      hint: "write `promptsync diff <name>`, `promptsync diff <name> <version> <version>`, or two references",
    });
  }
  if (!isVersionsOf && !isReferences) return againstDrafts(workspace, input, { then, only: first });
  const references = isVersionsOf ? [`${first}@${second}`, `${first}@${third}`] : [first, second];
  const [from, to] = await Promise.all(references.map((it) => sideOf(workspace, then, it ?? "")));
  return from === undefined || to === undefined ? [] : [[from, to]];
}

/** The drafts, or the newest versions where there is no draft, against the version that the options choose. */
async function againstDrafts(
  workspace: Workspace,
  input: DiffChoice,
  { then, only }: { readonly then: Catalog; readonly only: string | undefined },
): Promise<readonly Pair[]> {
  const now = await workspace.catalog();
  const drafts = draftsByName(workspace.drafts(), only === undefined ? [] : [parseReference(only).name]);
  if (only !== undefined) {
    const { name, selector } = parseReference(only);
    const draft = drafts.get(name);
    if (draft === undefined) findPrompt(now, name);
    const from =
      selector.kind === "default"
        ? await chosenSide(workspace, then, name, input)
        : await sideOf(workspace, then, only);
    const to = await presentSide(workspace, now, name, { draft, from });
    return to === undefined ? [] : [[from, to]];
  }
  const isChosen = input.alias !== undefined || input.version !== undefined;
  const names = new Set([...drafts.keys(), ...(isChosen || then !== now ? then.prompts.keys() : [])]);
  const wanted = [...names].sort().filter((name) => !isChosen || hasChosen(then, name, input));
  if (isChosen && wanted.length === 0) throw nothingChosen(then, input);
  const pairs: Pair[] = [];
  for (const name of wanted) {
    const from = await chosenSide(workspace, then, name, input);
    const to = await presentSide(workspace, now, name, { draft: drafts.get(name), from });
    if (to !== undefined) pairs.push([from, to]);
  }
  return pairs;
}

/** What a prompt is now: its draft when that differs from the newest version, else the newest version. */
async function presentSide(
  workspace: Workspace,
  catalog: Catalog,
  name: string,
  { draft, from }: { readonly draft: DraftFile | undefined; readonly from: Side | null },
): Promise<Side | undefined> {
  const newest = await newestSide(workspace, catalog, name);
  if (draft === undefined) return newest ?? undefined;
  const text = draft.read();
  const open = { file: draft, draft: usableDraft(text, draft.file), bodyLine: text.bodyLine };
  const [{ frontMatter, body } = open.draft] = pinDrafts(catalog, [open]).map((pinned) => pinned.draft);
  if (newest !== null && hasSameContent(newest.prompt, { frontMatter, body })) return newest;
  // The draft has no number yet: it is shown under that of the other side, so that only its content differs.
  const summary = frontMatter.summary ?? from?.prompt.frontMatter.summary;
  const prompt: Prompt = {
    name,
    version: from?.prompt.version ?? "1.0.0",
    frontMatter: { ...frontMatter, ...(summary === undefined ? {} : { summary }) },
    body,
  };
  return { label: "draft", prompt, text: printPrompt(prompt) };
}

/** What a prompt is compared with; null when there was nothing. */
function chosenSide(
  workspace: Workspace,
  catalog: Catalog,
  name: string,
  { alias, version }: DiffChoice,
): Promise<Side | null> {
  const selector = alias ?? version;
  if (selector !== undefined) return sideOf(workspace, catalog, `${name}@${selector}`);
  return newestSide(workspace, catalog, name);
}

/** Says whether a prompt has the alias or the version that the options name. */
function hasChosen(catalog: Catalog, name: string, { alias, version = "" }: DiffChoice): boolean {
  if (alias !== undefined) return entryOf(stateOf(catalog, name).aliases, alias) !== undefined;
  const selector = parseSelector(version);
  const versions = catalog.prompts.get(name)?.versions.map((it) => it.version) ?? [];
  if (selector.kind === "version") return versions.includes(selector.version);
  if (selector.kind === "range") return versions.some(rangeMatcher(selector.range) ?? (() => false));
  return versions.length > 0;
}

function nothingChosen({ state }: Catalog, { alias, version }: DiffChoice): PromptSyncError {
  if (alias === undefined) {
    const hint = "`promptsync list` shows the versions of all prompts";
    return new PromptSyncError("VERSION_NOT_FOUND", `no prompt has a version \`${version ?? ""}\``, { hint });
  }
  const known = Object.values(state.prompts ?? {}).flatMap((prompt) => Object.keys(prompt.aliases ?? {}));
  const hint = [didYouMean(alias, known), "`promptsync alias list` shows all"].filter(Boolean).join(" ");
  return new PromptSyncError("ALIAS_NOT_FOUND", `no prompt has an alias \`${alias}\``, { hint });
}

async function newestSide(workspace: Workspace, catalog: Catalog, name: string): Promise<Side | null> {
  const prompt = catalog.prompts.get(name);
  const newest = prompt === undefined ? undefined : newestVersion(prompt);
  return newest === undefined ? null : sideOf(workspace, catalog, `${name}@${newest.version}`);
}

async function sideOf(workspace: Workspace, catalog: Catalog, reference: string): Promise<Side> {
  const named = namedVersion(catalog, parseReference(reference));
  const { prompt, text, version } = await readResolved(workspace, catalog, named);
  return { label: version, prompt, text };
}
