import type { Expression } from "./model.js";
import { unknown } from "./model.js";
import { headLimit, type Follow, type Head } from "./heads.js";

/** Every text that an expression can be; undefined when it can be something that the sources do not show. */
export function textsOf(expression: Expression, follow: Follow): readonly string[] | undefined {
  const heads = follow(expression);
  const texts = heads.flatMap((head) => (head.kind === "text" ? [head.value] : []));
  return texts.length === 0 || texts.length < heads.length ? undefined : [...new Set(texts)];
}

/** Every text that parts can make together, or unknown. */
export function joinTexts(parts: readonly Expression[], follow: Follow): readonly Head[] {
  let texts = [""];
  for (const part of parts) {
    const next = textsOf(part, follow);
    if (next === undefined) return [unknown];
    texts = texts.flatMap((text) => next.map((more) => text + more));
    if (texts.length > headLimit) return [unknown];
  }
  return texts.map((value) => ({ kind: "text", value }));
}
