import type { Catalog } from "../core/catalog.js";
import type { Source } from "./completion/grammar.js";
import { operation, type Context } from "./operation.js";

interface Input {
  readonly source: string;
  readonly prefix?: string;
}

/** What can stand where a shell asks; names that no shell could misread. */
const harmless = /^[\w.@+-]+$/;

/** For the completion scripts: prints what the repository knows, one a line, and nothing when anything goes wrong. */
export default operation({
  arguments: [
    { name: "<source>", summary: "prompts, references or aliases" },
    { name: "[prefix]", summary: "What stands before the cursor" },
  ],
  examples: [
    { command: "promptsync complete prompts", does: "the names of prompts and drafts" },
    { command: "promptsync complete references -- refund@", does: "what can be asked of one prompt" },
  ],
  async run({ source, prefix = "" }: Input, context): Promise<{ candidates: readonly string[] }> {
    const all = await candidatesOf(source, prefix, context).catch(() => []);
    return { candidates: all.filter((one) => one.startsWith(prefix) && harmless.test(one)) };
  },
  text: ({ candidates }) => candidates.join("\n"),
});

async function candidatesOf(source: string, prefix: string, context: Context): Promise<string[]> {
  const workspace = await context.workspace();
  const catalog = await workspace.catalog();
  switch (source as Source) {
    case "prompts":
      return [...new Set([...catalog.prompts.keys(), ...workspace.drafts().map(({ name }) => name)])].sort();
    case "aliases":
      return [
        ...new Set([...Object.keys(catalog.state.aliases ?? {}), ...statesOf(catalog).flatMap(aliasesOf)]),
      ].sort();
    case "references":
      return referencesOf(catalog, prefix);
    default:
      return []; // a script of another release may ask for more
  }
}

/** Names with and without `@` up to the `@`, so that no shell takes the name for complete; then what follows it. */
function referencesOf(catalog: Catalog, prefix: string): string[] {
  const [name = "", rest] = prefix.split("@");
  if (rest === undefined) return [...catalog.prompts.keys()].flatMap((known) => [known, `${known}@`]);
  const versions = catalog.prompts.get(name)?.versions.map(({ version }) => version) ?? [];
  const aliases = aliasesOf(catalog.state.prompts?.[name]);
  return [...aliases, ...versions.reverse()].map((target) => `${name}@${target}`);
}

type PromptState = NonNullable<Catalog["state"]["prompts"]>[string];

const statesOf = (catalog: Catalog) => Object.values(catalog.state.prompts ?? {});
const aliasesOf = (state: PromptState | undefined) => Object.keys(state?.aliases ?? {}).sort();
