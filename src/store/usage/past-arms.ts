import { armsOf } from "../../core/state/arms.js";
import { readState } from "../../core/state/read-state.js";
import type { Arm } from "../../core/state/state.js";
import type { Repository } from "../git/repository.js";
import { stateLimit } from "../listing/read-files.js";

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

interface Known {
  readonly prompts: ReadonlySet<string>;
  readonly arms: ReadonlyMap<string, Arm>;
}

/**
 * Opens the alias blocks of commits through the one warm reader of objects; a state that many commits share is read
 * once. States beyond the first 1,000 are taken for unknown.
 * @param folderOf where a prompt's own state file would be, relative to the root
 */
export function openPastArms(
  { objects }: Pick<Repository, "objects">,
  registry: string,
  folderOf: (prompt: string) => string | undefined,
): PastArms {
  const blobs = new Map<string, string | null>(); // by `<commit>:<path>`
  const states = new Map<string, Known>(); // by blob id
  const placesOf = (commit: string, prompt: string): { name: string; prompt?: string }[] => {
    const folder = folderOf(prompt);
    const own = folder === undefined ? [] : [{ name: `${commit}:${folder}/promptsync.yaml`, prompt }];
    return [{ name: `${commit}:${registry}/promptsync.yaml` }, ...own];
  };
  return {
    load: async (wanted) => {
      const places = wanted.flatMap(({ commit, prompt }) => placesOf(commit, prompt));
      const fresh = new Map(places.filter(({ name }) => !blobs.has(name)).map((it) => [it.name, it.prompt]));
      const infos = await objects.info([...fresh.keys()]);
      const unread = new Map<string, string | undefined>();
      for (const [index, [name, prompt]] of [...fresh].entries()) {
        const id = infos[index]?.type === "blob" ? infos[index].id : null;
        blobs.set(name, id);
        if (id !== null && !states.has(id) && states.size + unread.size < mostStates) unread.set(id, prompt);
      }
      const read = await objects.read([...unread.keys()], stateLimit);
      for (const [index, [id, prompt]] of [...unread].entries())
        states.set(id, knownOf(read[index]?.bytes?.toString("utf8") ?? "", prompt));
    },
    find: ({ commit, prompt, alias, tenant }) => {
      for (const { name } of placesOf(commit, prompt)) {
        const known = states.get(blobs.get(name) ?? "");
        if (known?.prompts.has(prompt) !== true) continue;
        return known.arms.get(JSON.stringify([prompt, alias, tenant])) ?? null;
      }
      return undefined;
    },
  };
}

function knownOf(text: string, prompt: string | undefined): Known {
  const file = { path: "promptsync.yaml", text, ...(prompt === undefined ? {} : { prompt }) };
  const { state } = readState([file], file.path);
  return {
    prompts: new Set(Object.keys(state.prompts ?? {})),
    arms: new Map(
      [...armsOf(state)].map(({ prompt: name, alias, tenant = null, arm }) => [
        JSON.stringify([name, alias, tenant]),
        arm,
      ]),
    ),
  };
}
