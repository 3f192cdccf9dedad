import { addTo } from "../add-to.js";
import { stateOf, type Catalog } from "../catalog.js";
import type { Selector } from "../reference.js";
import { entryOf, type Arm, type PromptState } from "../state/state.js";
import { withoutEmergencies } from "./named-version.js";
import { resolve } from "./resolve.js";

/** A version that a caller may get, and what would give it to them. */
export interface PossibleVersion {
  readonly version: string;
  /** Such as `alias production`, `canary of alias production, 10 %`, `tenant acme`; in the order of the decision. */
  readonly through: readonly string[];
}

/**
 * Every version that `resolve` may answer a request with, whoever asks: the active emergencies; what was pinned, or
 * else the overrides, the tenants' own arms of the alias, the rules, both arms of the alias, and the default where no
 * alias decides. Yanked versions and versions that do not exist are left out, as are paused canaries.
 * @throws PromptSyncError what `resolve` throws for a name, alias, version or range that is not there
 */
export function possibleVersions(
  catalog: Catalog,
  name: string,
  selector: Selector,
): readonly PossibleVersion[] {
  const calm = withoutEmergencies(catalog);
  const state = stateOf(catalog, name);
  const alias = selector.kind === "alias" ? selector.alias : catalog.state.project?.default_alias;
  const found: [version: string, through: string][] = [...emergencies(catalog, name, alias)];
  if (selector.kind === "alias" || selector.kind === "default") {
    refuseUnknown(calm, name, selector);
    found.push(...choices(state, alias, selector.kind === "alias"));
  } else {
    found.push([resolve(calm, { name, selector }).version, pinnedBy(selector)]);
  }
  const known = new Set(catalog.prompts.get(name)?.versions.map(({ version }) => version));
  const byVersion = new Map<string, string[]>();
  for (const [version, through] of found) {
    if (!known.has(version) || entryOf(state.yanked, version) !== undefined) continue;
    addTo(byVersion, version, through);
  }
  return [...byVersion].map(([version, through]) => ({ version, through }));
}

/** Throws for a prompt or an alias that is not there; that nothing is left to serve is another rule's finding. */
function refuseUnknown(catalog: Catalog, name: string, selector: Selector): void {
  const { aliases, tenants } = stateOf(catalog, name);
  const has = (map: PromptState["aliases"]): boolean =>
    selector.kind !== "alias" || entryOf(map, selector.alias) !== undefined;
  const isKnown = has(aliases) || Object.values(tenants ?? {}).some((tenant) => has(tenant.aliases));
  if (!isKnown || !catalog.prompts.has(name)) resolve(catalog, { name, selector });
}

function* emergencies(
  { state }: Catalog,
  name: string,
  alias: string | undefined,
): Iterable<[string, string]> {
  for (const [id, entry] of Object.entries(state.emergencies ?? {})) {
    if (entry.prompt !== name || entry.status !== "active") continue;
    if (entry.alias === undefined || entry.alias === alias) yield [entry.serve, `emergency ${id}`];
  }
}

/** What is served where nothing is pinned. A caller who names an alias never gets the default, unless it is yanked. */
function* choices(
  state: PromptState,
  alias: string | undefined,
  isAsked: boolean,
): Iterable<[string, string]> {
  for (const [scope, ids] of Object.entries(state.overrides ?? {}))
    for (const [id, { serve }] of Object.entries(ids)) yield [serve, `override ${scope} ${id}`];
  const own = Object.entries(state.tenants ?? {}).flatMap(([tenant, { aliases }]) => {
    const arm = alias === undefined ? undefined : entryOf(aliases, alias);
    return arm === undefined ? [] : [{ tenant, arm }];
  });
  for (const { tenant, arm } of own) yield* armChoices(arm, `tenant ${tenant}`);
  for (const [id, { serve }] of Object.entries(state.rules ?? {})) yield [serve, `rule ${id}`];
  const common = alias === undefined ? undefined : entryOf(state.aliases, alias);
  yield* armChoices(common, `alias ${alias ?? ""}`);
  const isYanked = ({ serve }: Arm): boolean => entryOf(state.yanked, serve) !== undefined;
  const fallsThrough =
    common === undefined ? !isAsked || own.some(({ arm }) => isYanked(arm)) : isYanked(common);
  if (fallsThrough && state.default !== undefined) yield [state.default, "default"];
}

function* armChoices(arm: Arm | undefined, owner: string): Iterable<[string, string]> {
  if (arm === undefined) return;
  yield [arm.serve, owner];
  const { canary } = arm;
  if (canary?.state === "running" && canary.percent > 0)
    yield [canary.serve, `canary of ${owner}, ${canary.percent} %`];
}

function pinnedBy(selector: Selector): string {
  if (selector.kind === "latest") return "newest";
  return selector.kind === "range" ? `range ${selector.range}` : "pinned";
}
