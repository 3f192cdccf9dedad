import { stateOf, type Catalog, type CatalogPrompt } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { entryOf, type PromptState } from "../state/state.js";
import { nearest } from "../suggest.js";
import type { Reason, Resolution, TrailLine } from "./resolution.js";

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

/** A decision in the making: what was tried, and the prompt it is about. */
export class Decision {
  readonly name: string;
  readonly state: PromptState;
  readonly #trail: TrailLine[];

  constructor(
    readonly catalog: Catalog,
    readonly prompt: CatalogPrompt,
    trail: readonly TrailLine[],
  ) {
    this.name = prompt.name;
    this.state = stateOf(catalog, prompt.name);
    this.#trail = [...trail];
  }

  /** The path of an entry in the prompt's block of the state. */
  path(...steps: string[]): readonly string[] {
    return ["prompts", this.name, ...steps];
  }

  /** Notes a step that does not decide. */
  pass(step: string, detail: string): void {
    this.#trail.push({ step, matched: false, detail });
  }

  /** Serves a version, unless it is yanked or missing: then the next step has its turn. */
  serve(version: string, hit: Hit): Resolution | undefined {
    const yanked = entryOf(this.state.yanked, version);
    if (yanked !== undefined) {
      this.pass(hit.step, `${hit.detail}, but ${version} is yanked: ${yanked.reason ?? "no reason given"}`);
      return undefined;
    }
    this.requireVersion(version, hit.path);
    const { step, detail, path } = hit;
    return {
      name: this.name,
      version,
      alias: hit.alias ?? null,
      reason: hit.reason,
      rule: hit.rule,
      arm: hit.arm ?? null,
      bucket: hit.bucket ?? null,
      deprecated: entryOf(this.state.deprecations, version) ?? null,
      trail: [...this.#trail, { step, matched: true, detail, ...(path === undefined ? {} : { path }) }],
    };
  }

  /** @throws PromptSyncError `VERSION_NOT_FOUND` when the prompt has no such version */
  requireVersion(version: string, path?: readonly string[]): void {
    const versions = this.prompt.versions.map((it) => it.version);
    if (versions.includes(version)) return;
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
    const yanked = this.#trail.filter((line) => line.detail.includes(" is yanked")).at(-1);
    throw new PromptSyncError("NO_VERSION", `nothing of \`${this.name}\` is left to serve`, {
      hint: yanked?.detail ?? `\`promptsync default set ${this.name}@<version>\` gives it a default`,
    });
  }
}
