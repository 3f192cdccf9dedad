import { assertStateReadable } from "../../core/catalog.js";
import { requireScope } from "../../core/resolve/known-scope.js";
import { operation } from "../operation.js";
import { table } from "../text/table.js";

interface OverrideLine {
  readonly scope: string;
  readonly id: string;
  readonly prompt: string;
  readonly version: string;
}

interface Result {
  readonly overrides: readonly OverrideLine[];
}

export default operation({
  arguments: [{ name: "[scope]", summary: "Show this scope only" }],
  examples: [
    { command: "promptsync override list", does: "show the versions that single users have" },
    { command: "promptsync override list chat --json", does: "those of chats, for a script" },
  ],
  async run({ scope: only }: { readonly scope?: string }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    if (only !== undefined) requireScope(catalog, only);
    const all = Object.entries(catalog.state.prompts ?? {}).flatMap(([prompt, { overrides = {} }]) =>
      Object.entries(overrides).flatMap(([scope, ids]) =>
        Object.entries(ids).map(([id, { serve: version }]): OverrideLine => ({ scope, id, prompt, version })),
      ),
    );
    const wanted = all.filter(({ scope }) => only === undefined || scope === only);
    const key = ({ scope, id, prompt }: OverrideLine): string => `${scope} ${id} ${prompt}`;
    return { overrides: wanted.sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
  },
  text({ overrides }, style, { scope }) {
    if (overrides.length === 0)
      return `${scope === undefined ? "nobody" : `no ${scope}`} has a version of their own`;
    const rows = overrides.map(({ scope, id, prompt, version }) => [
      scope,
      style.bold(id),
      style.cyan(prompt),
      style.green(version),
    ]);
    return table(rows, style, { head: ["SCOPE", "ID", "PROMPT", "SERVES"] });
  },
});
