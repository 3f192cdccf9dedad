import { newestVersion, stateOf } from "../core/catalog.js";
import { operation } from "./operation.js";
import { table } from "./text/table.js";

interface Match {
  readonly name: string;
  readonly version: string;
  /** Higher is better. */
  readonly score: number;
  readonly excerpt: string;
}

interface Result {
  readonly matches: readonly Match[];
}

export default operation({
  arguments: [{ name: "<words...>", summary: "Every word has to occur somewhere" }],
  examples: [
    { command: "promptsync search refund policy", does: "find prompts that speak of both" },
    { command: "promptsync search lead --json", does: "the same for a script" },
  ],
  async run({ words }: { readonly words: readonly string[] }, context): Promise<Result> {
    const workspace = await context.workspace();
    const catalog = await workspace.catalog();
    const newest = [...catalog.prompts.values()].flatMap((prompt) => {
      const version = newestVersion(prompt);
      return version === undefined ? [] : [{ ...version, name: prompt.name }];
    });
    const terms = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== "");
    const matches = (await workspace.readVersions(newest)).flatMap(({ name, version, prompt }): Match[] => {
      if (prompt === undefined) return [];
      const { frontMatter } = prompt;
      const bodies = [prompt.body, ...(frontMatter.variants ?? []).map(({ content }) => content)].join("\n");
      const fields: readonly (readonly [number, string])[] = [
        [10, name],
        [6, [frontMatter.title ?? "", ...(frontMatter.tags ?? [])].join(" ")],
        [4, [stateOf(catalog, name).purpose ?? "", frontMatter.description ?? ""].join(" ")],
        [1, bodies],
      ];
      const scores = terms.map((term) =>
        fields.reduce(
          (sum, [weight, text]) => sum + weight * Math.min(3, occurrences(text.toLowerCase(), term)),
          0,
        ),
      );
      if (scores.length === 0 || scores.includes(0)) return [];
      const score = scores.reduce((sum, it) => sum + it, 0);
      const texts = [bodies, frontMatter.description ?? "", stateOf(catalog, name).purpose ?? "", name];
      return [{ name, version, score, excerpt: excerptOf(texts, terms) }];
    });
    return { matches: matches.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1)) };
  },
  text({ matches }, style, { words }) {
    if (matches.length === 0) return `nothing speaks of ${words.join(" ")}`;
    return table(
      matches.map(({ name, version, excerpt }) => [style.cyan(name), version, style.dim(excerpt)]),
      style,
    );
  },
});

function occurrences(text: string, term: string): number {
  return text.split(term).length - 1;
}

/** About 80 characters around the first word that occurs in the first text that has one. */
function excerptOf(texts: readonly string[], terms: readonly string[]): string {
  for (const text of texts) {
    const flat = text.replaceAll(/\s+/g, " ");
    const at = terms.map((term) => flat.toLowerCase().indexOf(term)).find((index) => index >= 0);
    if (at === undefined) continue;
    const start = Math.max(0, at - 30);
    const end = Math.min(flat.length, start + 80);
    return `${start > 0 ? "…" : ""}${flat.slice(start, end).trim()}${end < flat.length ? "…" : ""}`;
  }
  return "";
}
