import { buildCatalog } from "../../src/core/catalog.js";
import { placeFile } from "../../src/core/layout.js";
import type { ListedFile } from "../../src/core/listing.js";
import { readVersion } from "../../src/core/prompt-file/read-version.js";
import type { World } from "../../src/rules/rule.js";

/** Texts by path under the registry folder; `promptsync.yaml` is the state. */
export type Files = Readonly<Record<string, string>>;

/** What rules see of a registry that holds these files and nothing else. */
export function worldOf(files: Files): World {
  const listed = Object.keys(files).map((path): ListedFile => ({ path, blob: null, mode: "file" }));
  const states = Object.entries(files).flatMap(([path, text]) => {
    const placed = placeFile({ path, mode: "file" });
    if (placed.kind !== "state") return [];
    const prompt = placed.prompt === undefined ? {} : { prompt: placed.prompt };
    return [{ path: `prompt-templates/${path}`, text, ...prompt }];
  });
  const origin = { kind: "worktree", commit: null, date: null, label: "working tree" } as const;
  const catalog = buildCatalog({ origin, registry: "prompt-templates", files: listed }, states);
  const versions = [...catalog.prompts.values()].flatMap(({ name, versions: list }) =>
    list.map(({ version, path }) => {
      const text = files[path.replace("prompt-templates/", "")] ?? "";
      return { name, version, path, text, ...readVersion(text, { name, version }) };
    }),
  );
  return { catalog, versions, today: "2026-11-03" };
}

/** A version file of `welcome` that no rule has anything against. */
export function welcome(version: string, lines = "", body = "Hi {{ name }}."): string {
  const summary = version === "1.0.0" ? "" : "summary: Warmer\n";
  const input = lines.includes("input:") ? "" : "input:\n  schema:\n    name: string\n";
  return `---\nname: welcome\nversion: "${version}"\n${summary}${input}${lines}---\n${body}\n`;
}

/** A state that no rule has anything against. */
export const calmState = `schema: promptsync/v1
prompts:
  welcome:
    owner: team-support
    default: "1.0.0"
`;
