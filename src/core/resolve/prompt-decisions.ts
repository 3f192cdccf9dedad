import { findPrompt, type Catalog, type CatalogPrompt } from "../catalog.js";
import type { Decision, Step } from "./decision.js";
import { nothingLeft } from "./nothing-left.js";
import { servesAlias } from "./steps/alias.js";
import { servesDefault } from "./steps/default.js";
import { servesEmergency } from "./steps/emergency.js";
import { refusesUnknownAlias } from "./steps/known-alias.js";
import { servesOverride } from "./steps/override.js";
import { servesPinned } from "./steps/pinned.js";
import { servesRule } from "./steps/rule.js";
import { servesTenant } from "./steps/tenant.js";
import { Subject } from "./subject.js";

/** What is tried, in this order. */
const steps: readonly Step[] = [
  servesEmergency,
  servesPinned,
  servesOverride,
  refusesUnknownAlias,
  servesTenant,
  servesRule,
  servesAlias,
  servesDefault,
];

/**
 * The decisions about a prompt, one for each alias and one for callers who name none; each is compiled when it is first
 * asked for, and kept.
 */
export class PromptDecisions {
  readonly #catalog: Catalog;
  readonly #prompt: CatalogPrompt;
  #unnamed: Decision | undefined;
  readonly #byAlias = new Map<string, Decision>();

  /** @throws PromptSyncError `PROMPT_NOT_FOUND` */
  constructor(catalog: Catalog, name: string) {
    this.#catalog = catalog;
    this.#prompt = findPrompt(catalog, name);
  }

  /** The decision for callers who name this alias, or none. */
  for(alias: string | undefined): Decision {
    if (alias === undefined) return (this.#unnamed ??= this.#compile(undefined).decision);
    const there = this.#byAlias.get(alias);
    if (there !== undefined) return there;
    const { decision, isKnownAlias } = this.#compile(alias);
    // Callers could fill the memory with aliases that nobody has.
    if (isKnownAlias) this.#byAlias.set(alias, decision);
    return decision;
  }

  #compile(alias: string | undefined) {
    const subject = new Subject(this.#catalog, this.#prompt, alias);
    const decision = steps.reduceRight((next, step) => step(subject, next), nothingLeft(subject));
    return { decision, isKnownAlias: subject.isKnownAlias };
  }
}
