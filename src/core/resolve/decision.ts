import { stateOf, type Catalog, type CatalogPrompt } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { entryOf, type Arm, type Deprecation, type PromptState } from "../state/state.js";
import { nearest } from "../suggest.js";
import type { Reason, Resolution, ResolveRequest, TrailLine } from "./resolution.js";

/** A step that wants to serve a version. */
export interface Hit {
  readonly step: string;
  readonly rule: string;
  readonly reason: Reason;
  readonly detail: string;
  readonly path?: readonly string[];
  readonly alias?: string | null;
  readonly arm?: "baseline" | "candidate";
  readonly bucket?: number | null;
}

/** One step of a decision: serves a version, or returns undefined and the next step has its turn. */
export type Step = (decision: Decision) => Resolution | undefined;

/** A decision in the making: the request, the prompt it is about, and what was tried. */
export class Decision {
  readonly name: string;
  readonly state: PromptState;
  /** The alias that the caller names. */
  readonly askedAlias: string | undefined;
  /** The alias that the caller names, else the project's default alias, whether the prompt has it or not. */
  readonly alias: string | undefined;
  readonly #trail: TrailLine[];

  constructor(
    readonly catalog: Catalog,
    readonly prompt: CatalogPrompt,
    readonly request: ResolveRequest,
    trail: readonly TrailLine[] = [],
  ) {
    this.name = prompt.name;
    this.state = stateOf(catalog, prompt.name);
    this.askedAlias = request.selector?.kind === "alias" ? request.selector.alias : request.alias;
    this.alias = this.askedAlias ?? catalog.state.project?.default_alias;
    this.#trail = [...trail];
  }

  /** The prompt's own block of the alias. */
  get aliasArm(): Arm | undefined {
    return this.alias === undefined ? undefined : entryOf(this.state.aliases, this.alias);
  }

  /** The tenant's block of the alias. */
  get tenantArm(): Arm | undefined {
    const { tenant } = this.request;
    if (tenant === undefined || this.alias === undefined) return undefined;
    return entryOf(entryOf(this.state.tenants, tenant)?.aliases, this.alias);
  }

  /** The path of an entry in the prompt's block of the state. */
  path(...steps: string[]): readonly string[] {
    return ["prompts", this.name, ...steps];
  }

  /** Notes a step that does not decide; `path` is the entry that says so. */
  pass(step: string, detail: string, path?: readonly string[]): void {
    this.#trail.push(
      path === undefined ? { step, matched: false, detail } : { step, matched: false, detail, path },
    );
  }

  /**
   * Serves a version, unless it is yanked: then the next step has its turn.
   * @throws PromptSyncError `VERSION_NOT_FOUND` when the prompt has no such version
   */
  serve(version: string, hit: Hit): Resolution | undefined {
    const yanked = entryOf(this.state.yanked, version);
    if (yanked !== undefined) {
      const why = yanked.reason ?? "no reason given";
      this.pass(hit.step, `${hit.detail}, but ${version} is yanked: ${why}`, this.path("yanked", version));
      return undefined;
    }
    this.requireVersion(version, hit.path);
    const { step, detail, path } = hit;
    const line: TrailLine =
      path === undefined ? { step, matched: true, detail } : { step, matched: true, detail, path };
    return {
      name: this.name,
      version,
      alias: hit.alias ?? null,
      reason: hit.reason,
      rule: hit.rule,
      arm: hit.arm ?? null,
      bucket: hit.bucket ?? null,
      deprecated: inFixedOrder(entryOf(this.state.deprecations, version)),
      trail: [...this.#trail, line],
    };
  }

  /** @throws PromptSyncError `VERSION_NOT_FOUND` when the prompt has no such version */
  requireVersion(version: string, path?: readonly string[]): void {
    for (const known of this.prompt.versions) if (known.version === version) return;
    const versions = this.prompt.versions.map((it) => it.version);
    const removed = entryOf(this.state.removed, version);
    const guess = nearest(version, versions);
    const by = path === undefined ? "" : `, which \`${path.join(".")}\` asks for`;
    throw new PromptSyncError(
      "VERSION_NOT_FOUND",
      `prompt \`${this.name}\` has no version \`${version}\`${by}`,
      {
        hint: removed
          ? `it was removed${removed.replacement ? `; \`${this.name}@${removed.replacement}\` replaces it` : ""}`
          : `${guess === undefined ? "" : `did you mean \`${guess}\`? `}it has ${versions.join(", ")}`,
      },
    );
  }

  /** @throws PromptSyncError `NO_VERSION`, always: no step served a version */
  nothingLeft(): never {
    const yanked = this.#trail.findLast((line) => line.detail.includes(" is yanked"));
    throw new PromptSyncError("NO_VERSION", `nothing of \`${this.name}\` is left to serve`, {
      hint: yanked?.detail ?? `\`promptsync default set ${this.name}@<version>\` gives it a default`,
    });
  }
}

/** The order of keys in the file must not show in the answer. */
function inFixedOrder(entry: Deprecation | undefined): Deprecation | null {
  if (entry === undefined) return null;
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}
