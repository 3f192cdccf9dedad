import type { ServedPrompt } from "./served-prompt.js";

/**
 * The prompts of an application. Empty here: `promptsync types --out prompts.d.ts` writes a file that adds them, and
 * from then on the compiler knows names, aliases and variables.
 *
 * ```ts
 * declare module "promptsync" {
 *   interface PromptRegistry {
 *     "qualify-lead": {
 *       variables: { company: string };                     // without an alias
 *       aliases: { production: { company: string } };       // for every version that the alias may serve
 *       versions: { "1.0.0": { company: string } };
 *     };
 *   }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is filled from outside
export interface PromptRegistry {}

type Known = keyof PromptRegistry & string;

/** The names of all prompts; any text while nothing is generated. */
export type PromptName = [Known] extends [never] ? string : Known;

type Part<Name extends string, Key extends string> = Name extends Known
  ? PromptRegistry[Name] extends Readonly<Record<Key, infer Value>>
    ? Value
    : never
  : never;

/** The aliases of a prompt. */
export type AliasOf<Name extends string> = [Known] extends [never]
  ? string
  : keyof Part<Name, "aliases"> & string;

/** What may be asked of a prompt: an alias, a version, or a range. */
export type SelectorOf<Name extends string> = [Known] extends [never]
  ? string
  : AliasOf<Name> | (keyof Part<Name, "versions"> & string) | "latest" | Range;

/** Ranges as people write them; `promptsync validate` knows the others. */
type Range =
  `^${string}` | `~${string}` | `>${string}` | `<${string}` | `${number}.x` | `${number}.${number}.x`;

/** A name, alone or with a selector: `qualify-lead`, `qualify-lead@production`. */
export type PromptReference = [Known] extends [never]
  ? string
  : { readonly [Name in Known]: Name | `${Name}@${SelectorOf<Name>}` }[Known];

type Anything = Readonly<Record<string, unknown>>;

type At<Entries, Key> = Key extends keyof Entries ? Entries[Key] : never;

type ForSelector<Name extends string, Selector extends string> = Selector extends unknown
  ? Selector extends AliasOf<Name>
    ? At<Part<Name, "aliases">, Selector>
    : Selector extends keyof Part<Name, "versions">
      ? At<Part<Name, "versions">, Selector>
      : Anything
  : never;

type Every<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer Intersection,
) => void
  ? Intersection
  : never;

/**
 * The variables that a caller has to pass, and may. With several names or selectors, what all of them need together;
 * without a selector, what the default alias or version needs.
 */
export type VariablesOf<Name extends string, Selector extends string = never> = [Known] extends [never]
  ? Anything
  : Every<[Selector] extends [never] ? Part<Name, "variables"> : ForSelector<Name, Selector>>;

type NameIn<Reference extends string> = Reference extends `${infer Name}@${string}` ? Name : Reference;
type SelectorIn<Reference extends string> = Reference extends `${string}@${infer Selector}`
  ? Selector
  : never;

/** The arguments of a call that renders: nothing has to be passed where nothing is required. */
export type RenderArguments<Variables> =
  Readonly<Record<never, never>> extends Variables ? [variables?: Variables] : [variables: Variables];

type Asked<Reference extends string, Selector extends string> = ServedPrompt<
  VariablesOf<NameIn<Reference>, [Selector] extends [never] ? SelectorIn<Reference> : Selector>
>;

/** `getPrompt` with types; `Options` are the other options of a call. */
export type GetPrompt<Options = object> = <
  const Reference extends PromptReference,
  const Selector extends SelectorOf<NameIn<Reference>> = never,
>(
  name: Reference,
  options?: Options & { readonly versionOrAlias?: Selector },
) => Promise<Asked<Reference, Selector>>;

/** The same for `get`, which does not wait. */
export type GetPromptNow<Options = object> = <
  const Reference extends PromptReference,
  const Selector extends SelectorOf<NameIn<Reference>> = never,
>(
  name: Reference,
  options?: Options & { readonly versionOrAlias?: Selector },
) => Asked<Reference, Selector>;
