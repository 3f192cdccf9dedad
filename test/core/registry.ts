import { buildCatalog, type Catalog } from "../../src/core/catalog.js";
import type { ListedFile } from "../../src/core/listing.js";

/** Versions by prompt, such as `{ "task/qualify-lead": ["1.0.0", "1.1.0"] }`. */
export type Versions = Readonly<Record<string, readonly string[]>>;

/** A registry in memory: its versions by folder, the text of its promptsync.yaml and prompts' own state files. */
export function registry(
  versions: Versions,
  state?: string,
  { own = {}, stray = [] }: { own?: Readonly<Record<string, string>>; stray?: readonly string[] } = {},
): Catalog {
  const paths = Object.entries(versions).flatMap(([folder, list]) =>
    list.map((version) => `${folder}/${version}.md`),
  );
  const files = [...paths, ...stray].map((path): ListedFile => ({ path, blob: null, mode: "file" }));
  const owned = Object.entries(own).map(([folder, text]) => ({
    path: `prompt-templates/${folder}/promptsync.yaml`,
    text,
    prompt: folder.split("/").at(-1) ?? "",
  }));
  const home = state === undefined ? [] : [{ path: "prompt-templates/promptsync.yaml", text: state }];
  const origin = { kind: "commit", commit: "c0ffee", date: "2026-11-03T10:00:00Z", label: "main" } as const;
  return buildCatalog({ origin, registry: "prompt-templates", files }, [...home, ...owned]);
}

/** The text of a state file: `schema:` and the lines given. */
export function stateText(lines: string): string {
  return `schema: promptsync/v1\n${lines.replace(/^\n/, "")}`;
}
