import { assertStateReadable } from "../core/catalog.js";
import { unreachableVersions, type UnreachableVersions } from "../core/unreachable-versions.js";
import { yankedInUse, type YankedInUse } from "../core/yanked-in-use.js";
import type { Workspace } from "../store/workspace.js";
import { operation } from "./operation.js";
import { laggingAliases, openCanaries, type LaggingAlias, type OpenCanary } from "./status/aliases.js";
import {
  datedFlags,
  openDeprecations,
  openPostMortems,
  type DatedFlag,
  type OpenDeprecation,
  type OpenPostMortem,
} from "./status/dates.js";
import { openDrafts, type OpenDraft } from "./status/drafts.js";
import { statusText } from "./status/text.js";

/** What needs a person, by noun. */
export interface Status {
  readonly branch: string | null;
  readonly commit: string | null;
  readonly drafts: readonly OpenDraft[];
  readonly lag: readonly LaggingAlias[];
  readonly canaries: readonly OpenCanary[];
  readonly expiredFlags: readonly DatedFlag[];
  readonly expiringFlags: readonly DatedFlag[];
  readonly deprecations: readonly OpenDeprecation[];
  readonly postMortems: readonly OpenPostMortem[];
  readonly yanked: readonly YankedInUse[];
  readonly unreachable: readonly UnreachableVersions[];
  /** Null when the branch follows no remote branch. */
  readonly remote: Awaited<ReturnType<Workspace["upstream"]>>;
}

export default operation({
  description:
    "What needs a person: drafts to push, aliases that lag, versions that nothing serves, canaries, and dates that have come or come soon.",
  examples: [
    { command: "promptsync status", does: "what is open in this repository" },
    { command: "promptsync status --json", does: "the same for a dashboard" },
  ],
  async run(_input: object, { workspace: open, now }): Promise<Status> {
    const workspace = await open();
    const catalog = await workspace.catalog();
    assertStateReadable(catalog);
    const { commit, branch } = workspace.repository.head;
    const { expired, expiring } = datedFlags(catalog, now);
    return {
      branch: branch?.replace("refs/heads/", "") ?? null,
      commit,
      drafts: await openDrafts(workspace, catalog),
      lag: laggingAliases(catalog),
      canaries: openCanaries(catalog, now),
      expiredFlags: expired,
      expiringFlags: expiring,
      deprecations: openDeprecations(catalog, now),
      postMortems: openPostMortems(catalog, now),
      yanked: yankedInUse(catalog),
      unreachable: unreachableVersions(catalog),
      remote: await workspace.upstream(),
    };
  },
  text: statusText,
});
