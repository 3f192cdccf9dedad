import type { Comparison } from "../core/bump.js";
import { stateOf, type Catalog, type CatalogPrompt } from "../core/catalog.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import { printPrompt } from "../core/prompt-file/print.js";
import type { FrontMatter, Prompt } from "../core/prompt.js";
import { chooseVersion } from "./choose-version.js";
import { oneLine } from "./commit-message.js";
import type { DraftToPush, PushedVersion, PushRequest } from "./push-request.js";
import { cut, summarize } from "./summarize.js";

/**
 * The next version of a prompt and the text of its file.
 * @throws PromptSyncError `BUMP_TOO_SMALL`, `VERSION_EXISTS`, `VERSION_INVALID`
 */
export function makeVersion(
  catalog: Catalog,
  item: DraftToPush,
  prompt: CatalogPrompt | undefined,
  request: PushRequest,
): { pushed: PushedVersion; text: string } {
  const asPrompt = (version: string): Prompt => ({
    name: item.name,
    version,
    frontMatter: item.draft.frontMatter,
    body: item.draft.body,
  });
  const chosen = chooseVersion(
    {
      name: item.name,
      asked: item.draft.version,
      versions: prompt?.versions.map(({ version }) => version) ?? [],
      state: stateOf(catalog, item.name),
      compareTo: (version) => {
        const before = item.known.get(version);
        return before === undefined ? undefined : request.compare(before, asPrompt(version));
      },
    },
    request,
  );
  const { version, previous, comparison } = chosen;
  const before = previous === null ? undefined : item.known.get(previous);
  const summary = summaryOf(item.draft.frontMatter, before, comparison, request.message);
  const frontMatter: FrontMatter = {
    ...item.draft.frontMatter,
    ...(summary === undefined ? {} : { summary }),
  };
  const text = printPrompt({ ...asPrompt(version), frontMatter });
  const group = prompt?.group ?? item.group;
  const path = [catalog.registry, group, item.name, `${version}.md`].filter((part) => part !== "").join("/");
  const { bump, requiredBump } = chosen;
  return {
    text,
    pushed: {
      name: item.name,
      version,
      previous,
      bump,
      requiredBump,
      path,
      digest: digestOf(text),
      changes: comparison?.changes ?? [],
    },
  };
}

/** The draft's summary unless it is the last version's, then the commit message, then what the comparison found. */
function summaryOf(
  draft: FrontMatter,
  before: Prompt | undefined,
  comparison: Comparison | undefined,
  message: string | undefined,
): string | undefined {
  if (draft.summary !== undefined && draft.summary !== before?.frontMatter.summary) return draft.summary;
  if (before === undefined || comparison === undefined) return draft.summary;
  return message === undefined ? summarize(comparison) : cut(oneLine(message, "--message"), 500);
}
