import type { Finding, Severity } from "../core/finding.js";
import { globMatcher } from "../core/glob.js";
import { isJsonObject, type JsonValue } from "../core/json.js";
import { didYouMean } from "../core/suggest.js";
import { newestVersion, type Catalog } from "../core/catalog.js";
import { compareVersions, isVersion } from "../core/version.js";
import { isDate } from "../core/date.js";
import { dayAfter } from "../core/day.js";

/** Somebody's reason to live with a finding. */
export interface ActiveWaiver {
  readonly rule: string;
  /** A prompt, a glob of paths or a fingerprint. */
  readonly target: string;
  readonly reason: string;
  readonly owner?: string;
  /** The last day it holds. */
  readonly expires?: string;
  /** The version of the prompt with which it ends. */
  readonly until?: string;
}

/** A waiver as written, and why it does not hold, if it does not. */
export interface ReadWaiver {
  readonly index: number;
  readonly waiver: ActiveWaiver | undefined;
  /** What is wrong with how it is written. */
  readonly problem?: { readonly message: string; readonly hint: string; readonly severity?: Severity };
  /** Its last day is over, or the version it waited for is there. */
  readonly lapsed: boolean;
}

const placeholder = /^(todo|tbd|fixme|n\/a|none|because|reason|temporary|wip|test)\.?$/i;

/** Reads the waivers of a registry; `ruleIds` are the rules there are, `horizon` the days that a waiver may hold. */
export function readWaivers(
  catalog: Pick<Catalog, "state" | "prompts">,
  {
    ruleIds,
    today,
    horizon,
  }: { readonly ruleIds: readonly string[]; readonly today: string; readonly horizon: number },
): ReadWaiver[] {
  return (catalog.state.waivers ?? []).map((entry, index): ReadWaiver => {
    const waiver = asWaiver(entry);
    const problem = problemOf(waiver, `waiver ${index + 1}`, ruleIds);
    if (problem !== undefined) return { index, waiver: undefined, problem, lapsed: false };
    const lapsed =
      (waiver.expires !== undefined && waiver.expires.slice(0, 10) < today) || hasCome(catalog, waiver);
    const last = dayAfter(today, horizon);
    if (waiver.expires === undefined || waiver.expires.slice(0, 10) <= last) return { index, waiver, lapsed };
    const message = `waiver ${index + 1} holds until ${waiver.expires}, more than ${horizon} days`;
    return {
      index,
      waiver,
      lapsed,
      problem: { message, hint: `set ${last} or earlier`, severity: "warning" },
    };
  });
}

function asWaiver(entry: JsonValue): ActiveWaiver {
  const text = (key: string): string | undefined => textOf(isJsonObject(entry) ? entry[key] : undefined);
  const optional = (["owner", "expires", "until"] as const).flatMap((key) => {
    const value = text(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const [rule = "", target = "", reason = ""] = [text("rule"), text("target"), text("reason")];
  return { rule, target, reason, ...Object.fromEntries(optional) };
}

/** What is wrong with how a waiver is written: it then does not hold at all. */
function problemOf(
  { rule, target, reason, expires, until }: ActiveWaiver,
  nth: string,
  ruleIds: readonly string[],
): ReadWaiver["problem"] {
  if (!ruleIds.includes(rule))
    return {
      message: `${nth} names no rule: \`${rule}\``,
      hint: didYouMean(rule, ruleIds) || "`promptsync explain` lists the rules",
    };
  if (target === "")
    return { message: `${nth} has no target`, hint: "name a prompt, a path or a fingerprint" };
  if (!isReason(reason))
    return { message: `${nth} has no reason`, hint: "say in a sentence why this is fine" };
  if (expires !== undefined && !isDate(expires))
    return {
      message: `${nth} expires on \`${expires}\`, which is no date`,
      hint: "write `expires: 2027-01-31`",
    };
  if (until !== undefined && !isVersion(until))
    return {
      message: `${nth} holds until \`${until}\`, which is no version`,
      hint: 'write `until: "2.0.0"`',
    };
  if (/[*?]/.test(target) && expires === undefined)
    return { message: `${nth} waives a pattern for ever`, hint: "add `expires:`" };
  if (!rule.startsWith("immutable-") || isFingerprint(target)) return undefined;
  return {
    message: `${nth} waives ${rule} for more than one finding`,
    hint: "name the finding's fingerprint: `promptsync validate --json` has it",
  };
}

/** Says whether a text is a reason and no word that stands for one. */
function isReason(text: string): boolean {
  return text.length >= 10 && !placeholder.test(text);
}

/** The version is there that the waiver waited for. */
function hasCome({ prompts }: Pick<Catalog, "prompts">, { target, until }: ActiveWaiver): boolean {
  const prompt = until === undefined ? undefined : prompts.get(target);
  const newest = prompt === undefined ? undefined : newestVersion(prompt)?.version;
  return until !== undefined && newest !== undefined && compareVersions(newest, until) >= 0;
}

/** The waiver that covers a finding, if one does. */
export function matchingWaiver(
  finding: Finding & { readonly fingerprint: string },
  waivers: readonly ActiveWaiver[],
): ActiveWaiver | undefined {
  return waivers.find(({ rule, target }) => {
    if (rule !== finding.rule) return false;
    if (isFingerprint(target)) return target === finding.fingerprint;
    return target === finding.prompt || globMatcher(target)(finding.file);
  });
}

function isFingerprint(target: string): boolean {
  return /^[0-9a-f]{16}$/.test(target);
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
