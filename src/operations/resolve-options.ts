import type { Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { requireScope } from "../core/resolve/known-scope.js";
import { parseReference } from "../core/reference.js";
import type { ResolveRequest } from "../core/resolve/resolution.js";
import type { Workspace } from "../store/workspace.js";
import type { Context, OptionSpec } from "./operation.js";
import { skewNote } from "./text/skew-note.js";

/** What decides which version is served, as the command line says it. */
export interface ResolveInput {
  readonly ref?: string;
  readonly alias?: string;
  readonly tenant?: string;
  readonly key?: string;
  readonly flag?: readonly string[];
  readonly tag?: readonly string[];
  readonly scope?: readonly string[];
  readonly capability?: string;
  readonly at?: string;
}

/** The options of every command that resolves a reference. */
export const resolveOptions: readonly OptionSpec[] = [
  { flags: "--alias <alias>", summary: "Ask for what this alias serves" },
  { flags: "--tenant <tenant>", summary: "Ask as this tenant" },
  { flags: "--key <key>", summary: "Split canaries by this key, such as a user id" },
  { flags: "--flag <flag[=value]>", summary: "Set a feature flag", repeatable: true },
  { flags: "--tag <tag=value>", summary: "Set a tag, such as locale=zh", repeatable: true },
  { flags: "--scope <scope=id>", summary: "Ask inside this scope, such as chat=chat-8842", repeatable: true },
  { flags: "--capability <capability>", summary: "Ask for the prompt that does this, instead of naming one" },
  { flags: "--at <when>", summary: "Answer as of a commit, tag, branch or date" },
];

/**
 * The request that the options stand for.
 * @throws PromptSyncError `USAGE`, `REFERENCE_INVALID`, `NAME_INVALID`
 */
export function toRequest(input: ResolveInput): ResolveRequest {
  if (input.ref === undefined && input.capability === undefined) {
    throw new PromptSyncError("USAGE", "no prompt was named", {
      hint: "name one, such as `qualify-lead@production`, or a capability with `--capability`",
    });
  }
  const reference = input.ref === undefined ? undefined : parseReference(input.ref);
  if (
    reference?.selector.kind === "alias" &&
    input.alias !== undefined &&
    input.alias !== reference.selector.alias
  ) {
    throw new PromptSyncError(
      "USAGE",
      `the reference asks for \`${reference.selector.alias}\` and --alias for \`${input.alias}\``,
      {
        hint: "name the alias once",
      },
    );
  }
  return {
    ...reference,
    ...(input.capability === undefined ? {} : { capability: input.capability }),
    ...(input.alias === undefined ? {} : { alias: input.alias }),
    ...(input.tenant === undefined ? {} : { tenant: input.tenant }),
    ...(input.key === undefined ? {} : { key: input.key }),
    flags: flagValues(input.flag),
    tags: pairs(input.tag, "--tag"),
    scopes: pairs(input.scope, "--scope"),
  };
}

/** What a request is answered from. */
export interface Answering {
  /** Holds what decides about the prompt that the request names, or more. */
  readonly catalog: Catalog;
  /** Everything, for what that prompt names in turn. */
  readonly whole: () => Promise<Catalog>;
}

/** The catalog that a request about one prompt is answered from; see {@link catalogFor} for one of the past. */
export async function answeringFor(
  workspace: Workspace,
  { name, scopes = {} }: Pick<ResolveRequest, "name" | "scopes">,
  at: string | undefined,
  context: Pick<Context, "note">,
): Promise<Answering> {
  const isNamed = name !== undefined;
  const catalog =
    isNamed && at === undefined
      ? await workspace.catalogAbout(name)
      : await catalogFor(workspace, at, { note: context.note, about: name });
  for (const scope of Object.keys(scopes)) requireScope(catalog, scope);
  const whole = at === undefined ? workspace.catalog : () => workspace.catalogAt(at);
  return { catalog, whole: isNamed ? whole : () => Promise.resolve(catalog) };
}

/** The catalog that a request is answered from; says so when clocks that had gone back chose it. `about`: see `catalogAt`. */
export async function catalogFor(
  workspace: Workspace,
  at: string | undefined,
  { note, about }: Pick<Context, "note"> & { readonly about?: string | undefined },
): Promise<Catalog> {
  if (at === undefined) return workspace.catalog();
  const catalog = await workspace.catalogAt(at, about);
  for (const skewed of catalog.origin.skewed ?? []) note(skewNote(skewed));
  return catalog;
}

/**
 * Reads `key=value` pairs; `otherwise` is the value of a bare key.
 * @throws PromptSyncError `USAGE`
 */
export function pairs(
  list: readonly string[] = [],
  option: string,
  otherwise?: string,
): Record<string, string> {
  const entries = list.map((text): [string, string] => {
    const at = text.indexOf("=");
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    if (at < 0 && otherwise !== undefined && text !== "") return [text, otherwise];
    throw new PromptSyncError("USAGE", `\`${text}\` is no pair`, { hint: `write ${option} name=value` });
  });
  return Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(entries));
}

/**
 * Reads flags: `f`, `f=true`, `f=3` or `f=text`.
 * @throws PromptSyncError `USAGE`
 */
export function flagValues(list: readonly string[] = []): Record<string, boolean | number | string> {
  const given = Object.entries(pairs(list, "--flag", "true"));
  return Object.fromEntries(given.map(([flag, value]) => [flag, flagValue(value)]));
}

function flagValue(text: string): boolean | number | string {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
