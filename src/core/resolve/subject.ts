import { stateOf, type Catalog, type CatalogPrompt } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { entryOf, type Arm, type ById, type PromptState } from "../state/state.js";
import { nearest } from "../suggest.js";

/** What a decision is about: a prompt of a catalog, and the alias that it is asked for by. */
export class Subject {
  readonly name: string;
  readonly state: PromptState;
  /** The alias that the caller names, else the project's default alias, whether the prompt has it or not. */
  readonly alias: string | undefined;
  /** The prompt's own block of the alias. */
  readonly arm: Arm | undefined;

  constructor(
    readonly catalog: Catalog,
    readonly prompt: CatalogPrompt,
    /** The alias that the caller names. */
    readonly askedAlias: string | undefined,
  ) {
    this.name = prompt.name;
    this.state = stateOf(catalog, prompt.name);
    this.alias = askedAlias ?? catalog.state.project?.default_alias;
    this.arm = this.#armIn(this.state.aliases);
  }

  /** A tenant's own block of the alias. */
  armOf(tenant: string): Arm | undefined {
    return this.#armIn(entryOf(this.state.tenants, tenant)?.aliases);
  }

  /** Whether the prompt or one of its tenants has the alias: there are only so many of these. */
  get isKnownAlias(): boolean {
    if (this.arm !== undefined) return true;
    return Object.values(this.state.tenants ?? {}).some(({ aliases }) => this.#armIn(aliases) !== undefined);
  }

  #armIn(aliases: ById<Arm> | undefined): Arm | undefined {
    return this.alias === undefined ? undefined : entryOf(aliases, this.alias);
  }

  /** The path of an entry in the prompt's block of the state. */
  path(...steps: string[]): readonly string[] {
    return ["prompts", this.name, ...steps];
  }

  has(version: string): boolean {
    return this.prompt.versions.some((it) => it.version === version);
  }

  isYanked(version: string): boolean {
    return entryOf(this.state.yanked, version) !== undefined;
  }

  canServe(version: string): boolean {
    return this.has(version) && !this.isYanked(version);
  }

  /** The error for a version that the prompt does not have; `path` is the entry that asks for it. */
  unknownVersion(version: string, path?: readonly string[]): PromptSyncError {
    const versions = this.prompt.versions.map((it) => it.version);
    const removed = entryOf(this.state.removed, version);
    const guess = nearest(version, versions);
    const by = path === undefined ? "" : `, which \`${path.join(".")}\` asks for`;
    return new PromptSyncError(
      "VERSION_NOT_FOUND",
      `prompt \`${this.name}\` has no version \`${version}\`${by}`,
      {
        hint: removed
          ? `it was removed${removed.replacement ? `; \`${this.name}@${removed.replacement}\` replaces it` : ""}`
          : `${guess === undefined ? "" : `did you mean \`${guess}\`? `}it has ${versions.join(", ")}`,
      },
    );
  }
}
