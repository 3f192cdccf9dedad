import type { JsonValue } from "../core/json.js";
import { isWithin } from "./inclusion.js";
import { witnessesOf } from "./witness.js";
import type { Node, Work } from "./work.js";

/** Whether one set of values lies within another; a `no` comes with a value that is the proof. */
export type Answer = { readonly is: "yes" | "unknown" } | { readonly is: "no"; readonly witness: JsonValue };

/** Decides whether `b` accepts everything that `a` accepts. */
export function decide(work: Work, a: Node, b: Node): Answer {
  if (isWithin(work, a, b)) return { is: "yes" };
  const [witness] = witnessesOf(work, a, b);
  return witness === undefined ? { is: "unknown" } : { is: "no", witness };
}
