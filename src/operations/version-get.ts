import { assertStateReadable, findPrompt, stateOf } from "../core/catalog.js";
import { entryOf } from "../core/state/state.js";
import { unknownAlias } from "../plans/known-alias.js";
import { operation } from "./operation.js";

interface Input {
  readonly alias: string;
  readonly name?: string;
}

interface Result {
  readonly versions: Readonly<Record<string, string>>;
}

export default operation({
  arguments: [
    { name: "<alias>", summary: "The alias to read" },
    { name: "[name]", summary: "Print the bare version of this prompt only" },
  ],
  examples: [
    { command: "promptsync version get production", does: "one `name@version` a line" },
    { command: "promptsync version get production qualify-lead", does: "the bare version, for a script" },
  ],
  async run({ alias, name }: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await (name === undefined ? workspace.catalog() : workspace.catalogAbout(name));
    assertStateReadable(catalog);
    const names =
      name === undefined ? Object.keys(catalog.state.prompts ?? {}).sort() : [findPrompt(catalog, name).name];
    const versions = names.flatMap((prompt) => {
      const serve = entryOf(stateOf(catalog, prompt).aliases, alias)?.serve;
      return serve === undefined ? [] : [[prompt, serve] as const];
    });
    if (versions.length > 0) return { versions: Object.fromEntries(versions) };
    throw unknownAlias(catalog, alias, name);
  },
  text: ({ versions }, _style, { name }) =>
    Object.entries(versions)
      .map(([prompt, version]) => (name === undefined ? `${prompt}@${version}` : version))
      .join("\n"),
});
