import type { Policy } from "./gate.js";
import { printSpan } from "./span.js";
import type { CheckVerdict } from "./verdict.js";

/** A commit as approvals are read from it. */
export interface ApprovedCommit {
  /** The author's address. */
  readonly email: string;
  /** The whole message. */
  readonly message: string;
}

/** What is known of a version when its policy is judged. */
export interface PolicyFacts {
  /** The commits that brought the version. */
  readonly commits: readonly ApprovedCommit[];
  /** Who approved according to the environment. */
  readonly approvals: readonly string[];
  /** What is wrong with the signatures; empty when all is signed. */
  readonly unsigned: readonly string[];
  /** ms that the alias of the soak has served the version. */
  readonly soaked: number;
}

type PolicyVerdict = Omit<CheckVerdict, "prompt" | "version" | "alias">;

/** Judges what a gate asks for beside its checks: one verdict for each thing that it asks for. */
export function judgePolicy(gate: string, policy: Policy, facts: PolicyFacts): PolicyVerdict[] {
  const verdicts: PolicyVerdict[] = [];
  const add = (name: string, verdict: Omit<PolicyVerdict, "gate" | "check" | "ok" | "seconds">): void => {
    verdicts.push({
      gate,
      check: `policy/${name}`,
      ok: verdict.reasons.length === 0,
      seconds: 0,
      ...verdict,
    });
  };
  if (policy.approvals > 0) {
    const approvers = approversOf(facts);
    const names = approvers.length === 0 ? "nobody" : approvers.join(", ");
    const asked = policy.approvals === 1 ? "1 approval is" : `${policy.approvals} approvals are`;
    const isEnough = approvers.length >= policy.approvals;
    add("approvals", {
      metrics: { approvals: approvers.length },
      threshold: { approvals: { min: policy.approvals } },
      reasons: isEnough ? [] : [`${asked} asked for, and ${names} approved`],
    });
  }
  if (policy.requireSignedCommit) {
    add("signed-commit", { metrics: {}, threshold: {}, reasons: facts.unsigned });
  }
  if (policy.minSoak > 0) {
    const [asked, is] = [policy.minSoak / 1000, Math.floor(facts.soaked / 1000)];
    const reason = `\`${policy.soakAlias}\` has served it for ${printSpan(facts.soaked)}, and ${printSpan(policy.minSoak)} are asked for`;
    add("min-soak", {
      metrics: { soak_seconds: is },
      threshold: { soak_seconds: { min: asked } },
      reasons: facts.soaked >= policy.minSoak ? [] : [reason],
    });
  }
  return verdicts;
}

/**
 * Who approved, each address once, sorted: the `Approved-by` and `Reviewed-by` trailers of the commits, and those
 * that the environment names. Who wrote one of the commits approves nothing.
 */
export function approversOf({ commits, approvals }: Pick<PolicyFacts, "commits" | "approvals">): string[] {
  const authors = new Set(commits.map(({ email }) => addressOf(email)));
  const named = [...commits.flatMap(({ message }) => approvalsIn(message)), ...approvals].map(addressOf);
  return [...new Set(named)].filter((address) => address !== "" && !authors.has(address)).sort();
}

function approvalsIn(message: string): string[] {
  const [, ...paragraphs] = message.trimEnd().split(/\n\n+/); // the subject is no trailer
  return [...(paragraphs.at(-1) ?? "").matchAll(/^(?:Approved|Reviewed)-by:[ \t]*(.+)$/gim)].map(
    ([, who = ""]) => who,
  );
}

/** `Ada <ada@example.com>` and `ADA@example.com` are one person. */
function addressOf(who: string): string {
  return (/<([^>]*)>/.exec(who)?.[1] ?? who).trim().toLowerCase();
}
