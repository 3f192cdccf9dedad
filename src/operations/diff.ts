import type { Comparison } from "../core/bump.js";
import { findPrompt, newestVersion, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { usableDraft } from "../core/prompt-file/usable-draft.js";
import { printPrompt } from "../core/prompt-file/print.js";
import type { Prompt } from "../core/prompt.js";
import { parseReference, parseSelector } from "../core/reference.js";
import { resolve } from "../core/resolve/resolve.js";
import { entryOf } from "../core/state/state.js";
import { stateOf } from "../core/catalog.js";
import { rangeMatcher } from "../core/version.js";
import { diffTexts, isDifferent, printers, type DiffFormat, type VersionDiff } from "../diff/index.js";
import { hasSameContent } from "../plans/plan-push.js";
import type { Workspace } from "../store/workspace.js";
import { operation } from "./operation.js";
import { readResolved } from "./read-resolved.js";

interface Input {
  readonly what: readonly string[];
  readonly alias?: string;
  readonly version?: string;
  readonly gitCommit?: string;
  readonly format?: DiffFormat;
  readonly stat?: boolean;
  readonly exitCode?: boolean;
}

interface Result {
  readonly diffs: readonly VersionDiff[];
}

/** One side of a comparison. */
interface Side {
  readonly label: string;
  readonly prompt: Prompt;
  readonly text: string;
}

export default operation({
  description: [
    "Compares what stands in prompts/ with the newest version; --alias, --version and --git-commit choose another",
    "version to compare with. Two versions or two references are compared with each other. A bare `v1` is the newest 1.x.y.",
  ].join("\n"),
  arguments: [{ name: "[what...]", summary: "A prompt, a prompt and two versions, or two references" }],
  options: [
    { flags: "--alias <alias>", summary: "Compare with what this alias serves" },
    { flags: "--version <version>", summary: "Compare with this version" },
    { flags: "--git-commit <revision>", summary: "Compare with what was there at this commit" },
    {
      flags: "--format <format>",
      summary: "Print the differences this way",
      choices: ["text", "unified", "json", "md", "html"],
    },
    { flags: "--stat", summary: "Print counts only" },
    { flags: "--exit-code", summary: "End with 1 when there are differences" },
  ],
  examples: [
    { command: "promptsync diff qualify-lead", does: "what the next push of the draft would change" },
    {
      command: "promptsync diff qualify-lead v1 v2 --format html > diff.html",
      does: "two versions side by side, as a page",
    },
    {
      command: "promptsync diff --alias production",
      does: "all prompts: what production does not serve yet",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const pairs = await choosePairs(workspace, input);
    const { comparePrompts } = await import("../compare/index.js");
    const compare = (from: Side, to: Side): Comparison =>
      comparePrompts(from.prompt, to.prompt, workspace.config.bump);
    return {
      diffs: pairs.map(([from, to]) => diffSides(from, to, compare)).filter((diff) => diff !== undefined),
    };
  },
  async text({ diffs }, style, { format = "text", stat }) {
    const print = await printers[stat === true ? "stat" : format]();
    return print(diffs, { style });
  },
  exitCode: ({ diffs }, { exitCode }) => (exitCode === true && diffs.some(isDifferent) ? 1 : 0),
});

type Pair = readonly [from: Side | null, to: Side];

function diffSides(
  from: Side | null,
  to: Side,
  compare: (from: Side, to: Side) => Comparison,
): VersionDiff | undefined {
  const { changes, requiredBump } =
    from === null ? { changes: [], requiredBump: "none" as const } : compare(from, to);
  const hunks = diffTexts(from?.text ?? "", to.text, { context: 3 });
  if (from !== null && hunks.length === 0 && changes.length === 0) return undefined;
  return { name: to.prompt.name, from: from?.label ?? null, to: to.label, requiredBump, changes, hunks };
}

async function choosePairs(workspace: Workspace, input: Input): Promise<readonly Pair[]> {
  const [first, second, third, ...rest] = input.what;
  const isVersionsOf =
    first !== undefined && !first.includes("@") && second !== undefined && third !== undefined;
  const isReferences = first !== undefined && second !== undefined && third === undefined;
  if (rest.length > 0 || (isReferences && !(first.includes("@") && second.includes("@")))) {
    throw new PromptSyncError("USAGE", `\`diff ${input.what.join(" ")}\` does not say what to compare`, {
      hint: "write `diff <name>`, `diff <name> <version> <version>` or `diff <name@version> <name@version>`",
    });
  }
  if (!isVersionsOf && !isReferences) return againstDrafts(workspace, input, first);
  const catalog =
    input.gitCommit === undefined ? await workspace.catalog() : await workspace.catalogAt(input.gitCommit);
  const references = isVersionsOf ? [`${first}@${second}`, `${first}@${third}`] : [first, second];
  const [from, to] = await Promise.all(references.map((it) => sideOf(workspace, catalog, it ?? "")));
  return from === undefined || to === undefined ? [] : [[from, to]];
}

/** The drafts, or the newest versions where there is no draft, against the version that the options choose. */
async function againstDrafts(
  workspace: Workspace,
  input: Input,
  only: string | undefined,
): Promise<readonly Pair[]> {
  const now = await workspace.catalog();
  const before = input.gitCommit === undefined ? now : await workspace.catalogAt(input.gitCommit);
  const reference = only === undefined ? undefined : parseReference(only);
  const drafts = new Map(workspace.drafts().map((draft) => [draft.name, draft]));
  const name = reference?.name;
  if (name !== undefined && !drafts.has(name)) findPrompt(now, name);
  const isChosen = input.alias !== undefined || input.version !== undefined || input.gitCommit !== undefined;
  const names =
    name === undefined
      ? [...new Set([...drafts.keys(), ...(isChosen ? now.prompts.keys() : [])])].sort()
      : [name];
  const pairs = await Promise.all(
    names.map(async (it): Promise<Pair | undefined> => {
      const from = await baseline(workspace, before, it, { ...input, isNamed: name !== undefined });
      if (from === undefined) return undefined;
      const draft = drafts.get(it);
      const newest = now.prompts.get(it);
      const latest = newest === undefined ? undefined : newestVersion(newest);
      const newestSide =
        latest === undefined ? undefined : await sideOf(workspace, now, `${it}@${latest.version}`);
      if (draft === undefined) return newestSide && [from, newestSide];
      const { frontMatter, body } = usableDraft(draft.read(), draft.file);
      if (newestSide !== undefined && hasSameContent(newestSide.prompt, { frontMatter, body }))
        return [from, newestSide];
      // The draft has no number yet: it is shown under that of the other side, so that only its content differs.
      const summary = frontMatter.summary ?? from?.prompt.frontMatter.summary;
      const prompt: Prompt = {
        name: it,
        version: from?.prompt.version ?? "1.0.0",
        frontMatter: { ...frontMatter, ...(summary === undefined ? {} : { summary }) },
        body,
      };
      return [from, { label: "draft", prompt, text: printPrompt(prompt) }];
    }),
  );
  return pairs.filter((pair) => pair !== undefined);
}

/** What a prompt is compared with; null when there was nothing, undefined when it has no part in the question. */
async function baseline(
  workspace: Workspace,
  catalog: Catalog,
  name: string,
  { alias, version, isNamed }: Input & { readonly isNamed: boolean },
): Promise<Side | null | undefined> {
  const prompt = catalog.prompts.get(name);
  if (alias !== undefined) {
    const served = entryOf(stateOf(catalog, name).aliases, alias)?.serve;
    if (served === undefined && !isNamed) return undefined;
    return sideOf(workspace, catalog, `${name}@${alias}`);
  }
  if (version !== undefined) {
    const selector = parseSelector(version);
    const matches = selector.kind === "range" ? rangeMatcher(selector.range) : undefined;
    const wanted = selector.kind === "version" ? selector.version : undefined;
    const has = prompt?.versions.some((it) => it.version === wanted || matches?.(it.version));
    if (!has && !isNamed) return undefined;
    return sideOf(workspace, catalog, `${name}@${version}`);
  }
  const newest = prompt === undefined ? undefined : newestVersion(prompt);
  return newest === undefined ? null : sideOf(workspace, catalog, `${name}@${newest.version}`);
}

async function sideOf(workspace: Workspace, catalog: Catalog, reference: string): Promise<Side> {
  const resolution = resolve(catalog, { ...parseReference(reference), respectCanary: false });
  const { prompt, text, version } = await readResolved(workspace, catalog, resolution);
  return { label: version, prompt, text };
}
