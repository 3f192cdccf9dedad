import { assertStateReadable, findPrompt, newestVersion, stateOf, type Catalog } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { entryOf, type Arm } from "../state/state.js";
import { didYouMean } from "../suggest.js";
import { rangeMatcher } from "../version.js";
import { bucket, isWithin } from "./bucket.js";
import { linkedPrompt } from "./capability.js";
import { Decision } from "./decision.js";
import type { Resolution, ResolveRequest } from "./resolution.js";
import { holds } from "./when.js";

/** The scopes of user versions, the most personal first. */
const defaultScopes = ["chat", "character", "profile"];

/**
 * Picks the version a request means in this catalog: the first step that serves a version wins.
 *
 * A canary sends `percent` (0 to 100, two decimals) of keys to its candidate; the same key always gets the same
 * arm. Without a key the baseline is served. A yanked version is passed over, and the trail says so.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `CAPABILITY_NOT_FOUND`, `ALIAS_NOT_FOUND`, `VERSION_NOT_FOUND`,
 * `TARGETING_KEY_MISSING`, `NO_VERSION`, `STATE_INVALID`
 */
export function resolve(catalog: Catalog, request: ResolveRequest): Resolution {
  assertStateReadable(catalog);
  const link =
    request.capability === undefined ? undefined : linkedPrompt(catalog, request.capability, request);
  const prompt = findPrompt(catalog, link?.name ?? request.name ?? "");
  const decision = new Decision(catalog, prompt, link?.trail ?? []);
  const alias = request.selector?.kind === "alias" ? request.selector.alias : request.alias;
  return (
    emergency(decision, alias) ??
    pinned(decision, request) ??
    override(decision, request) ??
    aliased(decision, request, alias) ??
    decision.nothingLeft()
  );
}

function emergency(decision: Decision, alias: string | undefined): Resolution | undefined {
  for (const [id, entry] of Object.entries(decision.catalog.state.emergencies ?? {}).sort()) {
    if (entry.status !== "active" || entry.prompt !== decision.name) continue;
    const asked = alias ?? decision.catalog.state.project?.default_alias;
    if (entry.alias !== undefined && entry.alias !== asked) {
      decision.pass("emergency", `${id} is open for alias ${entry.alias} only`);
      continue;
    }
    const detail = `emergency ${id} is open: ${entry.label ?? entry.reason ?? "no label"}`;
    const served = decision.serve(entry.serve, {
      step: "emergency",
      rule: `emergency.${id}`,
      reason: "STATIC",
      detail,
      path: ["emergencies", id],
      alias: entry.alias ?? null,
    });
    if (served) return served;
  }
  return undefined;
}

function pinned(decision: Decision, { selector }: ResolveRequest): Resolution | undefined {
  if (selector === undefined || selector.kind === "alias" || selector.kind === "default") return undefined;
  const { prompt, name } = decision;
  if (selector.kind === "version") {
    const { version } = selector;
    decision.requireVersion(version);
    const served = decision.serve(version, {
      step: "pinned",
      rule: "pinned",
      reason: "STATIC",
      detail: `the caller asks for ${version}`,
    });
    return served ?? decision.nothingLeft();
  }
  if (selector.kind === "latest") {
    const newest = newestVersion(prompt)?.version ?? "";
    const served = decision.serve(newest, {
      step: "pinned",
      rule: "pinned",
      reason: "STATIC",
      detail: "the caller asks for the newest version",
    });
    return served ?? decision.nothingLeft();
  }
  const matches = rangeMatcher(selector.range) ?? (() => false);
  for (const { version } of [...prompt.versions].reverse().filter((it) => matches(it.version))) {
    if (entryOf(decision.state.deprecations, version) !== undefined) {
      decision.pass("pinned", `${version} is deprecated: ranges pass it over`);
      continue;
    }
    const detail = `${version} is the newest in the range ${selector.range}`;
    const served = decision.serve(version, { step: "pinned", rule: "pinned", reason: "STATIC", detail });
    if (served) return served;
  }
  throw new PromptSyncError("NO_VERSION", `no version of \`${name}\` is in the range \`${selector.range}\``, {
    hint: `it has ${prompt.versions.map((it) => it.version).join(", ")}; pre-releases, deprecated and yanked versions are passed over`,
  });
}

function override(decision: Decision, { scopes = {} }: ResolveRequest): Resolution | undefined {
  for (const scope of decision.catalog.state.project?.scopes ?? defaultScopes) {
    const id = entryOf(scopes, scope);
    if (id === undefined) continue;
    const entry = entryOf(entryOf(decision.state.overrides, scope), id);
    if (entry === undefined) {
      decision.pass("override", `${scope} ${id} has no version of its own`);
      continue;
    }
    const served = decision.serve(entry.serve, {
      step: "override",
      rule: `override.${scope}`,
      reason: "TARGETING_MATCH",
      detail: `${scope} ${id} has its own version`,
      path: decision.path("overrides", scope, id),
    });
    if (served) return served;
  }
  return undefined;
}

/** Steps 6 to 11: the alias or the tenant's, the rules, the canary, the default. */
function aliased(
  decision: Decision,
  request: ResolveRequest,
  asked: string | undefined,
): Resolution | undefined {
  const { state, name } = decision;
  const alias = asked ?? decision.catalog.state.project?.default_alias;
  const tenant = request.tenant === undefined ? undefined : entryOf(state.tenants, request.tenant);
  const tenantArm = alias === undefined ? undefined : entryOf(tenant?.aliases, alias);
  const arm = alias === undefined ? undefined : entryOf(state.aliases, alias);
  if (asked !== undefined && arm === undefined && tenantArm === undefined) {
    const known = Object.keys(state.aliases ?? {}).sort();
    const guess = didYouMean(asked, known);
    const list = known.length === 0 ? "it has no aliases" : `it has ${known.join(", ")}`;
    throw new PromptSyncError("ALIAS_NOT_FOUND", `prompt \`${name}\` has no alias \`${asked}\``, {
      hint: `${guess === "" ? "" : `${guess} `}${list}; \`promptsync alias set ${asked} ${name}\` makes one`,
    });
  }
  if (alias !== undefined && request.tenant !== undefined) {
    if (tenantArm !== undefined) {
      const path = decision.path("tenants", request.tenant, "aliases", alias);
      const served = throughCanary(decision, tenantArm, { request, alias, path, tenant: request.tenant });
      if (served) return served;
    } else decision.pass("tenant", `tenant ${request.tenant} has no ${alias} of its own`);
  }
  const served = targeted(decision, request, alias ?? null);
  if (served) return served;
  if (alias !== undefined && arm !== undefined) {
    const served = throughCanary(decision, arm, { request, alias, path: decision.path("aliases", alias) });
    if (served) return served;
  } else if (alias !== undefined) decision.pass("alias", `the prompt has no alias ${alias}`);
  if (state.default === undefined) return undefined;
  return decision.serve(state.default, {
    step: "default",
    rule: "default",
    reason: "DEFAULT",
    detail: `the default version is ${state.default}`,
    path: decision.path("default"),
  });
}

function targeted(decision: Decision, request: ResolveRequest, alias: string | null): Resolution | undefined {
  const rules = Object.entries(decision.state.rules ?? {});
  rules.sort(([a, one], [b, other]) => (one.order ?? 0) - (other.order ?? 0) || (a < b ? -1 : 1));
  for (const [id, rule] of rules) {
    if (!holds(rule.when, request)) {
      decision.pass("rule", `rule ${id} does not hold`);
      continue;
    }
    const served = decision.serve(rule.serve, {
      step: "rule",
      rule: `rule.${id}`,
      reason: "TARGETING_MATCH",
      detail: `rule ${id} holds`,
      path: decision.path("rules", id),
      alias,
    });
    if (served) return served;
  }
  return undefined;
}

interface ArmContext {
  readonly request: ResolveRequest;
  readonly alias: string;
  readonly path: readonly string[];
  readonly tenant?: string;
}

/** Serves an arm: its canary's side for the caller's key, else what it serves to all. */
function throughCanary(decision: Decision, arm: Arm, context: ArmContext): Resolution | undefined {
  const { request, alias, path, tenant } = context;
  const whose = tenant === undefined ? `alias ${alias}` : `tenant ${tenant}'s ${alias}`;
  const base = { path, alias, ...(tenant === undefined ? {} : { rule: `tenant.${tenant}` }) };
  const { canary } = arm;
  const percent = canary?.state === "running" && request.respectCanary !== false ? canary.percent : 0;
  if (canary !== undefined && percent > 0) {
    if (percent < 100 && request.key === undefined) {
      if (decision.catalog.state.project?.on_missing_key === "error") {
        throw new PromptSyncError(
          "TARGETING_KEY_MISSING",
          `${whose} of \`${decision.name}\` runs a canary and no key was given`,
          {
            hint: "pass the key that users are split by: `--key <id>`",
          },
        );
      }
      const detail = `canary at ${percent} %, no key: the baseline`;
      const rule = base.rule ?? "canary.no_key";
      const served = decision.serve(arm.serve, {
        ...base,
        step: "canary",
        rule,
        reason: "DEFAULT",
        detail,
        arm: "baseline",
      });
      if (served) return served;
    } else {
      const place = request.key === undefined ? null : bucket(canary.seed, request.key);
      const isCandidate = percent >= 100 || (place !== null && isWithin(place, percent));
      const side = isCandidate ? "candidate" : "baseline";
      const detail =
        percent >= 100
          ? "canary at 100 %"
          : `canary at ${percent} %, key ${request.key ?? ""} is in bucket ${place ?? ""} of 10000`;
      const rule = base.rule ?? `canary.${side}`;
      const hit = { ...base, step: "canary", rule, detail, arm: side, bucket: place } as const;
      const served = decision.serve(isCandidate ? canary.serve : arm.serve, {
        ...hit,
        reason: percent < 100 ? "SPLIT" : "STATIC",
      });
      if (served) return served;
    }
  } else if (canary !== undefined)
    decision.pass("canary", `canary of ${canary.serve} is ${canary.state} at ${canary.percent} %`);
  return decision.serve(arm.serve, {
    ...base,
    step: tenant === undefined ? "alias" : "tenant",
    rule: base.rule ?? "alias",
    reason: tenant === undefined ? "STATIC" : "TARGETING_MATCH",
    detail: `${whose} serves ${arm.serve}`,
  });
}
