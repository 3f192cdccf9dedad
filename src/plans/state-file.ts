import type { Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import type { Effect, StateEdit } from "../core/plan.js";

/** Groups edits of the merged state by the file that holds each entry. */
export function stateEffects(catalog: Catalog, edits: readonly StateEdit[]): Effect[] {
  const home = `${catalog.registry}/${stateFileName}`;
  const byFile = new Map<string, { above?: readonly string[]; edits: StateEdit[] }>();
  for (const edit of edits) {
    const [section, name = ""] = edit.path;
    const file = section === "prompts" ? catalog.stateText.fileOf(name) : home;
    const group = byFile.get(file) ?? { ...(file === home ? {} : { above: ["prompts", name] }), edits: [] };
    group.edits.push(edit);
    byFile.set(file, group);
  }
  return [...byFile].map(([path, group]) => ({ kind: "edit-state", path, ...group }));
}
