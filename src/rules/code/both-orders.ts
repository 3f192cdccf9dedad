import type { CodeWorld, ServedPrompts } from "./code-world.js";

/** Which deployment breaks: the prompts before the code, the code before the prompts, or either. */
export type Order = "prompts-first" | "code-first" | "either";

/**
 * Judges against the prompts as they will be and as they were, and says of each mistake in which order it shows. Code
 * that only the new prompts break is broken when they deploy first; code that only the old ones break, when it does.
 */
export function* inBothOrders<Mistake>(
  { head, base }: CodeWorld,
  find: (prompts: ServedPrompts) => ReadonlyMap<string, Mistake>,
): Iterable<{ readonly mistake: Mistake; readonly order: Order }> {
  const now = find(head);
  const before = base === undefined ? undefined : find(base);
  for (const [key, mistake] of now)
    yield { mistake, order: before === undefined || before.has(key) ? "either" : "prompts-first" };
  for (const [key, mistake] of before ?? []) if (!now.has(key)) yield { mistake, order: "code-first" };
}

/** The order as the end of a sentence; empty when it makes no difference. */
export function orderText(order: Order): string {
  if (order === "either") return "";
  return order === "prompts-first" ? ", if the prompts deploy first" : ", if the code deploys first";
}
