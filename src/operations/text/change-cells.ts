import type { StateChange } from "../../plans/state-change.js";
import type { Style } from "../operation.js";

/** The part of a change that every list of changes has, and what else is known of it. */
export type ShownChange = Pick<StateChange, "prompt" | "alias" | "from" | "to"> & Partial<StateChange>;

/** The cells of a change: the entry, the prompt, and what becomes of it. */
export function changeCells(change: ShownChange, style: Style): readonly string[] {
  const { action = "", prompt, from, to, percent, state } = change;
  const before = from === null || from === to ? "" : `${style.dim(from)} → `;
  const after = to === null ? style.yellow(endOf(action)) : style.green(to);
  const share = percent === undefined ? "" : ` at ${percent} %${state === "paused" ? ", paused" : ""}`;
  return [style.bold(entryOf(change)), style.cyan(prompt ?? ""), `${before}${after}${share}`];
}

/** How the end of an entry is called: `removed`, or what else an action does to it. */
export function endOf(action: string): string {
  return ends[action] ?? "removed";
}

const ends: Readonly<Record<string, string>> = {
  yank: "yanked",
  "canary-abort": "aborted",
  "emergency-resolve": "resolved",
};

/** The entry that changes: `production`, `production canary`, `production of tenant acme`, `owner`. */
function entryOf({ action = "", alias, tenant, flag, capability, emergency, ...more }: ShownChange): string {
  const words = [
    alias,
    tenant === undefined ? null : `of tenant ${tenant}`,
    flag === undefined ? null : `flag ${flag}`,
    capability === undefined ? null : `capability ${capability}`,
    emergency === undefined ? null : `emergency ${emergency}`,
    more.override ?? more.field ?? null,
    action.startsWith("canary-") && action !== "canary-promote" ? "canary" : null,
  ].filter((word) => word !== null);
  return words.length > 0 ? words.join(" ") : action.replace(/-set$/, "") || "default";
}
