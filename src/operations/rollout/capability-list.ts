import { assertStateReadable } from "../../core/catalog.js";
import type { When } from "../../core/state/state.js";
import { operation } from "../operation.js";
import { table } from "../text/table.js";

interface LinkLine {
  readonly capability: string;
  readonly prompt: string;
  readonly priority: number;
  readonly when: When | null;
}

interface Result {
  /** By capability, the highest priority first. */
  readonly links: readonly LinkLine[];
}

export default operation({
  arguments: [{ name: "[capability]", summary: "Show this capability only" }],
  examples: [
    {
      command: "promptsync capability list",
      does: "show which prompt does what, in the order they are asked",
    },
    { command: "promptsync capability list answer-customer --json", does: "the same for one, for a script" },
  ],
  async run({ capability: only }: { readonly capability?: string }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const all = Object.entries(catalog.state.capabilities ?? {}).flatMap(([capability, { links = {} }]) =>
      Object.entries(links).map(([prompt, { priority = 0, when = null }]): LinkLine => {
        return { capability, prompt, priority, when };
      }),
    );
    const wanted = all.filter(({ capability }) => only === undefined || capability === only);
    return { links: wanted.sort(inOrder) };
  },
  text({ links }, style, { capability }) {
    if (links.length === 0 && capability !== undefined) return `no prompt does ${capability}`;
    if (links.length === 0)
      return "no capabilities: `promptsync capability link <capability> <name>` makes one";
    const rows = links.map(({ capability, prompt, priority, when }) => [
      style.bold(capability),
      style.cyan(prompt),
      String(priority),
      style.dim(
        Object.entries(when?.flags ?? {})
          .map(([flag, value]) => `${flag}=${String(value)}`)
          .join(" "),
      ),
    ]);
    return table(rows, style, { head: ["CAPABILITY", "PROMPT", "PRIORITY", "FLAGS"], right: [2] });
  },
});

function inOrder(a: LinkLine, b: LinkLine): number {
  if (a.capability !== b.capability) return a.capability < b.capability ? -1 : 1;
  return b.priority - a.priority || (a.prompt < b.prompt ? -1 : 1);
}
