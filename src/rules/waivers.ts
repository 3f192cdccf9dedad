import type { Finding } from "../core/finding.js";
import { globMatcher } from "../core/glob.js";
import { isJsonObject, type JsonValue } from "../core/json.js";
import type { State } from "../core/state/state.js";

/** Somebody's reason to live with a finding. */
export interface ActiveWaiver {
  readonly rule: string;
  /** A prompt, a glob of paths or a fingerprint. */
  readonly target: string;
  readonly reason: string;
  readonly owner?: string;
  /** The last day it holds. */
  readonly expires?: string;
}

/** A waiver as written, and why it does not hold, if it does not. */
export interface ReadWaiver {
  readonly index: number;
  readonly waiver: ActiveWaiver | undefined;
  /** What is wrong with how it is written. */
  readonly problem?: { readonly message: string; readonly hint: string };
  /** Its last day is over. */
  readonly lapsed: boolean;
}

const placeholder = /^(todo|tbd|fixme|n\/a|none|because|reason|temporary|wip|test)\.?$/i;

/** Reads the waivers of a state; `ruleIds` are the rules there are. */
export function readWaivers(
  { waivers = [] }: State,
  { ruleIds, today }: { readonly ruleIds: readonly string[]; readonly today: string },
): ReadWaiver[] {
  return waivers.map((entry, index) => {
    const text = (key: string): string | undefined => textOf(isJsonObject(entry) ? entry[key] : undefined);
    const [rule, target, reason, owner, expires] = ["rule", "target", "reason", "owner", "expires"].map(text);
    const nth = `waiver ${index + 1}`;
    const wrong = (message: string, hint: string): ReadWaiver => ({
      index,
      waiver: undefined,
      problem: { message, hint },
      lapsed: false,
    });
    if (rule === undefined || !ruleIds.includes(rule))
      return wrong(`${nth} names no rule: \`${rule ?? ""}\``, "`promptsync explain` lists the rules");
    if (target === undefined || target === "")
      return wrong(`${nth} has no target`, "name a prompt, a path or a fingerprint");
    if (reason === undefined || reason.length < 10 || placeholder.test(reason))
      return wrong(`${nth} has no reason`, "say in a sentence why this is fine");
    if (expires !== undefined && Number.isNaN(Date.parse(expires)))
      return wrong(`${nth} expires on \`${expires}\`, which is no date`, "write `expires: 2027-01-31`");
    if (/[*?]/.test(target) && expires === undefined)
      return wrong(`${nth} waives a pattern for ever`, "add `expires:`");
    if (rule.startsWith("immutable-") && !isFingerprint(target))
      return wrong(
        `${nth} waives ${rule} for more than one finding`,
        "name the finding's fingerprint: `promptsync validate --json` has it",
      );
    const waiver = {
      rule,
      target,
      reason,
      ...(owner === undefined ? {} : { owner }),
      ...(expires === undefined ? {} : { expires }),
    };
    return { index, waiver, lapsed: expires !== undefined && expires.slice(0, 10) < today };
  });
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
