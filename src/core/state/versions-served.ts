import type { ById, State } from "./state.js";

/** A place in the state that names a version. */
export interface NamedVersion {
  readonly prompt: string;
  readonly version: string;
  /** The entry that holds the version. */
  readonly path: readonly string[];
  /** Whether a caller may get the version through this entry; a replacement or a yanked number is only named. */
  readonly isServed: boolean;
}

/** Every version that a state names, with the place. */
export function* versionsServed(state: State): Iterable<NamedVersion> {
  for (const [prompt, block] of entries(state.prompts)) {
    const at = (...path: string[]): readonly string[] => ["prompts", prompt, ...path];
    const served = (version: string, ...path: string[]): NamedVersion => ({
      prompt,
      version,
      path: at(...path),
      isServed: true,
    });
    const named = (version: string, ...path: string[]): NamedVersion => ({
      prompt,
      version,
      path: at(...path),
      isServed: false,
    });
    if (block.default !== undefined) yield served(block.default, "default");
    if (block.recommended !== undefined) yield named(block.recommended, "recommended");
    for (const [alias, arm] of entries(block.aliases)) {
      yield served(arm.serve, "aliases", alias, "serve");
      if (arm.canary) yield served(arm.canary.serve, "aliases", alias, "canary", "serve");
    }
    for (const [id, rule] of entries(block.rules)) yield served(rule.serve, "rules", id, "serve");
    for (const [tenant, { aliases }] of entries(block.tenants)) {
      for (const [alias, arm] of entries(aliases)) {
        yield served(arm.serve, "tenants", tenant, "aliases", alias, "serve");
        if (arm.canary)
          yield served(arm.canary.serve, "tenants", tenant, "aliases", alias, "canary", "serve");
      }
    }
    for (const [scope, ids] of entries(block.overrides)) {
      for (const [id, { serve }] of entries(ids)) yield served(serve, "overrides", scope, id, "serve");
    }
    for (const [version, { replacement }] of entries(block.deprecations)) {
      yield { prompt, version, path: at("deprecations", version), isServed: false };
      if (replacement !== undefined) yield named(replacement, "deprecations", version, "replacement");
    }
    for (const version of Object.keys(block.yanked ?? {})) yield named(version, "yanked", version);
  }
  for (const [id, emergency] of entries(state.emergencies)) {
    const isServed = emergency.status === "active";
    yield {
      prompt: emergency.prompt,
      version: emergency.serve,
      path: ["emergencies", id, "serve"],
      isServed,
    };
  }
}

/** How a message calls the entry that names a version: `prompts.refund.aliases.production`. */
export function entryLabel(path: readonly string[]): string {
  return (path.at(-1) === "serve" ? path.slice(0, -1) : path).join(".");
}

function entries<T>(map: ById<T> | undefined): [string, T][] {
  return Object.entries(map ?? {});
}
