import { stateFileName } from "../../core/layout.js";
import { createStateReader } from "../../core/state/state-reader.js";
import { entryOf, type Arm, type State } from "../../core/state/state.js";
import type { Repository } from "../git/repository.js";
import { readStates, type StateBlob } from "../read-states.js";

const mostStates = 1_000;

/** An alias block that a commit had. */
export interface ArmAddress {
  /** Full id. */
  readonly commit: string;
  readonly prompt: string;
  readonly alias: string | null;
  /** Set for a tenant's own block. */
  readonly tenant: string | null;
}

/** The alias blocks of many commits. */
export interface PastArms {
  /** Reads the states of these commits, those that are not known yet, in one go. */
  readonly load: (wanted: readonly Pick<ArmAddress, "commit" | "prompt">[]) => Promise<void>;
  /** The block; null when the commit has none, undefined when the commit or the prompt's state is not known here. */
  readonly find: (address: ArmAddress) => Arm | null | undefined;
}

/**
 * Opens the alias blocks of commits through the one warm reader of objects; a state that many commits share is parsed
 * once. States beyond the first 1,000 are taken for unknown.
 * @param folderOf where a prompt's own state file would be, relative to the root
 */
export function openPastArms(
  repository: Repository,
  registry: string,
  folderOf: (prompt: string) => string | undefined,
): PastArms {
  const home = `${registry}/${stateFileName}`;
  const context = { reader: createStateReader(), home };
  const states = new Map<string, State | undefined>(); // by `<commit>:<prompt>`
  const blobs = new Set<string>();
  const placesOf = (prompt: string): Omit<StateBlob, "blob">[] => {
    const folder = folderOf(prompt);
    return [
      { path: home },
      ...(folder === undefined ? [] : [{ path: `${folder}/${stateFileName}`, prompt }]),
    ];
  };
  return {
    load: async (wanted) => {
      const fresh = new Map(
        wanted
          .map(({ commit, prompt }) => ({ id: `${commit}:${prompt}`, commit, files: placesOf(prompt) }))
          .filter(({ id }) => !states.has(id))
          .map((it) => [it.id, it]),
      );
      const asked = [...fresh.values()].flatMap(({ commit, files }) =>
        files.map(({ path }) => `${commit}:${path}`),
      );
      const infos = await repository.objects.info(asked);
      const found = new Map(asked.map((name, index) => [name, infos[index]]));
      const moments = [...fresh.values()].map(({ commit, files }) =>
        files.flatMap((file): StateBlob[] => {
          const info = found.get(`${commit}:${file.path}`);
          return info?.type === "blob" ? [{ ...file, blob: info.id }] : [];
        }),
      );
      const known = moments.map((files) => {
        for (const { blob } of files) if (blobs.size < mostStates) blobs.add(blob);
        return files.every(({ blob }) => blobs.has(blob)) ? files : [];
      });
      const read = await readStates(repository, context, known);
      for (const [index, id] of [...fresh.keys()].entries()) states.set(id, read[index]?.state);
    },
    find: ({ commit, prompt, alias, tenant }) => {
      const block = entryOf(states.get(`${commit}:${prompt}`)?.prompts, prompt);
      if (block === undefined) return undefined;
      const arms = tenant === null ? block.aliases : entryOf(block.tenants, tenant)?.aliases;
      return (alias === null ? undefined : entryOf(arms, alias)) ?? null;
    },
  };
}
