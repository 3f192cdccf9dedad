import { assertStateReadable, type Catalog } from "../core/catalog.js";
import { checkDate, dayAfter, dayOf, daysBetween } from "../core/day.js";
import { PromptSyncError } from "../core/errors.js";
import type { Finding } from "../core/finding.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { oneLine, type Words } from "./commit-message.js";
import { planChanges, type PlannedChanges } from "./state-change.js";

/** What `waive` asks for. */
export interface WaiveRequest extends Words {
  readonly finding: Pick<Finding, "rule" | "prompt" | "version"> & { readonly fingerprint: string };
  readonly reason: string;
  /** The last day; 30 days from now when left out, sooner when the horizon is. */
  readonly expires?: string | undefined;
  /** Days that a waiver may hold. */
  readonly horizon: number;
  readonly owner: string;
}

/**
 * Plans to live with one finding for a while. A waiver that is there for it already is renewed.
 * @throws PromptSyncError `USAGE` for a reason that is none and a day that is past or too far away
 */
export function planWaive(catalog: Catalog, request: WaiveRequest, now: Date): PlannedChanges {
  assertStateReadable(catalog);
  const { finding, owner, horizon } = request;
  const { rule, fingerprint: target, prompt, version } = finding;
  const reason = oneLine(request.reason, "--reason");
  if (reason.length < 10)
    throw new PromptSyncError("USAGE", `\`${reason}\` is too short for a reason`, {
      hint: "say in a sentence why this is fine",
    });
  const expires = checkDate(request.expires ?? dayAfter(now, Math.min(30, horizon)));
  const days = daysBetween(now, expires);
  if (days < 0 || days > horizon)
    throw new PromptSyncError("USAGE", `a waiver cannot end on ${expires}`, {
      hint: `choose a day from ${dayOf(now)} to ${dayAfter(now, horizon)}`,
    });
  const waivers: readonly JsonValue[] = catalog.state.waivers ?? [];
  const others = (catalog.state.waivers ?? []).filter((it) => it["rule"] !== rule || it["target"] !== target);
  const waiver = { rule, target, reason, owner, expires };
  const value = [...others, waiver];
  const isAsAsked = waivers.some((it) => jsonEquals(it, waiver));
  const change = {
    action: waivers.length === value.length ? "waive-renew" : "waive",
    prompt,
    alias: null,
    from: null,
    to: target,
    field: rule,
    ...(version === null ? {} : { version }),
  };
  const about = prompt === null ? rule : `${rule} of ${prompt}`;
  return planChanges(
    catalog,
    {
      subject: `waive ${about} until ${expires}`,
      changes: isAsAsked ? [] : [change],
      edits: [{ path: ["waivers"], value }],
    },
    { ...request, reason },
  );
}
