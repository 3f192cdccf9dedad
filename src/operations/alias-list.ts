import { assertStateReadable } from "../core/catalog.js";
import { requireAlias } from "../plans/known-alias.js";
import { operation } from "./operation.js";
import { table } from "./text/table.js";

interface AliasLine {
  readonly alias: string;
  readonly prompt: string;
  readonly version: string;
  readonly canary: { readonly serve: string; readonly percent: number; readonly state: string } | null;
}

interface Result {
  readonly aliases: readonly AliasLine[];
}

export default operation({
  arguments: [{ name: "[alias]", summary: "Show this alias only" }],
  examples: [
    { command: "promptsync alias list", does: "show what every alias serves" },
    { command: "promptsync alias list production --json", does: "the same for one alias, for a script" },
  ],
  async run({ alias: only }: { readonly alias?: string }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    if (only !== undefined) requireAlias(catalog, only);
    const aliases = Object.entries(catalog.state.prompts ?? {}).flatMap(([prompt, state]) =>
      Object.entries(state.aliases ?? {}).map(([alias, { serve, canary }]): AliasLine => ({
        alias,
        prompt,
        version: serve,
        canary:
          canary === undefined ? null : { serve: canary.serve, percent: canary.percent, state: canary.state },
      })),
    );
    const wanted = aliases.filter(({ alias }) => only === undefined || alias === only);
    return { aliases: wanted.sort((a, b) => (`${a.alias} ${a.prompt}` < `${b.alias} ${b.prompt}` ? -1 : 1)) };
  },
  text({ aliases }, style) {
    if (aliases.length === 0)
      return "no aliases yet: `promptsync alias set <alias> <name>@<version>` makes one";
    const rows = aliases.map(({ alias, prompt, version, canary }) => [
      style.bold(alias),
      style.cyan(prompt),
      style.green(version),
      canary === null ? "" : style.yellow(`${canary.serve} at ${canary.percent} % (${canary.state})`),
    ]);
    return table(rows, style, { head: ["ALIAS", "PROMPT", "SERVES", "CANARY"] });
  },
});
