import type { CatalogPrompt } from "../core/catalog.js";
import type { Finding } from "../core/finding.js";
import type { World } from "../rules/rule.js";
import { severities } from "../rules/settings.js";
import type { Base } from "../store/base/find-base.js";
import type { ReadPicture } from "../store/base/read-texts.js";
import type { Workspace } from "../store/workspace.js";
import { mayInclude } from "./read-included.js";

/** The prompts whose versions need not be judged again. */
export interface SoundVersions {
  /** Says whether all versions of a prompt were judged before, as they are now, and nothing was found. */
  readonly isKnown: (prompt: CatalogPrompt) => boolean;
  /** Notes what was found in a part of the world. */
  readonly note: (part: World, found: readonly Finding[]) => void;
  /** Keeps what was noted for the next run. */
  readonly keep: () => void;
}

/** Below this, git is not asked: judging is quicker. */
const fewVersions = 200;

/**
 * Opens what is known of the versions of a registry that is judged as a whole. A prompt is known when its folder is as
 * the commit has it that git compared it with, and when nothing it says depends on other prompts: those that include
 * others are judged each time. Undefined where there is no such commit, and for few versions.
 */
export async function soundVersions(
  workspace: Workspace,
  { catalog }: Pick<World, "catalog">,
  { base, picture, size }: { readonly base: Base; readonly picture: ReadPicture; readonly size: number },
): Promise<SoundVersions | undefined> {
  const { commit, files } = picture.compared;
  if (commit === null || size < fewVersions) return undefined;
  const { rules, engine, bump } = workspace.config;
  // Where history begins, every version is judged as a new one, beside the one before it.
  const format = JSON.stringify([severities(rules), rules.profile, engine, bump, base.sha === null]);
  const sound = await workspace.soundPrompts(commit, format);
  const folderOf = ({ versions }: CatalogPrompt): string => {
    const path = versions[0]?.path ?? "";
    return path.slice(catalog.registry.length + 1, path.lastIndexOf("/"));
  };
  const edited = new Set([...files].map((path) => path.slice(0, path.lastIndexOf("/"))));
  const isEdited = (folder: string): boolean => edited.has(`${catalog.registry}/${folder}`);
  return {
    isKnown: (prompt) => {
      const folder = folderOf(prompt);
      return !isEdited(folder) && sound.has(folder);
    },
    note: ({ versions }, found) => {
      const names = new Map(versions.map(({ path, name }) => [path, name]));
      const wrong = new Set(found.map(({ prompt, file }) => prompt ?? names.get(file)));
      if (wrong.has(undefined)) return; // about nobody knows whom
      for (const { name, prompt, problems, text } of versions)
        if (prompt === undefined || problems.length > 0 || mayInclude(text)) wrong.add(name);
      for (const name of new Set(names.values())) {
        const folder = wrong.has(name) ? undefined : catalog.prompts.get(name);
        if (folder !== undefined && !isEdited(folderOf(folder))) sound.add(folderOf(folder));
      }
    },
    keep: () => {
      sound.keep();
    },
  };
}
