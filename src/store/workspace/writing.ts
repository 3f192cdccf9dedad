import type { Catalog } from "../../core/catalog.js";
import type { Config } from "../../core/config.js";
import { stateFileName } from "../../core/layout.js";
import type { Plan } from "../../core/plan.js";
import type { Receipt } from "../apply/apply.js";
import { committerAddress } from "../git/identity.js";
import type { Repository } from "../git/repository.js";
import { readUpstream } from "../git/upstream.js";
import { listCommit } from "../listing/list.js";
import { readCatalog } from "../read-catalog.js";
import { openSoundStates } from "../sound-states.js";
import { catalogHere } from "./pictures.js";

/** How a plan is carried out. */
export interface WriteOptions {
  readonly now: Date;
  readonly commit: boolean;
  /** Publishes the commit; when somebody was faster, the change is planned again on their state. */
  readonly remote: boolean;
  readonly replan: (catalog: Catalog) => Promise<Plan | null>;
  /** Gets what the user's hooks say. */
  readonly note: (line: string) => void;
}

/** The one way in which something of the registry changes. */
export interface Writing {
  /** The address that git would put on a commit; throws `IDENTITY_MISSING`. */
  readonly committerAddress: () => Promise<string>;
  /** Makes a plan true; see `apply` for what it promises and throws. */
  readonly apply: (plan: Plan, options: WriteOptions) => Promise<Receipt>;
  /** Undoes what a killed run left half done; to be called before anything is read that a change is planned from. */
  readonly heal: () => Promise<void>;
  /** Publishes commits of earlier runs that did not reach the remote; does nothing when it has them all. */
  readonly publishHead: () => Promise<void>;
}

/** Opens a repository for writing; the writer is loaded when something is written. */
export function openWriting(
  repository: Repository,
  { registry, remote }: Pick<Config, "registry" | "remote">,
  tool: string,
): Writing {
  const home = `${registry}/${stateFileName}`;
  const catalogOf = async (commit: string): Promise<Catalog> =>
    readCatalog(repository, await listCommit(repository, registry, { commit, label: remote }));
  return {
    committerAddress: () => committerAddress(repository),
    apply: async (plan, { now, commit, note, remote: isPublished, replan }) => {
      const alongside = [home, `${registry}/.gitattributes`];
      const replanHere = async (here: Repository) => replan(await catalogHere(here, registry));
      const options = { now, commit, note, alongside, replanHere };
      if (!isPublished) {
        const { apply } = await import("../apply/apply.js");
        const receipt = await apply(repository, plan, options);
        openSoundStates(repository, tool).follow(receipt, home);
        return receipt;
      }
      const { publish } = await import("../apply/publish.js");
      return publish(repository, plan, {
        ...options,
        remote,
        replan: async (id) => replan(await catalogOf(id)),
      });
    },
    heal: async () => {
      const { heal } = await import("../apply/heal.js");
      await heal(repository);
    },
    publishHead: async () => {
      const upstream = await readUpstream(repository);
      if (upstream?.ahead === 0) return;
      const { publishHead } = await import("../apply/publish.js");
      await publishHead(repository, { remote });
    },
  };
}
