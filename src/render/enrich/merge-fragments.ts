import type { Enricher } from "./enrich.js";

/** Pieces of text by name that one scope contributes. */
export interface FragmentScope {
  /** Such as `global`, `agent`, `user`. */
  readonly scope: string;
  readonly fragments: Readonly<Record<string, string>>;
}

/** How fragments of one name from several scopes meet. */
export interface MergeOptions {
  /** The variable that holds them; `fragments` when left out. */
  readonly into?: string;
  /** `replace`: the last scope wins (the default). `append`: all of them, a blank line between. */
  readonly how?: "replace" | "append";
}

/** Merges fragments from the widest scope to the most personal: `{{ fragments.signature }}`. */
export function mergeFragments(
  scopes: readonly FragmentScope[],
  { into = "fragments", how = "replace" }: MergeOptions = {},
): Enricher {
  return {
    name: `fragments:${scopes.map(({ scope }) => scope).join("+")}`,
    enrich: ({ variables, tags }) => {
      const merged = new Map<string, string>();
      for (const [name, text] of scopes.flatMap(({ fragments }) => Object.entries(fragments))) {
        const before = merged.get(name);
        merged.set(name, how === "append" && before !== undefined ? `${before}\n\n${text}` : text);
      }
      return { variables: { ...variables, [into]: Object.fromEntries(merged) }, tags };
    },
  };
}
